using Colophon.Provenance;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Generation.Records;

/// <summary>Appends to the log with one key, and seals what was appended; the next command seals for a run that was killed.</summary>
internal sealed class EntryWriter(AuditLog log, SigningKey key)
{
    /// <summary>Appends an entry; one whose id stands already is only returned.</summary>
    public Task<Entry> AppendAsync(EntryDraft draft, CancellationToken cancellationToken) => log.AppendAsync(draft, key, cancellationToken);

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
        if (log.IsUnsealed)
            await log.SealAsync(key, cancellationToken).ConfigureAwait(false);
    }
}
