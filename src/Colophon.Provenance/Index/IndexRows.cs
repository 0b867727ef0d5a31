using Colophon.Provenance.Log;
using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Index;

/// <summary>The index's tables: one row a file of the log (without a leaf where it is no entry), and one a changed path.</summary>
internal sealed class IndexRows : IDisposable
{
    private const long Version = 2;

    private const string Schema =
        """
        CREATE TABLE entry (
          path TEXT PRIMARY KEY, length INTEGER NOT NULL, ticks INTEGER NOT NULL,
          leaf TEXT, id TEXT, kind INTEGER, change TEXT, stream TEXT, seq INTEGER, at INTEGER, name TEXT, key TEXT,
          provider TEXT, requested TEXT, reported TEXT, task TEXT, target TEXT, accepted INTEGER, reason TEXT, inserted INTEGER, removed INTEGER, files TEXT
        ) WITHOUT ROWID;
        CREATE INDEX entry_leaf ON entry (leaf);
        CREATE INDEX entry_target ON entry (target) WHERE target IS NOT NULL;
        CREATE INDEX entry_at ON entry (at);
        CREATE TABLE file (entry TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (path, entry)) WITHOUT ROWID;
        CREATE INDEX file_entry ON file (entry);
        """;

    private readonly SqliteCommand _deleteEntry;
    private readonly SqliteCommand _deleteFiles;
    private readonly SqliteCommand _insertEntry;
    private readonly SqliteCommand _insertFile;

    public IndexRows(SqliteConnection connection, SqliteTransaction transaction)
    {
        _deleteEntry = Command(connection, transaction, "DELETE FROM entry WHERE path = $0", 1);
        _deleteFiles = Command(connection, transaction, "DELETE FROM file WHERE entry = $0", 1);
        _insertEntry = Command(connection, transaction, $"INSERT INTO entry VALUES ({string.Join(", ", Enumerable.Range(0, 22).Select(static i => $"${i}"))})", 22);
        _insertFile = Command(connection, transaction, "INSERT OR IGNORE INTO file VALUES ($0, $1)", 2);
    }

    /// <summary>Sets the database up, or throws where it holds something else.</summary>
    /// <exception cref="InvalidOperationException">It is of another version.</exception>
    public static void Prepare(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = OFF; PRAGMA user_version";
        switch ((long)(command.ExecuteScalar() ?? 0L))
        {
            case Version:
                return;
            case 0:
                command.CommandText = $"BEGIN IMMEDIATE; {Schema} PRAGMA user_version = {Version}; COMMIT";
                command.ExecuteNonQuery();
                return;
            default:
                throw new InvalidOperationException("another version");
        }
    }

    /// <summary>The indexed files with their length and time of change.</summary>
    public static Dictionary<string, (long Length, long Ticks)> Known(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT path, length, ticks FROM entry";
        var known = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            known[reader.GetString(0)] = (reader.GetInt64(1), reader.GetInt64(2));
        return known;
    }

    public void Delete(string path)
    {
        Run(_deleteEntry, path);
        Run(_deleteFiles, path);
    }

    public void Insert(string path, FileInfo file, Entry? entry)
    {
        if (entry is null)
        {
            Run(_insertEntry, [path, file.Length, file.LastWriteTimeUtc.Ticks, .. new object?[19]]);
            return;
        }

        var said = entry.Predicate;
        var hunks = said.Files.SelectMany(static f => f.Hunks).ToArray();
        Run(
            _insertEntry,
            path,
            file.Length,
            file.LastWriteTimeUtc.Ticks,
            entry.Leaf,
            said.Id,
            (long)said.Kind,
            said.Change,
            said.Stream,
            said.Seq,
            said.RecordedAt.ToUnixTimeMilliseconds(),
            said.Actor.Name,
            said.Actor.KeyId,
            said.Model?.Provider,
            said.Model?.Requested,
            said.Model?.Reported,
            said.Spec?.Task,
            said.Decision?.Target,
            said.Decision is { } decision ? (decision.Accepted ? 1L : 0L) : null,
            said.Decision?.Reason ?? said.Approval?.Reason,
            hunks.Sum(static h => (long)h.NewLines),
            hunks.Sum(static h => (long)h.OldLines),
            string.Join('\n', said.Files.Select(static f => f.Path)));
        foreach (var name in said.Files.SelectMany(static f => new[] { f.Path, f.RenamedFrom }).OfType<string>())
            Run(_insertFile, path, name);
    }

    /// <summary>A row of <see cref="QueryText"/>.</summary>
    public static AuditRecord Read(SqliteDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return new AuditRecord
        {
            Path = row.GetString(0),
            Leaf = row.GetString(1),
            Id = row.GetString(2),
            Kind = (EntryKind)row.GetInt64(3),
            Change = row.GetString(4),
            Stream = row.GetString(5),
            Seq = row.GetInt64(6),
            RecordedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
            Developer = row.GetString(8),
            Model = Text(9),
            Task = Text(10),
            Accepted = row.IsDBNull(11) ? null : row.GetInt64(11) != 0,
            Reason = Text(12),
            Target = Text(13),
            Inserted = row.GetInt64(14),
            Removed = row.GetInt64(15),
            Files = row.GetString(16).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            TargetPath = Text(17),
        };
    }

    public void Dispose()
    {
        _deleteEntry.Dispose();
        _deleteFiles.Dispose();
        _insertEntry.Dispose();
        _insertFile.Dispose();
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction transaction, string text, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        return command;
    }

    private static void Run(SqliteCommand command, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}
