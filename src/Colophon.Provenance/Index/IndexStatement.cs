using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Colophon.Provenance.Index;

/// <summary>A prepared statement. What filling the index does millions of times passes no boxed value and no parameter object.</summary>
internal sealed class IndexStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares it.</summary>
    /// <exception cref="SqliteException">The database is not of the shape that the text asks for.</exception>
    internal IndexStatement(SqliteConnection connection, string text)
    {
        _database = connection.Handle ?? throw new ArgumentException("The connection is not open.", nameof(connection));
        Check(raw.sqlite3_prepare_v2(_database, text, out _statement));
    }

    /// <summary>Sets a parameter, counted from 1.</summary>
    internal IndexStatement Set(int place, long? value)
    {
        Check(value is { } number ? raw.sqlite3_bind_int64(_statement, place, number) : raw.sqlite3_bind_null(_statement, place));
        return this;
    }

    internal IndexStatement Set(int place, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, place) : raw.sqlite3_bind_text(_statement, place, value));
        return this;
    }

    internal IndexStatement Set(int place, byte[]? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, place) : raw.sqlite3_bind_blob(_statement, place, value));
        return this;
    }

    /// <summary>Moves to the next row; after the last one the statement can be run again.</summary>
    internal bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;
        raw.sqlite3_reset(_statement);
        return result == raw.SQLITE_DONE ? false : throw Fault(result);
    }

    /// <summary>Runs it for what it does.</summary>
    internal void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>The first number it finds, or null.</summary>
    internal long? Number()
    {
        long? number = Step() ? Whole(0) : null;
        Reset();
        return number;
    }

    internal void Reset() => raw.sqlite3_reset(_statement);

    internal bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    internal long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    internal long? Whole(int column) => IsNull(column) ? null : Long(column);

    internal string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    internal string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    internal byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Fault(result);
    }

    private SqliteException Fault(int result) => new(raw.sqlite3_errmsg(_database).utf8_to_string(), result);
}
