using Colophon.Provenance.Log;
using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Index;

/// <summary>
/// Puts entries into the index and takes them out, and keeps what two entries say of each other: a generation's verdict is its decisions', a decision's model, task and files are its
/// generation's. What the index then says depends on which entries are in it and not on how they came.
/// </summary>
/// <param name="connection">The open database, in a transaction.</param>
/// <param name="filling">Whether the index is filled for the first time, in the log's order.</param>
internal sealed class IndexWriter(SqliteConnection connection, bool filling) : IDisposable
{
    private readonly NameTable _names = new(connection);
    private readonly EntryNumbers _numbers = new(connection, filling);

    private readonly IndexStatement _insert = new(
        connection, $"INSERT INTO entry VALUES ({string.Join(", ", Enumerable.Range(1, 27).Select(static i => $"?{i}"))})");

    private readonly IndexStatement _delete = new(connection, "DELETE FROM entry WHERE id = ?1");
    private readonly IndexStatement _row = new(
        connection, "SELECT e.files, e.olds, e.needs, e.linked, e.target, e.leaf, e.kind, e.reason, e.said, p.text FROM entry e JOIN name p ON p.id = e.person WHERE e.id = ?1");

    private readonly IndexStatement _touch = new(connection, "INSERT OR IGNORE INTO touch VALUES (?1, ?2)");
    private readonly IndexStatement _untouch = new(connection, "DELETE FROM touch WHERE node = ?1 AND entry = ?2");
    private readonly IndexStatement _words = new(connection, "INSERT INTO word (rowid, text) VALUES (?1, ?2)");
    private readonly IndexStatement _noWords = new(connection, "INSERT INTO word (word, rowid, text) VALUES ('delete', ?1, ?2)");
    private readonly IndexStatement _deciding = new(connection, "SELECT id FROM entry WHERE target_key = ?1 AND target = ?2");
    private readonly IndexStatement _verdict = new(
        connection, "UPDATE entry SET verdict = coalesce(own_verdict, (SELECT min(d.own_verdict) FROM entry d WHERE d.target_key = ?1 AND d.target = ?2)) WHERE key = ?1 AND leaf = ?2");

    private readonly IndexStatement _decided = new(connection, "SELECT min(id) FROM entry WHERE key = ?1 AND leaf = ?2 AND kind = 0 AND id <> ?3");
    private readonly IndexStatement _link = new(
        connection,
        "UPDATE entry SET linked = ?2, model = coalesce(own_model, (SELECT g.model FROM entry g WHERE g.id = ?2)), task = coalesce(own_task, (SELECT g.task FROM entry g WHERE g.id = ?2)) WHERE id = ?1");

    /// <summary>Puts an entry in; false where there is no number left for one of its time.</summary>
    /// <exception cref="InvalidOperationException">The index has to be made again: two entries that lie side by side leave no room for one between them.</exception>
    internal bool Insert(in FolderRow folder, IndexedEntry entry)
    {
        if (_numbers.Next(folder, entry) is not { } id)
            return false;
        var key = IndexedEntry.KeyOf(entry.Leaf);
        long? model = entry.Model is { } m ? _names.Id(NameKind.Model, m) : null;
        long? task = entry.Task is { } t ? _names.Id(NameKind.Task, t) : null;
        long? verdict = entry.Accepted is { } accepted ? (accepted ? 1 : 0) : null;
        var leaf = Convert.ToHexStringLower(entry.Leaf);
        _insert.Set(1, id).Set(2, folder.Id).Set(3, entry.Seq).Set(4, leaf.StartsWith(entry.Leaf12, StringComparison.Ordinal) ? null : entry.Leaf12).Set(5, entry.Leaf).Set(6, key).Set(7, entry.Draft)
            .Set(8, (long)entry.Kind).Set(9, entry.At).Set(10, folder.ChangeId).Set(11, _names.Id(NameKind.Person, entry.Person)).Set(12, model).Set(13, task).Set(14, verdict)
            .Set(15, model).Set(16, task).Set(17, verdict).Set(18, entry.Target).Set(19, entry.Target is null ? null : IndexedEntry.KeyOf(entry.Target)).Set(20, (long?)null)
            .Set(21, entry.Reason).Set(22, entry.Inserted).Set(23, entry.Removed).Set(24, entry.Names.Files).Set(25, entry.Names.Olds).Set(26, entry.Names.Needs).Set(27, entry.Said).Run();
        Touch(id, Nodes(entry.Names), []);
        _words.Set(1, id).Set(2, Words(entry.Person, entry.Names, entry.Reason, entry.Said)).Run();
        if (entry.Target is { } target)
        {
            Link(id, none: -1);
            Decide(target);
        }

        if (Deciding(key, entry.Leaf) is { Count: > 0 } decisions)
        {
            Decide(entry.Leaf);
            foreach (var decision in decisions)
                Link(decision, none: -1);
        }

        return true;
    }

    /// <summary>Takes an entry out.</summary>
    internal void Delete(long id)
    {
        var row = Row(id);
        foreach (var decision in row.Kind == EntryKind.Generation ? Deciding(IndexedEntry.KeyOf(row.Leaf), row.Leaf) : [])
            Link(decision, none: id);
        var nodes = Nodes(row.Names);
        if (row.Linked is { } linked)
            nodes.UnionWith(Nodes(Row(linked).Names));
        Touch(id, [], nodes);
        _noWords.Set(1, id).Set(2, Words(row.Person, row.Names, row.Reason, row.Said)).Run();
        _delete.Set(1, id).Run();
        if (row.Target is { } target)
            Decide(target);
    }

    public void Dispose()
    {
        foreach (var part in (IDisposable[])[_names, _numbers, _insert, _delete, _row, _touch, _untouch, _words, _noWords, _deciding, _verdict, _decided, _link])
            part.Dispose();
    }

    /// <summary>The number of a change's name.</summary>
    internal long Change(string name) => _names.Id(NameKind.Change, name);

    // A decision shows what its generation says; of several copies of that, the first.
    private void Link(long id, long none)
    {
        var row = Row(id);
        if (row.Target is not { } target)
            return;
        var linked = _decided.Set(1, IndexedEntry.KeyOf(target)).Set(2, target).Set(3, none).Number();
        if (linked == row.Linked)
            return;
        var own = Nodes(row.Names);
        var before = row.Linked is { } old ? Nodes(Row(old).Names) : [];
        var after = linked is { } now ? Nodes(Row(now).Names) : [];
        before.ExceptWith(own);
        before.ExceptWith(after);
        Touch(id, after, before);
        _link.Set(1, id).Set(2, linked).Run();
    }

    private void Decide(byte[] target) => _verdict.Set(1, IndexedEntry.KeyOf(target)).Set(2, target).Run();

    private List<long> Deciding(long key, byte[] leaf)
    {
        var ids = new List<long>();
        _deciding.Set(1, key).Set(2, leaf);
        while (_deciding.Step())
            ids.Add(_deciding.Long(0));
        return ids;
    }

    private void Touch(long id, IEnumerable<long> added, IEnumerable<long> removed)
    {
        foreach (var node in removed)
            _untouch.Set(1, node).Set(2, id).Run();
        foreach (var node in added)
            _touch.Set(1, node).Set(2, id).Run();
    }

    private HashSet<long> Nodes(in EntryNames names)
    {
        var nodes = new HashSet<long>();
        names.AddNodes(_names, nodes);
        return nodes;
    }

    private static string Words(string person, in EntryNames names, string? reason, string? said) =>
        string.Join('\n', person.AsSpan(person.IndexOf('\n', StringComparison.Ordinal) + 1).ToString(), names.Files, names.Olds, names.Needs, reason, said);

    private RowFacts Row(long id)
    {
        _row.Set(1, id);
        if (!_row.Step())
            throw new InvalidOperationException("an entry is gone");
        var facts = new RowFacts(
            new EntryNames(_row.Text(0), _row.TextOrNull(1), _row.TextOrNull(2)),
            _row.Whole(3), _row.IsNull(4) ? null : _row.Bytes(4), _row.Bytes(5), (EntryKind)_row.Long(6), _row.TextOrNull(7), _row.TextOrNull(8), _row.Text(9));
        _row.Reset();
        return facts;
    }

    private sealed record RowFacts(EntryNames Names, long? Linked, byte[]? Target, byte[] Leaf, EntryKind Kind, string? Reason, string? Said, string Person);
}
