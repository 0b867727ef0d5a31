using Colophon.Kernel.Git;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Proofs;

/// <summary>
/// Proofs of single entries for somebody who has neither the repository nor the log: a C2SP tlog-proof whose extra data are the entry's file and the project's trust files. All that
/// must be known besides is the trust root's fingerprint.
/// </summary>
public static class EntryProofs
{
    /// <summary>The largest file that is read as a proof, in bytes.</summary>
    public const int MaximumBytes = 32 << 20;

    /// <summary>Proves an entry by the first checkpoint that covers it.</summary>
    /// <param name="repository">The project.</param>
    /// <param name="options">How its log is opened.</param>
    /// <param name="leafOrPrefixOrId">The entry, as <see cref="AuditLog.Find"/> takes it.</param>
    /// <exception cref="ProvenanceException">There is no such entry, the project's trust does not hold, or no checkpoint proves the entry.</exception>
    public static byte[] Make(GitRepository repository, AuditOptions options, string leafOrPrefixOrId)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(options);
        var entry = AuditLog.Open(repository, options).Find(leafOrPrefixOrId).Predicate;
        var loaded = TrustStore.Load(repository, options.ConfigurationDirectory);
        var trust = loaded.Trust ?? throw TrustStore.Refusal(loaded);
        var folder = AuditTree.Read(new AuditLayout(repository.Root, options.Archives), entry.Change, entry.Stream);
        var verdict = Unproved("No checkpoint covers it yet.");
        foreach (var (size, path) in folder.Checkpoints.Where(c => c.Size >= entry.Seq))
        {
            if (Leaves(folder, size) is not { } leaves)
            {
                verdict = Unproved("Entries before the checkpoint are not here, or cannot be read.");
                break;
            }

            var file = folder.Entries[(int)entry.Seq - 1].Bytes();
            byte[] extra = [.. file.Span, .. TrustStore.Versions(repository, trust.Version).SelectMany(static v => v)];
            var proof = new TlogProof(extra, entry.Seq - 1, MerkleProof.Inclusion((int)entry.Seq - 1, leaves), BoundedFile.ReadNote(path)).ToBytes();
            verdict = Check(proof, trust);
            if (verdict.ExitCode == VerifyExitCode.Valid)
                return proof;
        }

        throw new ProvenanceException(ProvenanceError.ProofUnusable, $"There is no proof of '{leafOrPrefixOrId}': {verdict.Status}. {verdict.Message}", "Run `colophon audit verify`.");
    }

    /// <summary>Checks a proof by the project's own trust.</summary>
    /// <param name="proof">The whole file.</param>
    /// <param name="trust">The keys that count.</param>
    public static ProofVerdict Check(ReadOnlyMemory<byte> proof, ProjectTrust trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        return Judge(proof, _ => new TrustResult(trust, null, null));
    }

    /// <summary>Checks a proof by the trust files that it carries.</summary>
    /// <param name="proof">The whole file.</param>
    /// <param name="fingerprint">The trust root, known from elsewhere (64 lower-case hex digits). What was revoked after the proof was made is not known here.</param>
    public static ProofVerdict Check(ReadOnlyMemory<byte> proof, string fingerprint) => Judge(proof, documents => TrustStore.Follow(documents.Skip(1), fingerprint));

    private static ProofVerdict Judge(ReadOnlyMemory<byte> file, Func<IReadOnlyList<ReadOnlyMemory<byte>>, TrustResult> trustOf)
    {
        if (!TlogProof.TryParse(file, out var proof) || proof.Index == long.MaxValue)
            return Malformed("It is not a tlog-proof of version 1.");
        if (!SignedNote.TryParse(proof.Checkpoint.Span, out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint) || checkpoint is not { Size: > 0, Extensions.Count: 0 })
            return Malformed("It holds no checkpoint of a stream.");
        if (checkpoint.Origin.Split('/') is not ["colophon", var repo, "s", var change, var stream])
            return Malformed($"Its checkpoint is of '{checkpoint.Origin}', which is no stream of a log.");
        var documents = Documents(proof.Extra);
        if (documents.Count == 0)
            return Malformed("It does not carry the entry it is about.");

        var trust = trustOf(documents);
        var folder = new StreamFolder { Change = change, Stream = stream, Directory = "", Entries = [], Checkpoints = [], Oddities = [] };
        var facts = new EntryFacts(folder, new EntryName(proof.Index + 1, "", ""));
        new EntryCheck(trust.Trust, trust.Fault, strict: false).Judge(facts, documents[0]);
        if (trust.Trust is { } known && known.Repo != repo)
            facts.Fail(EntryStatus.CheckpointMismatch, "Its checkpoint is another repository's.");
        if (new NoteCheck(trust.Trust, trust.Fault).Fault(note, out var signers) is { } fault)
            facts.Fail(fault.Status, $"The checkpoint: {fault.Message}");
        if (facts.Leaf is { } leaf && !MerkleProof.Includes(proof.Index, checkpoint.Size, leaf, proof.Hashes, checkpoint.Root.Span))
            facts.Fail(EntryStatus.CheckpointMismatch, "The entry is not in the tree that the checkpoint vouches for.");
        return new ProofVerdict
        {
            Status = facts.Status,
            Message = facts.Message,
            Entry = EntryFile.TryParse(documents[0], "", out var entry, out _) ? entry : null,
            Size = checkpoint.Size,
            Signers = [.. signers.Select(id => trust.Trust?.Find(id)).OfType<TrustedKey>()],
            Trust = trust.Trust,
        };
    }

    /// <summary>The documents one after the other, each of two lines.</summary>
    private static List<ReadOnlyMemory<byte>> Documents(ReadOnlyMemory<byte> extra)
    {
        var documents = new List<ReadOnlyMemory<byte>>();
        while (!extra.IsEmpty)
        {
            var first = extra.Span.IndexOf((byte)'\n');
            var second = first < 0 ? -1 : extra.Span[(first + 1)..].IndexOf((byte)'\n');
            var length = second < 0 ? extra.Length : first + second + 2;
            documents.Add(extra[..length]);
            extra = extra[length..];
        }

        return documents;
    }

    // From the files themselves: a name has but the beginning of a leaf.
    private static byte[][]? Leaves(StreamFolder folder, long size)
    {
        if (folder.Entries.Count < size)
            return null;
        var leaves = new byte[size][];
        for (var i = 0; i < leaves.Length; i++)
        {
            var name = folder.Entries[i];
            if (name.Seq != i + 1 || Leaf(name) is not { } leaf)
                return null;
            leaves[i] = leaf;
        }

        return leaves;
    }

    private static byte[]? Leaf(EntryName name)
    {
        if (name.Segment is { } segment)
            return segment.Leaf(name.Seq).ToArray();
        return Envelope.TryRead(BoundedFile.ReadOrNothing(name.Path, EntryFile.MaximumBytes), out var envelope, out _) ? Pae.Leaf(envelope.Pae) : null;
    }

    private static ProofVerdict Malformed(string message) => Unread(EntryStatus.Malformed, message);

    private static ProofVerdict Unproved(string message) => Unread(EntryStatus.Unanchored, message);

    private static ProofVerdict Unread(EntryStatus status, string message) => new() { Status = status, Message = message, Entry = null, Size = 0, Signers = [], Trust = null };
}
