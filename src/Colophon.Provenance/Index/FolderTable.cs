using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Index;

/// <summary>The streams' folders, and what of each is in the index.</summary>
internal sealed class FolderTable(SqliteConnection connection) : IDisposable
{
    private readonly IndexStatement _find = new(connection, "SELECT id FROM folder WHERE change = ?1 AND stream = ?2");
    private readonly IndexStatement _add = new(connection, "INSERT INTO folder (change, stream, stamp) VALUES (?1, ?2, '')");
    private readonly IndexStatement _stamp = new(connection, "UPDATE folder SET stamp = ?2 WHERE id = ?1");
    private readonly IndexStatement _forget = new(connection, "DELETE FROM folder WHERE id = ?1");
    private readonly IndexStatement _entries = new(connection, "SELECT seq, coalesce(file, lower(substr(hex(leaf), 1, 12))), id FROM entry WHERE folder = ?1");

    internal FolderRow Row(long changeId, string change, string stream)
    {
        if (_find.Set(1, changeId).Set(2, stream).Number() is not { } id)
        {
            _add.Set(1, changeId).Set(2, stream).Run();
            id = _find.Number() ?? 0;
        }

        return new FolderRow(id, changeId, change, stream);
    }

    internal void Stamp(long folder, string stamp) => _stamp.Set(1, folder).Set(2, stamp).Run();

    internal void Forget(long folder) => _forget.Set(1, folder).Run();

    /// <summary>The numbers of the entries of a folder, by place and the digits that their names say.</summary>
    internal Dictionary<(long Seq, string Leaf12), long> Entries(long folder)
    {
        var entries = new Dictionary<(long, string), long>();
        _entries.Set(1, folder);
        while (_entries.Step())
            entries[(_entries.Long(0), _entries.Text(1))] = _entries.Long(2);
        return entries;
    }

    public void Dispose()
    {
        foreach (var statement in (IndexStatement[])[_find, _add, _stamp, _forget, _entries])
            statement.Dispose();
    }
}
