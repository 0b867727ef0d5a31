using Colophon.Provenance.Log;
using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Index;

/// <summary>Reads rows of the index.</summary>
internal sealed class RecordReader(SqliteConnection connection) : IDisposable
{
    private readonly IndexStatement _row = new(
        connection,
        """
        SELECT c.text, f.stream, e.seq, e.file, e.leaf, e.draft, e.kind, e.at, p.text, m.text, t.text, e.verdict, e.reason, e.target, e.inserted, e.removed, e.files,
          gc.text, gf.stream, g.seq, g.file, g.leaf
        FROM entry e JOIN folder f ON f.id = e.folder JOIN name c ON c.id = f.change JOIN name p ON p.id = e.person LEFT JOIN name m ON m.id = e.model LEFT JOIN name t ON t.id = e.task
          LEFT JOIN entry g ON g.id = e.linked LEFT JOIN folder gf ON gf.id = g.folder LEFT JOIN name gc ON gc.id = gf.change
        WHERE e.id = ?1
        """);

    /// <summary>What is known of the entry with this number; null where there is none.</summary>
    internal AuditRecord? Read(long number)
    {
        _row.Set(1, number);
        if (!_row.Step())
            return null;
        var record = new AuditRecord
        {
            Path = PathAt(0),
            Leaf = Convert.ToHexStringLower(_row.Bytes(4)),
            Id = _row.Text(5),
            Kind = (EntryKind)_row.Long(6),
            Change = _row.Text(0),
            Stream = _row.Text(1),
            Seq = _row.Long(2),
            RecordedAt = DateTimeOffset.FromUnixTimeMilliseconds(_row.Long(7)),
            Developer = _row.Text(8)[(_row.Text(8).IndexOf('\n', StringComparison.Ordinal) + 1)..],
            Model = _row.TextOrNull(9) is { } model && model.Split('\n') is [var provider, var requested, var reported] ? $"{provider}/{(reported.Length > 0 ? reported : requested)}" : null,
            Task = _row.TextOrNull(10),
            Accepted = _row.Whole(11) is { } verdict ? verdict != 0 : null,
            Reason = _row.TextOrNull(12),
            Target = _row.IsNull(13) ? null : Convert.ToHexStringLower(_row.Bytes(13)),
            Inserted = _row.Long(14),
            Removed = _row.Long(15),
            Files = _row.Text(16).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            TargetPath = _row.IsNull(17) ? null : PathAt(17),
        };
        _row.Reset();
        return record;
    }

    /// <summary>The number of the entry that a leaf or the beginning of one names.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.EntryNotFound"/>: none fits, or several do.</exception>
    internal static long Number(SqliteConnection connection, string leaf)
    {
        var numbers = Numbers(connection, leaf);
        // Where an entry lies in several places, its last one: a list that goes on after it always ends.
        return numbers.Count == 1 || (numbers.Count > 1 && leaf.Length == 64) ? numbers[0] : throw new ProvenanceException(
            ProvenanceError.EntryNotFound, $"'{leaf}' {(numbers.Count == 0 ? "names no entry" : $"fits {numbers.Count} entries")} to go on after.", "Give the entry's name as `colophon audit log --json` prints it.");
    }

    /// <summary>The numbers of the entries whose leaves begin so.</summary>
    internal static IReadOnlyList<long> Numbers(SqliteConnection connection, string leaf)
    {
        if (leaf.Length is < 4 or > 64 || !leaf.All(char.IsAsciiHexDigit))
            return [];
        using var fitting = new IndexStatement(connection, "SELECT id, leaf FROM entry WHERE key BETWEEN ?1 AND ?2 ORDER BY id");
        fitting.Set(1, IndexedEntry.KeyOf(Convert.FromHexString(leaf.PadRight(64, '0')))).Set(2, IndexedEntry.KeyOf(Convert.FromHexString(leaf.PadRight(64, 'f'))));
        var numbers = new List<long>();
        while (fitting.Step())
        {
            if (Convert.ToHexString(fitting.Bytes(1)).StartsWith(leaf, StringComparison.OrdinalIgnoreCase))
                numbers.Add(fitting.Long(0));
        }

        return numbers;
    }

    public void Dispose() => _row.Dispose();

    // Where its file is, or was before it went into a segment.
    private string PathAt(int column)
    {
        var leaf12 = _row.TextOrNull(column + 3) ?? Convert.ToHexStringLower(_row.Bytes(column + 4).AsSpan(0, 6));
        return $".openspec/audit/v1/s/{_row.Text(column)}/{_row.Text(column + 1)}/{AuditLayout.EntryName(_row.Long(column + 2), leaf12)}";
    }
}
