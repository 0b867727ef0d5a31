using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Index;

/// <summary>People, models, paths and the like, each by a small number.</summary>
internal sealed class NameTable(SqliteConnection connection) : IDisposable
{
    // A bound on memory: what was asked for lately is what is asked for again.
    private const int Most = 50_000;

    private readonly Dictionary<(NameKind, string), long> _known = [];
    private readonly IndexStatement _find = new(connection, "SELECT id FROM name WHERE kind = ?1 AND text = ?2");
    private readonly IndexStatement _add = new(connection, "INSERT INTO name (kind, text) VALUES (?1, ?2)");
    private readonly IndexStatement _last = new(connection, "SELECT last_insert_rowid()");

    /// <summary>The number of a name, or null where no entry has it.</summary>
    internal long? Find(NameKind kind, string text) => _find.Set(1, (long)kind).Set(2, text).Number();

    /// <summary>The number of a name, which gets one where it has none yet.</summary>
    internal long Id(NameKind kind, string text)
    {
        if (_known.TryGetValue((kind, text), out var id))
            return id;
        if (Find(kind, text) is { } found)
        {
            id = found;
        }
        else
        {
            _add.Set(1, (long)kind).Set(2, text).Run();
            id = _last.Number() ?? 0;
        }

        if (_known.Count >= Most)
            _known.Clear();
        return _known[(kind, text)] = id;
    }

    /// <summary>All names of a kind that fit.</summary>
    internal static IReadOnlyList<long> Matching(SqliteConnection connection, NameKind kind, Func<string, bool> fits)
    {
        using var all = new IndexStatement(connection, "SELECT id, text FROM name WHERE kind = ?1");
        all.Set(1, (long)kind);
        var ids = new List<long>();
        while (all.Step())
        {
            if (fits(all.Text(1)))
                ids.Add(all.Long(0));
        }

        return ids;
    }

    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
        _last.Dispose();
    }
}
