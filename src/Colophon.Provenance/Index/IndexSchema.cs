using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Index;

/// <summary>What a row of the table of names is the name of.</summary>
internal enum NameKind
{
    /// <summary>A change.</summary>
    Change,

    /// <summary>A key's id and a person's name, with a line end between them.</summary>
    Person,

    /// <summary>Provider, model asked for, model reported, with line ends between them.</summary>
    Model,

    /// <summary>A task's id.</summary>
    Task,

    /// <summary>A path, or a folder above one.</summary>
    Path,

    /// <summary>A requirement, or its capability.</summary>
    Requirement,
}

/// <summary>
/// The index's tables. The number of an entry (<c>entry.id</c>) ascends with its time, so every SQLite index ends in the order that queries ask for: a query reads the newest rows that
/// fit from the end of one index and stops.
/// </summary>
internal static class IndexSchema
{
    private const long Version = 3;

    // own_*: what the entry itself says; model, task, verdict: what it shows, a decision its generation's and a generation its decision's. linked: that generation, where it is here.
    private const string Tables =
        """
        CREATE TABLE folder (id INTEGER PRIMARY KEY, change INTEGER NOT NULL, stream TEXT NOT NULL, stamp TEXT NOT NULL, UNIQUE (change, stream));
        CREATE TABLE name (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE (kind, text));
        CREATE TABLE entry (
          id INTEGER PRIMARY KEY, folder INTEGER NOT NULL, seq INTEGER NOT NULL, file TEXT, leaf BLOB NOT NULL, key INTEGER NOT NULL, draft TEXT NOT NULL,
          kind INTEGER NOT NULL, at INTEGER NOT NULL, change INTEGER NOT NULL, person INTEGER NOT NULL, model INTEGER, task INTEGER, verdict INTEGER,
          own_model INTEGER, own_task INTEGER, own_verdict INTEGER, target BLOB, target_key INTEGER, linked INTEGER,
          reason TEXT, inserted INTEGER NOT NULL, removed INTEGER NOT NULL, files TEXT NOT NULL, olds TEXT, needs TEXT, said TEXT
        );
        CREATE INDEX entry_place ON entry (folder, seq);
        CREATE INDEX entry_key ON entry (key);
        CREATE INDEX entry_target ON entry (target_key) WHERE target_key IS NOT NULL;
        CREATE TABLE touch (node INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (node, entry)) WITHOUT ROWID;
        CREATE VIRTUAL TABLE word USING fts5 (text, content = '', detail = 'full', tokenize = 'unicode61');
        """;

    // Made after the rows where the index is filled for the first time: sorting once is cheaper than keeping order.
    private const string Orders =
        """
        CREATE INDEX entry_change ON entry (change);
        CREATE INDEX entry_person ON entry (person);
        CREATE INDEX entry_kind ON entry (kind);
        CREATE INDEX entry_model ON entry (model) WHERE model IS NOT NULL;
        CREATE INDEX entry_task ON entry (task) WHERE task IS NOT NULL;
        CREATE INDEX entry_verdict ON entry (verdict) WHERE verdict IS NOT NULL;
        """;

    /// <summary>Sets the connection up: nothing is worth waiting for the disk, and memory is bounded.</summary>
    internal static void Prepare(SqliteConnection connection)
    {
        Run(connection, "PRAGMA synchronous = OFF");
        Run(connection, "PRAGMA cache_size = -65536");
        Run(connection, "PRAGMA temp_store = FILE");
        Run(connection, "PRAGMA journal_mode = TRUNCATE");
    }

    /// <summary>Keeps what is written next from everybody else until <see cref="Share"/>.</summary>
    internal static void Hold(SqliteConnection connection) => Run(connection, "PRAGMA locking_mode = EXCLUSIVE");

    /// <summary>Lets others read and write again. SQLite lets go with the next reading.</summary>
    internal static void Share(SqliteConnection connection)
    {
        Run(connection, "PRAGMA locking_mode = NORMAL");
        Run(connection, "SELECT count(*) FROM sqlite_master");
    }

    /// <summary>Looks at what the database holds.</summary>
    /// <returns>Whether it is empty and has to be filled.</returns>
    /// <exception cref="InvalidOperationException">It is of another version.</exception>
    internal static bool IsNew(SqliteConnection connection)
    {
        using var version = new IndexStatement(connection, "PRAGMA user_version");
        return version.Number() switch { 0 => true, Version => false, _ => throw new InvalidOperationException("another version") };
    }

    internal static void MakeTables(SqliteConnection connection) => Run(connection, Tables);

    internal static void MakeOrders(SqliteConnection connection)
    {
        Run(connection, Orders);
        Run(connection, $"PRAGMA user_version = {Version}");
    }

    internal static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
