using System.Globalization;
using Colophon.Provenance.Log;
using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Index;

/// <summary>A stream's folder as the index knows it.</summary>
internal readonly record struct FolderRow(long Id, long ChangeId, string Change, string Stream);

/// <summary>
/// Brings the index up to the log in the tree. A stream is listed only where one of its folders changed since, and of a listed one only names that are new are read. An entry's file is never
/// changed, so a known name is a known entry; one that was changed all the same is for verifying to find.
/// </summary>
internal sealed class IndexRefresh(SqliteConnection connection, string? file, AuditLayout layout, IReadOnlyList<string> archives, bool filling)
{
    private const int Chunk = 256;

    // File systems note times coarsely: what changed just now may change again within the same tick.
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);

    /// <summary>Reads what is new and forgets what is gone, in one transaction; where it is killed, nothing happened.</summary>
    /// <exception cref="SqliteException">The database is damaged, or another process keeps it.</exception>
    /// <exception cref="InvalidOperationException">The index has to be made again.</exception>
    internal void Run()
    {
        var known = filling ? [] : Known();
        var changed = new List<(string Change, string Stream, string Stamp)>();
        foreach (var (change, stream) in AuditTree.Keys(layout))
        {
            var stamp = Stamp(change, stream);
            if (known.Remove((change, stream), out var row) && row.Stamp == stamp && stamp.Length > 0)
                continue;
            changed.Add((change, stream, stamp));
        }

        if (!filling && changed.Count == 0 && known.Count == 0)
            return;
        IndexSchema.Run(connection, "BEGIN IMMEDIATE");
        try
        {
            // Not before it is this one's turn: two that wait would keep each other from going on.
            if (file is not null)
                IndexSchema.Hold(connection);

            // Another process may have filled it while this one waited for its turn.
            if (filling && !IndexSchema.IsNew(connection))
            {
                IndexSchema.Run(connection, "COMMIT");
                IndexSchema.Share(connection);
                new IndexRefresh(connection, file, layout, archives, filling: false).Run();
                return;
            }

            Write(changed, known.Values.Select(static k => k.Id));
            IndexSchema.Run(connection, "COMMIT");
        }
        catch
        {
            IndexSchema.Run(connection, "ROLLBACK");
            throw;
        }

        if (file is null)
            return;
        IndexSeal.Set(file);
        IndexSchema.Share(connection);
    }

    private void Write(List<(string Change, string Stream, string Stamp)> changed, IEnumerable<long> gone)
    {
        if (filling)
            IndexSchema.MakeTables(connection);
        using (var writer = new IndexWriter(connection, filling))
        using (var folders = new FolderTable(connection))
        {
            foreach (var folder in gone)
            {
                foreach (var entry in folders.Entries(folder).Values)
                    writer.Delete(entry);
                folders.Forget(folder);
            }

            foreach (var (change, stream, stamp) in changed)
            {
                var row = folders.Row(writer.Change(change), change, stream);
                folders.Stamp(row.Id, Take(writer, folders, row) ? stamp : "");
            }
        }

        if (!filling)
            return;
        IndexSchema.Run(connection, "INSERT INTO word (word) VALUES ('optimize')");
        IndexSchema.MakeOrders(connection);
    }

    /// <summary>Takes up one stream; false where something in it could not be read and is worth another look.</summary>
    private bool Take(IndexWriter writer, FolderTable folders, in FolderRow row)
    {
        var known = folders.Entries(row.Id);
        var fresh = new List<EntryName>();
        foreach (var name in AuditTree.Read(layout, row.Change, row.Stream).Entries)
        {
            if (name.IsHere && !known.Remove((name.Seq, name.Leaf12)))
                fresh.Add(name);
        }

        foreach (var entry in known.Values)
            writer.Delete(entry);
        var all = true;
        foreach (var names in fresh.Chunk(Chunk))
        {
            foreach (var entry in Read(names))
                all &= entry is not null && writer.Insert(row, entry);
        }

        return all;
    }

    private static IndexedEntry?[] Read(EntryName[] names)
    {
        // A segment is unpacked once, as long as somebody holds on to what came out.
        var held = names.Select(static n => n.Segment).Distinct().Select(Content).ToArray();
        var entries = new IndexedEntry?[names.Length];
        void One(int i) => entries[i] = names[i].TryRead(out var entry) ? IndexedEntry.Of(names[i], entry) : null;
        if (names.Length < 16)
        {
            for (var i = 0; i < names.Length; i++)
                One(i);
        }
        else
        {
            Parallel.For(0, names.Length, One);
        }

        GC.KeepAlive(held);
        return entries;
    }

    private static SegmentContent? Content(SegmentFile? segment)
    {
        try
        {
            return segment?.Content();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Dictionary<(string Change, string Stream), (long Id, string Stamp)> Known()
    {
        var known = new Dictionary<(string, string), (long, string)>();
        using var all = new IndexStatement(connection, "SELECT f.id, c.text, f.stream, f.stamp FROM folder f JOIN name c ON c.id = f.change");
        while (all.Step())
            known[(all.Text(1), all.Text(2))] = (all.Long(0), all.Text(3));
        return known;
    }

    // When the folders that hold a stream's entries changed last; empty where one did just now.
    private string Stamp(string change, string stream)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var times = new[] { layout.Stream(change, stream), Path.Combine(layout.Segments, change, stream) }.Concat(archives.Select(a => Path.Combine(a, change, stream))).Select(Directory.GetLastWriteTimeUtc).ToArray();
        return times.All(t => t < now - s_settled) ? string.Join(' ', times.Select(static t => t.Ticks.ToString(CultureInfo.InvariantCulture))) : "";
    }
}
