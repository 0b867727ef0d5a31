using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Provenance;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Generation.Records;

/// <summary>
/// Appends to the log with one key, and sees to it that what was appended is sealed in the end: a mark on disk stands from the first entry to the seal, so that
/// the next command seals for a run that was killed.
/// </summary>
internal sealed class EntryWriter(GitRepository repository, AuditLog log, SigningKey key)
{
    private readonly string _mark = MarkOf(repository);

    /// <summary>Whether a killed run left entries without a checkpoint.</summary>
    public static bool IsUnsealed(GitRepository repository) => File.Exists(MarkOf(repository));

    /// <summary>Appends an entry; one whose id stands already is only returned.</summary>
    public async Task<Entry> AppendAsync(EntryDraft draft, CancellationToken cancellationToken)
    {
        if (!File.Exists(_mark))
            AtomicFile.TryCreate(_mark, []);
        return await log.AppendAsync(draft, key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The entry with this id, or null.</summary>
    public Entry? Find(string id)
    {
        try
        {
            return log.Find(id);
        }
        catch (ProvenanceException e) when (e.Error == ProvenanceError.EntryNotFound)
        {
            return null;
        }
    }

    /// <summary>Writes checkpoints and heads where anything was appended.</summary>
    public async Task SealAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_mark))
            return;
        await log.SealAsync(key, cancellationToken).ConfigureAwait(false);
        File.Delete(_mark);
    }

    private static string MarkOf(GitRepository repository) => Path.Combine(repository.GitDirectory, "colophon", "unsealed");
}
