using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Generation.Records;

/// <summary>Appends to the log with one key and remembers whether there is something to seal.</summary>
internal sealed class EntryWriter(AuditLog log, SigningKey key)
{
    private bool _appended;

    /// <summary>Appends an entry; one whose id stands already is only returned.</summary>
    public async Task<Entry> AppendAsync(EntryDraft draft, CancellationToken cancellationToken)
    {
        var entry = await log.AppendAsync(draft, key, cancellationToken).ConfigureAwait(false);
        _appended = true;
        return entry;
    }

    /// <summary>The entry with this id, or null.</summary>
    public Entry? Find(string id) => log.Find(id);

    /// <summary>Writes checkpoints and heads where anything was appended.</summary>
    public async Task SealAsync(CancellationToken cancellationToken)
    {
        if (!_appended)
            return;
        await log.SealAsync(key, cancellationToken).ConfigureAwait(false);
        _appended = false;
    }
}
