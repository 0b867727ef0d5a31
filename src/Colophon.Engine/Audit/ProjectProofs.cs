using Colophon.Kernel.Files;
using Colophon.Provenance;
using Colophon.Provenance.Proofs;
using Colophon.Provenance.Trust;

namespace Colophon.Engine;

/// <summary>Proofs of single entries (C2SP tlog-proof), for somebody who has neither the repository nor its log.</summary>
public static class ProjectProofs
{
    /// <summary>Proves an entry of a project's log.</summary>
    /// <param name="engine">The project.</param>
    /// <param name="leafOrPrefixOrId">The entry's leaf, the beginning of it, or its id.</param>
    /// <param name="cancellationToken">Cancels asking git.</param>
    /// <returns>The whole file.</returns>
    /// <exception cref="ProvenanceException">There is no such entry, the project's trust does not hold, or no checkpoint proves the entry.</exception>
    public static async Task<byte[]> ProveAsync(ColophonEngine engine, string leafOrPrefixOrId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var repository = await engine.Parts.RepositoryAsync(cancellationToken).ConfigureAwait(false);
        return EntryProofs.Make(repository, engine.Parts.AuditOptions, leafOrPrefixOrId);
    }

    /// <summary>Checks a proof by the project's own trust, which knows what was revoked since.</summary>
    /// <exception cref="ProvenanceException">The project's trust does not hold, or the file cannot be read.</exception>
    public static async Task<ProofVerdict> CheckAsync(ColophonEngine engine, string file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var repository = await engine.Parts.RepositoryAsync(cancellationToken).ConfigureAwait(false);
        var loaded = TrustStore.Load(repository, engine.Parts.AuditOptions.ConfigurationDirectory);
        return EntryProofs.Check(Read(file), loaded.Trust ?? throw new ProvenanceException(loaded.Error ?? ProvenanceError.TrustInvalid, loaded.Fault ?? "There is no trust.", "Name the root the proof is to be judged by: --trust-root <fingerprint>."));
    }

    /// <summary>Checks a proof anywhere, by the trust files that it carries.</summary>
    /// <param name="file">The proof's file, absolute.</param>
    /// <param name="fingerprint">The trust root, known from elsewhere: 64 lower-case hex digits.</param>
    /// <exception cref="ProvenanceException">The file cannot be read.</exception>
    public static ProofVerdict Check(string file, string fingerprint) => EntryProofs.Check(Read(file), fingerprint);

    private static byte[] Read(string path)
    {
        try
        {
            return UntrustedFile.Read(path, EntryProofs.MaximumBytes) ?? throw new ProvenanceException(ProvenanceError.ProofUnusable, $"'{path}' is too large for a proof.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProvenanceException(ProvenanceError.ProofUnusable, $"'{path}' cannot be read: {e.Message}", "Name a file that `colophon audit prove` wrote.", e);
        }
    }
}
