using Colophon.Kernel.Errors;
using Colophon.Provenance.Log;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Colophon.Provenance.Index;

/// <summary>
/// A disposable SQLite index over the log, for finding entries. Made when missing, made again when unreadable or of another version, brought up to date by
/// the files that came and went since. Nothing in it is trusted: verifying reads the entries and never the index.
/// </summary>
public sealed class AuditIndex : IDisposable
{
    private const int Patience = 10;

    private readonly SqliteConnection _connection;

    private AuditIndex(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the index of a repository and brings it up to date.</summary>
    /// <param name="root">The top of the repository's working tree.</param>
    /// <param name="file">The database's file, absolute; usually <c>.colophon/state/index.db</c>. Null keeps the index in memory.</param>
    /// <param name="archives">Folders outside the project that packed entries were moved to; null for none.</param>
    /// <exception cref="KernelException">
    /// <see cref="KernelError.WriteFailed"/>: there is no way to keep it there; in memory always works. <see cref="KernelError.Locked"/>: another process has been filling it for too long.
    /// </exception>
    public static AuditIndex Open(string root, string? file, IReadOnlyList<string>? archives = null)
    {
        Batteries_V2.Init();
        try
        {
            return TryOpen(root, file, archives ?? []);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            throw new KernelException(KernelError.Locked, $"Another process is filling the index '{file}'.", "Wait until it is done; a log of a million entries takes minutes the first time.", e);
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
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.EntryNotFound"/>: there is no entry to go on after, or there are several.</exception>
    public IReadOnlyList<AuditRecord> Query(AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        long? after = query.After is { } leaf ? RecordReader.Number(_connection, leaf) : null;
        return Read(new QueryPlan(_connection, query, after).Ids(query.Limit));
    }

    /// <summary>What is known of one entry; null where it is not here.</summary>
    /// <param name="leaf">Its whole leaf.</param>
    public AuditRecord? Find(string leaf)
    {
        using var reader = new RecordReader(_connection);
        return RecordReader.Numbers(_connection, leaf) is [var number, ..] ? reader.Read(number) : null;
    }

    /// <summary>How many entries are indexed.</summary>
    public long Count()
    {
        using var count = new IndexStatement(_connection, "SELECT count(*) FROM entry");
        return count.Number() ?? 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private List<AuditRecord> Read(IReadOnlyList<long> numbers)
    {
        using var reader = new RecordReader(_connection);
        var records = new List<AuditRecord>(numbers.Count);
        foreach (var number in numbers)
        {
            // Another process may have taken it out since.
            if (reader.Read(number) is { } record)
                records.Add(record);
        }

        return records;
    }

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

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file ?? ":memory:", Pooling = false, DefaultTimeout = Patience }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, Patience * 1000);
            IndexSchema.Prepare(connection);
            new IndexRefresh(connection, new AuditLayout(root, archives), archives, IndexSchema.IsNew(connection)).Run();
            return new AuditIndex(connection);
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
}
