using System.Security.Cryptography;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Trust;

/// <summary>How a project's trust is founded.</summary>
public sealed record TrustInit
{
    /// <summary>The name the first key's holder goes by in the log.</summary>
    public required string Name { get; init; }

    /// <summary><c>$XDG_CONFIG_HOME/colophon</c>: where the root is pinned.</summary>
    public required string ConfigurationDirectory { get; init; }
}

/// <summary>The project's trust, or why there is none.</summary>
/// <param name="Trust">The trust, or null.</param>
/// <param name="Error">The kind of fault where there is none.</param>
/// <param name="Fault">The fault in words, or null.</param>
public sealed record TrustResult(ProjectTrust? Trust, ProvenanceError? Error, string? Fault);

/// <summary>
/// Reads and founds a project's trust. Version 1 is the root and must be the one pinned outside the repository; each later version must be signed by the
/// threshold of the version before and by its own. Anything that does not hold leaves no trust at all.
/// </summary>
public static class TrustStore
{
    private const int MostVersions = 9999;
    private const int LargestVersion = 1 << 20;

    /// <summary>Founds the trust of a project: one root, which is also the first developer's key, pinned at once.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.TrustExists"/>.</exception>
    /// <exception cref="KernelException">A file cannot be written, or a symbolic link leads out of the project.</exception>
    public static ProjectTrust Init(GitRepository repository, SigningKey key, TrustInit options, TimeProvider time)
    {
        var root = new TrustRoot
        {
            Repo = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(EntryFormat.IdBytes)),
            Version = 1,
            Threshold = 1,
            Roots = [key.Public],
            // A key made a moment ago by this very clock must be valid for the first entry, whatever the rounding to milliseconds does.
            Keys = [new TrustedKey { Key = key.Public, Name = options.Name, Role = KeyRole.Developer, ValidFrom = time.GetUtcNow().AddMinutes(-1) }],
        };
        var envelope = Envelope.Seal(TrustRoot.PayloadType, TrustPayload.Write(root), key);
        new Workspace(repository.Root).Resolve(WorkspacePath.Parse(Path.GetRelativePath(repository.Root, VersionPath(repository, 1))));
        if (!AtomicFile.TryCreate(VersionPath(repository, 1), envelope.ToBytes()))
            throw new ProvenanceException(ProvenanceError.TrustExists, "This project has a trust root already.", "Ask one of its holders to add your key.");
        var fingerprint = Fingerprint(envelope);
        new TrustPin(root.Repo, fingerprint, 1, fingerprint).Write(options.ConfigurationDirectory);
        return new ProjectTrust(root, [fingerprint]);
    }

    /// <summary>Pins the root of a project that others founded, after its fingerprint was compared over another channel.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.TrustInvalid"/>: the fingerprint is not this project's, or its files do not hold together.</exception>
    public static ProjectTrust Pin(GitRepository repository, string fingerprint, string configurationDirectory)
    {
        var result = Load(repository, configurationDirectory, fingerprint);
        var trust = result.Trust ?? throw Refusal(result);
        // What was seen before of the same root stays known, so that pinning again cannot hide a rollback.
        if (TrustPin.Read(configurationDirectory, trust.Repo)?.Fingerprint != fingerprint)
            new TrustPin(trust.Repo, fingerprint, 1, fingerprint).Write(configurationDirectory);
        result = Load(repository, configurationDirectory);
        return result.Trust ?? throw Refusal(result);
    }

    /// <summary>Reads the project's trust against what is pinned.</summary>
    /// <param name="repository">The project.</param>
    /// <param name="configurationDirectory">Where the pin lies.</param>
    /// <param name="fingerprint">A fingerprint known otherwise (a build server's setting), used in place of the pin.</param>
    public static TrustResult Load(GitRepository repository, string configurationDirectory, string? fingerprint = null)
    {
        if (!TryReadChain(repository, out var chain, out var error, out var fault))
            return new(null, error, fault);
        var (first, last) = (chain[0], chain[^1]);
        var root = Fingerprint(first.Envelope);
        var pin = TrustPin.Read(configurationDirectory, first.Root.Repo);
        if ((fingerprint ?? pin?.Fingerprint) is not { } expected)
            return Invalid($"The trust root is not pinned on this machine; its fingerprint is {root}. Compare it with a colleague, then pin it.");
        if (root != expected)
            return Invalid($"The trust root is not the pinned one: it is {root}, pinned is {expected}.");
        if (pin is not null && pin.Fingerprint == root)
        {
            if (pin.Version > last.Root.Version || Fingerprint(chain[(int)pin.Version - 1].Envelope) != pin.Leaf)
                return Invalid($"The trust file was rolled back or replaced: version {pin.Version} was seen before, now the newest is {last.Root.Version}.");
            if (pin.Version < last.Root.Version)
                Remember(new TrustPin(pin.Repo, root, last.Root.Version, Fingerprint(last.Envelope)), configurationDirectory);
        }

        return new(new ProjectTrust(last.Root, [.. chain.Select(static c => Fingerprint(c.Envelope))]), null, null);
    }

    /// <summary>Follows trust files that came along with something else, from a root known otherwise.</summary>
    /// <param name="versions">The files in ascending order, beginning with version 1.</param>
    /// <param name="fingerprint">What the first must be.</param>
    internal static TrustResult Follow(IEnumerable<ReadOnlyMemory<byte>> versions, string fingerprint)
    {
        var chain = new List<(TrustRoot Root, Envelope Envelope)>();
        foreach (var version in versions)
        {
            if (!TryFollow(version, chain.Count == 0 ? null : chain[^1].Root, out var root, out var envelope, out var why))
                return Invalid($"The trust file of version {chain.Count + 1} counts for nothing: {why}");
            chain.Add((root, envelope));
        }

        if (chain.Count == 0)
            return Invalid("No trust file is with it.");
        return Fingerprint(chain[0].Envelope) is var founded && founded == fingerprint
            ? new(new ProjectTrust(chain[^1].Root, [.. chain.Select(static c => Fingerprint(c.Envelope))]), null, null)
            : Invalid($"The trust root with it is {founded}, not the one that was named.");
    }

    /// <summary>The trust files of a project as they lie there, in ascending order; nothing is checked.</summary>
    internal static IEnumerable<byte[]> Versions(GitRepository repository, long last)
    {
        for (var version = 1L; version <= last; version++)
            yield return BoundedFile.ReadOrNothing(VersionPath(repository, version), LargestVersion);
    }

    internal static string VersionPath(GitRepository repository, long version) =>
        Path.Combine(new AuditLayout(repository.Root).Trust, AuditLayout.VersionName(version));

    internal static ProvenanceException Refusal(TrustResult result) => new(
        result.Error ?? ProvenanceError.TrustInvalid, result.Fault ?? "", result.Error == ProvenanceError.TrustMissing ? "Run `colophon init`." : "Nothing is signed or believed until this is cleared up.");

    // A build server's home may be read-only; that the newer version was seen is then not remembered.
    private static void Remember(TrustPin pin, string configurationDirectory)
    {
        try
        {
            pin.Write(configurationDirectory);
        }
        catch (KernelException e) when (e.Error == KernelError.WriteFailed)
        {
        }
    }

    private static bool TryReadChain(GitRepository repository, out List<(TrustRoot Root, Envelope Envelope)> chain, out ProvenanceError error, out string fault)
    {
        (chain, error, fault) = ([], ProvenanceError.TrustInvalid, "");
        var layout = new AuditLayout(repository.Root);
        if (layout.IsThroughLink(layout.Trust))
        {
            fault = "The trust files lie behind a symbolic link.";
            return false;
        }

        for (var version = 1; version <= MostVersions; version++)
        {
            var path = VersionPath(repository, version);
            if (BoundedFile.Look(path) is null)
                break;
            if (!TryReadVersion(path, chain.Count == 0 ? null : chain[^1].Root, out var root, out var envelope, out var why))
            {
                fault = $"The trust file of version {version} counts for nothing: {why}";
                return false;
            }

            chain.Add((root, envelope));
        }

        if (chain.Count > 0 && Directory.GetFiles(Path.GetDirectoryName(VersionPath(repository, 1)) ?? "", "*.json").Length != chain.Count)
        {
            fault = $"The trust files do not follow one another: version {chain.Count + 1} is missing.";
            return false;
        }

        if (chain.Count > 0)
            return true;
        (error, fault) = (ProvenanceError.TrustMissing, "The project has no trust root.");
        return false;
    }

    private static bool TryReadVersion(string path, TrustRoot? before, out TrustRoot root, out Envelope envelope, out string why)
    {
        (root, envelope) = (Nothing, new Envelope("", default, []));
        if (new FileInfo(path).LinkTarget is not null)
        {
            why = "it is a symbolic link.";
            return false;
        }

        return TryFollow(BoundedFile.ReadOrNothing(path, LargestVersion), before, out root, out envelope, out why);
    }

    private static bool TryFollow(ReadOnlyMemory<byte> file, TrustRoot? before, out TrustRoot root, out Envelope envelope, out string why)
    {
        (root, envelope) = (Nothing, new Envelope("", default, []));
        if (!Envelope.TryRead(file, out var read, out why))
            return false;
        envelope = read;
        if (read.PayloadType != TrustRoot.PayloadType || TrustPayload.Read(read.Payload, out var fault) is not { } parsed)
        {
            why = "it is not a trust file.";
            return false;
        }

        root = parsed;
        if (parsed.Version != (before?.Version ?? 0) + 1 || (before is not null && before.Repo != parsed.Repo))
            why = "it is another version or another repository's.";
        else if (!MeetsThreshold(parsed, read) || (before is not null && !MeetsThreshold(before, read)))
            why = "too few of its roots signed it.";
        else
            return true;
        return false;
    }

    private static bool MeetsThreshold(TrustRoot root, Envelope envelope) =>
        root.Roots.Count(key => envelope.Signatures.Any(s => s.KeyId == key.KeyId && key.Verify(envelope.Pae, s.Signature.Span))) >= root.Threshold;

    private static string Fingerprint(Envelope envelope) => Convert.ToHexStringLower(Log.Pae.Leaf(envelope.Pae));

    private static TrustResult Invalid(string fault) => new(null, ProvenanceError.TrustInvalid, fault);

    private static TrustRoot Nothing => new() { Repo = "", Version = 0, Threshold = 1, Roots = [], Keys = [] };
}
