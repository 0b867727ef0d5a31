using System.Globalization;
using Colophon.Provenance.Attribution.Steps;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Verify;

/// <summary>Checks one entry by itself: form, name, place, trust, then signature. Runs on many threads.</summary>
/// <param name="trust">The project's trust; null where none holds.</param>
/// <param name="trustFault">Why not.</param>
/// <param name="strict">Whether the form must be the canonical one.</param>
/// <param name="keep">How many bytes of entries that changed files are kept as read, so that comparing them with commits need not read them again.</param>
internal sealed class EntryCheck(ProjectTrust? trust, string? trustFault, bool strict, long keep = 0)
{
    private long _kept;

    /// <summary>A file that this user may not read: nothing can be said of the log then.</summary>
    internal string? Denied { get; private set; }

    internal void Run(EntryFacts facts)
    {
        if (facts.Name is { IsHere: false, Segment: { } segment })
        {
            facts.Leaf = segment.Leaf(facts.Name.Seq).ToArray();
            return;
        }

        if (TryRead(facts, out var file))
            Judge(facts, file);
    }

    /// <summary>Checks the bytes of an entry, wherever they came from.</summary>
    internal void Judge(EntryFacts facts, ReadOnlyMemory<byte> file)
    {
        if (!Envelope.TryRead(file, out var envelope, out var fault))
        {
            facts.Fail(EntryStatus.Malformed, fault);
            return;
        }

        facts.Leaf = Pae.Leaf(envelope.Pae);
        if (!facts.LeafHex.StartsWith(facts.Name.Leaf12, StringComparison.Ordinal))
            facts.Fail(EntryStatus.HashMismatch, "The signed bytes are not those the file is named after.");
        var payload = PayloadReader.Read(envelope.Payload);
        if (envelope.PayloadType != EntryFormat.PayloadType || payload.Predicate is not { } predicate)
        {
            facts.Fail(EntryStatus.Malformed, payload.Fault ?? "Its payload is of an unknown type.");
            return;
        }

        facts.Take(predicate);
        if (facts.ChangesFiles && Interlocked.Read(ref _kept) < keep && Interlocked.Add(ref _kept, file.Length) <= keep)
            facts.Kept = new Entry { Leaf = facts.LeafHex, Payload = envelope.Payload, Predicate = predicate, Signatures = envelope.Signatures, FilePath = facts.Name.Place };
        if (predicate.Files.FirstOrDefault(static f => !Claim.Fits(f)) is { } unfit)
            facts.Fail(EntryStatus.Malformed, $"What it says of the lines of '{unfit.Path}' does not lead from the content before to the content after.");
        Place(facts, predicate);
        if (strict && !payload.IsCanonical)
            facts.Fail(EntryStatus.NonCanonical, "The payload is not in canonical form.");
        if (Trusted(facts, predicate) is not { } key)
            return;
        Signature(facts, envelope, key);
        if (trust is not null && trust.IsAnothers(predicate.Actor.Name, key))
            facts.BorrowedName = predicate.Actor.Name;
    }

    private bool TryRead(EntryFacts facts, out ReadOnlyMemory<byte> file)
    {
        file = default;
        try
        {
            file = facts.Name.Bytes();
            return true;
        }
        catch (IOException e)
        {
            facts.Fail(EntryStatus.Malformed, $"The file cannot be read: {e.Message}");
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            Denied = facts.Name.Place;
            return false;
        }
    }

    private void Place(EntryFacts facts, Predicate predicate)
    {
        if (trust is not null && predicate.Repo != trust.Repo)
            facts.Fail(EntryStatus.ChainBroken, "It was made for another repository.");
        if (predicate.Change != facts.Folder.Change || predicate.Stream != facts.Folder.Stream)
            facts.Fail(EntryStatus.ChainBroken, $"It was made for the stream '{predicate.Change}/{predicate.Stream}'.");
        if (predicate.Seq != facts.Name.Seq)
            facts.Fail(EntryStatus.ChainBroken, $"It was made for place {predicate.Seq}.");
    }

    private TrustedKey? Trusted(EntryFacts facts, Predicate predicate)
    {
        var keyId = predicate.Actor.KeyId;
        if (trust is null)
        {
            facts.Fail(EntryStatus.PublicKeyNotTrusted, trustFault ?? "There is no trust.");
            return null;
        }

        var (status, message) = trust.Standing(keyId, predicate.Kind, predicate.RecordedAt) switch
        {
            KeyStanding.Unknown => (EntryStatus.PublicKeyNotTrusted, "The project does not know its key."),
            KeyStanding.WrongRole => (EntryStatus.PublicKeyNotTrusted, $"Its key may not sign a {predicate.Kind} entry."),
            KeyStanding.Revoked => (EntryStatus.KeyRevoked, Sentence(predicate)),
            KeyStanding.Expired => (EntryStatus.KeyExpired, Sentence(predicate)),
            _ => (EntryStatus.Valid, ""),
        };
        if (status != EntryStatus.Valid)
            facts.Fail(status, message);
        return trust.Find(keyId);
    }

    private string Sentence(Predicate predicate) => $"It is of {predicate.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}, and of its key: {trust?.WhyNot(predicate.Actor.KeyId, predicate.Kind, predicate.RecordedAt)}.";

    private void Signature(EntryFacts facts, Envelope envelope, TrustedKey author)
    {
        foreach (var signature in envelope.Signatures)
        {
            // A countersignature by a key we do not know says nothing, for or against.
            var key = signature.KeyId == author.Key.KeyId ? author : trust?.Find(signature.KeyId);
            if (key is null)
                continue;
            var holds = key.Key.Verify(envelope.Pae, signature.Signature.Span);
            if (!holds)
                facts.Fail(EntryStatus.InvalidSignature, $"The signature of {key.Name} is not over these bytes.");
            facts.IsSigned |= holds && key == author;
        }

        if (!facts.IsSigned)
            facts.Fail(EntryStatus.InvalidSignature, "The key that made it did not sign it.");
    }
}
