using System.Diagnostics.CodeAnalysis;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Trust;

/// <summary>
/// Changes a project's trust. A change that the threshold of the old and of the new roots signed becomes the next version at once; until then it lies in
/// <c>trust/pending/</c>, where it counts for nothing, and waits for the other roots' signatures.
/// </summary>
public static class TrustChanges
{
    /// <summary>Makes a change and signs it.</summary>
    /// <param name="repository">The project.</param>
    /// <param name="configurationDirectory">Where its root is pinned.</param>
    /// <param name="edit">The change.</param>
    /// <param name="signers">The keys at hand; at least one must be a root, before or after.</param>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.TrustChangeRefused"/>, <see cref="ProvenanceError.NoRoot"/>, or the trust does not hold.</exception>
    /// <exception cref="KernelException">A file cannot be written.</exception>
    public static TrustOutcome Make(GitRepository repository, string configurationDirectory, TrustEdit edit, IReadOnlyList<SigningKey> signers)
    {
        var before = Newest(repository, configurationDirectory);
        var after = TrustRules.Apply(before, edit);
        if (TryReadPending(repository, before, out _, out _))
            throw TrustRules.Refused($"Another change waits for signatures as version {after.Version}.", "Sign it with `colophon trust sign`, or drop it with `colophon trust sign --drop`.");
        var envelope = Envelope.Seal(TrustRoot.PayloadType, TrustPayload.Write(after), [.. Roots(before, after, signers)]);
        return Settle(repository, configurationDirectory, before, after, envelope);
    }

    /// <summary>Signs the change that waits.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.TrustChangeRefused"/>: none waits. <see cref="ProvenanceError.NoRoot"/>: the key is no root.</exception>
    public static TrustOutcome Sign(GitRepository repository, string configurationDirectory, SigningKey key)
    {
        var before = Newest(repository, configurationDirectory);
        if (!TryReadPending(repository, before, out var after, out var waiting))
            throw NothingWaits();
        var signed = Envelope.Seal(TrustRoot.PayloadType, waiting.Payload, [.. Roots(before, after, [key])]);
        var others = waiting.Signatures.Where(s => s.KeyId != key.KeyId).Take(Envelope.MaximumSignatures - 1);
        return Settle(repository, configurationDirectory, before, after, waiting with { Signatures = [.. others, .. signed.Signatures] });
    }

    /// <summary>Drops the change that waits.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.TrustChangeRefused"/>: none waits.</exception>
    public static void Drop(GitRepository repository, string configurationDirectory)
    {
        var before = Newest(repository, configurationDirectory);
        var path = PendingPath(repository, before.Version + 1);
        if (!File.Exists(path))
            throw NothingWaits();
        File.Delete(path);
    }

    /// <summary>The change that waits for signatures, or null.</summary>
    public static PendingTrust? Pending(GitRepository repository, ProjectTrust trust)
    {
        if (!TryReadPending(repository, trust.Root, out var after, out var envelope))
            return null;
        string[] signers = [.. trust.Root.Roots.Concat(after.Roots).DistinctBy(static r => r.KeyId).Where(r => IsSignedBy(envelope, r)).Select(static r => r.KeyId)];
        return new PendingTrust(after.Version, signers, Missing(trust.Root, after, envelope), after.Threshold, after.Roots, after.Keys);
    }

    /// <summary>The id of the key that a person names: by the beginning of its id or by its holder.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.TrustChangeRefused"/>: none fits, or several do.</exception>
    public static string Find(ProjectTrust trust, string name) => TrustRules.Find(trust.Root, name);

    private static TrustRoot Newest(GitRepository repository, string configurationDirectory)
    {
        var result = TrustStore.Load(repository, configurationDirectory);
        return result.Trust?.Root ?? throw TrustStore.Refusal(result);
    }

    private static List<SigningKey> Roots(TrustRoot before, TrustRoot after, IEnumerable<SigningKey> keys)
    {
        var roots = before.Roots.Concat(after.Roots).Select(static r => r.KeyId).ToHashSet(StringComparer.Ordinal);
        List<SigningKey> found = [.. keys.Where(k => roots.Contains(k.KeyId))];
        return found.Count > 0 ? found : throw new ProvenanceException(
            ProvenanceError.NoRoot, "Your key is none of the roots that decide about this project's trust.", "Ask one of them: `colophon trust show` names them.");
    }

    private static TrustOutcome Settle(GitRepository repository, string configurationDirectory, TrustRoot before, TrustRoot after, Envelope envelope)
    {
        var missing = Missing(before, after, envelope);
        var waiting = PendingPath(repository, after.Version);
        Guard(repository, waiting);
        if (missing > 0)
        {
            AtomicFile.Write(waiting, envelope.ToBytes());
            return new TrustOutcome(after.Version, InForce: false, missing);
        }

        if (!AtomicFile.TryCreate(TrustStore.VersionPath(repository, after.Version), envelope.ToBytes()))
            throw TrustRules.Refused($"Version {after.Version} of the trust file appeared meanwhile.", "Look at it with `colophon trust show` and try again.");
        if (File.Exists(waiting))
            File.Delete(waiting);
        var result = TrustStore.Load(repository, configurationDirectory);
        return result.Trust?.Version == after.Version ? new TrustOutcome(after.Version, InForce: true, 0) : throw TrustStore.Refusal(result);
    }

    // A key that is a root before and after serves both thresholds with one signature, so the larger lack is what is missing.
    private static long Missing(TrustRoot before, TrustRoot after, Envelope envelope) => Math.Max(
        Math.Max(0, before.Threshold - before.Roots.Count(r => IsSignedBy(envelope, r))),
        Math.Max(0, after.Threshold - after.Roots.Count(r => IsSignedBy(envelope, r))));

    private static bool IsSignedBy(Envelope envelope, PublicKey key) =>
        envelope.Signatures.Any(s => s.KeyId == key.KeyId && key.Verify(envelope.Pae, s.Signature.Span));

    private static bool TryReadPending(GitRepository repository, TrustRoot before, [NotNullWhen(true)] out TrustRoot? after, [NotNullWhen(true)] out Envelope? envelope)
    {
        (after, envelope) = (null, null);
        var file = new FileInfo(PendingPath(repository, before.Version + 1));
        if (!file.Exists || file.LinkTarget is not null || !Envelope.TryRead(BoundedFile.ReadOrNothing(file.FullName, 1 << 20), out envelope, out _))
            return false;
        after = envelope.PayloadType == TrustRoot.PayloadType ? TrustPayload.Read(envelope.Payload, out _) : null;
        return after is not null && after.Repo == before.Repo && after.Version == before.Version + 1;
    }

    private static string PendingPath(GitRepository repository, long version) => Path.Combine(new AuditLayout(repository.Root).Trust, "pending", $"{version:D4}.json");

    private static void Guard(GitRepository repository, string path) =>
        new Workspace(repository.Root).Resolve(WorkspacePath.Parse(Path.GetRelativePath(repository.Root, path)));

    private static ProvenanceException NothingWaits() => TrustRules.Refused("No change of trust waits for signatures.", "`colophon trust show` tells what is in force.");
}
