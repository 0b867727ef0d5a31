using Colophon.Kernel.Errors;
using Colophon.Provenance.Log;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Colophon.Provenance.Index;

/// <summary>
/// A disposable SQLite index over the log, for finding entries. Made when missing, made again when unreadable, of another version or touched by anything else, brought up to date by
/// the files that came and went since. Nothing in it is trusted: verifying reads the entries and never the index.
/// </summary>
public sealed class AuditIndex : IDisposable
{
    private const int Patience = 10;

    private readonly string _root;
    private readonly IReadOnlyList<string> _archives;
    private SqliteConnection _connection;
    private string? _file;

    private AuditIndex(string root, string? file, IReadOnlyList<string> archives, SqliteConnection connection) => (_root, _file, _archives, _connection) = (root, file, archives, connection);

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
            return new AuditIndex(root, file, archives ?? [], Connect(root, file, archives ?? []));
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            throw new KernelException(KernelError.Locked, $"Another process is filling the index '{file}'.", "Wait until it is done; a log of a million entries takes minutes the first time.", e);
        }
        catch (Exception e) when (file is not null && IsDamage(e))
        {
            Delete(file);
        }

        try
        {
            return new AuditIndex(root, file, archives ?? [], Connect(root, file, archives ?? []));
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
        return Answer(connection =>
        {
            long? after = query.After is { } leaf ? RecordReader.Number(connection, leaf) : null;
            return Read(connection, new QueryPlan(connection, query, after).Ids(query.Limit));
        });
    }

    /// <summary>What is known of one entry; null where it is not here.</summary>
    /// <param name="leaf">Its whole leaf.</param>
    public AuditRecord? Find(string leaf) => Answer(connection =>
    {
        using var reader = new RecordReader(connection);
        return RecordReader.Numbers(connection, leaf) is [var number, ..] ? reader.Read(number) : null;
    });

    /// <summary>How many entries are indexed.</summary>
    public long Count() => Answer(static connection =>
    {
        using var count = new IndexStatement(connection, "SELECT count(*) FROM entry");
        return count.Number() ?? 0;
    });

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>Asks, and where the database turns out to be damaged, makes it again and asks once more: in memory where nothing can be written.</summary>
    private T Answer<T>(Func<SqliteConnection, T> ask)
    {
        try
        {
            return ask(_connection);
        }
        catch (Exception e) when (_file is not null && IsDamage(e))
        {
            _connection.Dispose();
        }

        try
        {
            Delete(_file);
            _connection = Connect(_root, _file, _archives);
        }
        catch (Exception e) when (e is KernelException or SqliteException)
        {
            _file = null;
            _connection = Connect(_root, null, _archives);
        }

        return ask(_connection);
    }

    // Busy is no damage; what a damaged page holds comes out as any value, also as one that no date or kind has.
    private static bool IsDamage(Exception e) => e is SqliteException { SqliteErrorCode: not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_INTERRUPT) }
        or InvalidOperationException or FormatException or InvalidCastException or ArgumentException or ArithmeticException or IndexOutOfRangeException;

    private static List<AuditRecord> Read(SqliteConnection connection, IReadOnlyList<long> numbers)
    {
        using var reader = new RecordReader(connection);
        var records = new List<AuditRecord>(numbers.Count);
        foreach (var number in numbers)
        {
            // Another process may have taken it out since.
            if (reader.Read(number) is { } record)
                records.Add(record);
        }

        return records;
    }

    private static SqliteConnection Connect(string root, string? file, IReadOnlyList<string> archives)
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
            new IndexRefresh(connection, file, new AuditLayout(root, archives), archives, IsNew(connection, file)).Run();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether the database is empty, asked together with how its file was left: no other process writes in between.</summary>
    /// <exception cref="InvalidOperationException">It is of another version, or anything else touched it.</exception>
    private static bool IsNew(SqliteConnection connection, string? file)
    {
        IndexSchema.Run(connection, "BEGIN");
        IndexSchema.Run(connection, "SELECT count(*) FROM sqlite_master");
        var isNew = IndexSchema.IsNew(connection);
        var isLeft = isNew || file is null || IndexSeal.Holds(file);
        IndexSchema.Run(connection, "COMMIT");
        return isLeft ? isNew : throw new InvalidOperationException("touched since");
    }

    private static void Delete(string? file)
    {
        if (file is null)
            return;
        foreach (var part in (string[])[file, file + "-journal", file + "-wal", file + "-shm", IndexSeal.PathOf(file)])
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
