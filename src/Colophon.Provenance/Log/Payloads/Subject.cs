namespace Colophon.Provenance.Log;

/// <summary>An in-toto subject: a file the statement is about, by its content.</summary>
/// <param name="Name">The path, or a URN for an entry or a change.</param>
/// <param name="Sha256">The SHA-256 of the content, the leaf of an entry, or the digest of a change's text.</param>
/// <param name="GitBlob">Git's blob id, or null where it is no file.</param>
internal sealed record Subject(string Name, string Sha256, string? GitBlob)
{
    /// <summary>The subjects that follow from a predicate; nothing else may be claimed.</summary>
    internal static IEnumerable<Subject> Of(EntryDraft draft)
    {
        foreach (var file in draft.Files)
        {
            if ((file.After ?? file.Before) is { } digest)
                yield return new Subject(file.Path, digest.Sha256, digest.GitBlob);
        }

        if (draft.Decision is { } decision)
            yield return new Subject($"urn:colophon:entry:{decision.Target}", decision.Target, null);
        if (draft.Approval is { } approval)
            yield return new Subject($"urn:colophon:change:{draft.Change}", approval.Text, null);
    }

    internal static IEnumerable<Subject> Read(Members statement) => statement.List("subject", static m =>
    {
        var name = m.Text("name");
        return m.Object("digest", d => Digest(name, d)) ?? new Subject(name, "", null);
    });

    // A digest by another algorithm would name a content that nothing here checks.
    private static Subject Digest(string name, Members m)
    {
        var subject = new Subject(name, m.Hex("sha256", MerkleHash.Length), m.OptionalHex("gitBlob", 20));
        if (m.Size != (subject.GitBlob is null ? 1 : 2))
            m.Fault("Its subject has a digest of another kind.");
        return subject;
    }
}
