using Colophon.Kernel.Errors;
using Colophon.Provenance.Log;
using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Index;

/// <summary>
/// A disposable SQLite index over the log, for finding entries. Made when missing, made again when unreadable or of another version, brought up to date by
/// the files that came, went or changed since. Nothing in it is trusted: verifying reads the entries and never the index.
/// </summary>
public sealed class AuditIndex : IDisposable
{
    private readonly string _root;
    private readonly SqliteConnection _connection;

    private readonly IReadOnlyList<string> _archives;

    private AuditIndex(string root, IReadOnlyList<string> archives, SqliteConnection connection) => (_root, _archives, _connection) = (root, archives, connection);

    /// <summary>Opens the index of a repository and brings it up to date.</summary>
    /// <param name="root">The top of the repository's working tree.</param>
    /// <param name="file">The database's file, absolute; usually <c>.colophon/state/index.db</c>. Null keeps the index in memory.</param>
    /// <param name="archives">Folders outside the project that packed entries were moved to; null for none.</param>
    /// <exception cref="KernelException"><see cref="KernelError.WriteFailed"/>: there is no way to keep it there; in memory always works.</exception>
    public static AuditIndex Open(string root, string? file, IReadOnlyList<string>? archives = null)
    {
        SQLitePCL.Batteries_V2.Init();
        try
        {
            return TryOpen(root, file, archives ?? []);
        }
        catch (Exception e) when (file is not null && e is SqliteException or InvalidOperationException or FormatException or InvalidCastException)
        {
            Delete(file);
        }

        try
        {
            return TryOpen(root, file, archives ?? []);
        }
        catch (SqliteException e)
        {
            throw new KernelException(KernelError.WriteFailed, $"The index '{file}' cannot be made: {e.Message}", "Check that the folder can be written.", e);
        }
    }

    /// <summary>The entries that fit, newest first.</summary>
    public IReadOnlyList<AuditRecord> Query(AuditQuery query)
    {
        using var command = _connection.CreateCommand();
        QueryText.Fill(command, query);
        var records = new List<AuditRecord>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            records.Add(IndexRows.Read(reader));
        return records;
    }

    /// <summary>How many entries are indexed.</summary>
    public long Count()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM entry WHERE leaf IS NOT NULL";
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static AuditIndex TryOpen(string root, string? file, IReadOnlyList<string> archives)
    {
        if (file is not null && Path.GetDirectoryName(file) is { } folder)
        {
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new KernelException(KernelError.WriteFailed, $"The folder '{folder}' cannot be made: {e.Message}", null, e);
            }
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file ?? ":memory:", Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            connection.Open();
            IndexRows.Prepare(connection);
            var index = new AuditIndex(root, archives, connection);
            index.Refresh();
            return index;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Delete(string file)
    {
        foreach (var part in (string[])[file, file + "-journal", file + "-wal", file + "-shm"])
        {
            try
            {
                File.Delete(part);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new KernelException(KernelError.WriteFailed, $"The damaged index '{part}' cannot be removed: {e.Message}", null, e);
            }
        }
    }

    /// <summary>One transaction: files that are gone go, files that are new or look different are read.</summary>
    private void Refresh()
    {
        var known = IndexRows.Known(_connection);
        var fresh = new List<(EntryName Name, FileInfo Place)>();
        foreach (var name in AuditTree.Streams(new AuditLayout(_root, _archives), []).SelectMany(static f => f.Entries).Where(static e => e.IsHere))
        {
            var info = new FileInfo(name.Place);
            if (!known.Remove(Relative(name.Path), out var stamp) || stamp != (info.Length, info.LastWriteTimeUtc.Ticks))
                fresh.Add((name, info));
        }

        if (known.Count == 0 && fresh.Count == 0)
            return;
        using var transaction = _connection.BeginTransaction();
        using var rows = new IndexRows(_connection, transaction);
        foreach (var path in known.Keys)
            rows.Delete(path);
        foreach (var (name, place) in fresh)
        {
            rows.Delete(Relative(name.Path));
            rows.Insert(Relative(name.Path), place, name.TryRead(out var entry) ? entry : null);
        }

        transaction.Commit();
    }

    private string Relative(string path) => Path.GetRelativePath(_root, path).Replace('\\', '/');
}
