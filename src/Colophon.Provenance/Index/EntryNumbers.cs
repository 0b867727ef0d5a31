using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Index;

/// <summary>
/// Numbers entries so that numbers ascend with time, and within a millisecond by change, stream and place. A number is the millisecond and 21 bits more; neighbours are left room, so that one
/// that comes later finds a number between them.
/// </summary>
internal sealed class EntryNumbers(SqliteConnection connection, bool filling) : IDisposable
{
    private const int Bits = 21;

    // Until the year 2109; what is dated otherwise stands at an end, in order among itself.
    private const long LastMillisecond = (1L << 42) - 1;

    private readonly IndexStatement _neighbours = new(
        connection,
        """
        SELECT e.id, e.at, c.text, f.stream, e.seq, coalesce(e.file, lower(substr(hex(e.leaf), 1, 12)))
        FROM entry e JOIN folder f ON f.id = e.folder JOIN name c ON c.id = f.change WHERE e.id BETWEEN ?1 AND ?2 ORDER BY e.id DESC
        """);

    /// <summary>The bits beside the millisecond.</summary>
    internal const long Mask = (1L << Bits) - 1;

    /// <summary>The first number of a moment, and of any later one.</summary>
    internal static long First(long at) => Math.Clamp(at, 0, LastMillisecond) << Bits;

    /// <summary>The number for a new entry; null where its millisecond has none left.</summary>
    /// <exception cref="InvalidOperationException">Between its neighbours is no room.</exception>
    internal long? Next(in FolderRow folder, IndexedEntry entry)
    {
        var (first, last) = (First(entry.At), First(entry.At) | Mask);
        var (below, above) = Neighbours(folder, entry, first, last);
        return (below, above) switch
        {
            (null, null) => first + (1L << (Bits - 1)),
            ({ } low, null) => low == last ? null : low + Step(last - low),
            (null, { } high) => high == first ? null : high - Step(high - first),
            ({ } low, { } high) when high - low > 1 => low + ((high - low) / 2),
            _ when filling => null,
            _ => throw new InvalidOperationException("no room between two entries"),
        };
    }

    public void Dispose() => _neighbours.Dispose();

    private (long? Below, long? Above) Neighbours(in FolderRow folder, IndexedEntry entry, long first, long last)
    {
        long? above = null;
        _neighbours.Set(1, first).Set(2, last);
        while (_neighbours.Step())
        {
            var id = _neighbours.Long(0);
            if (Compare(folder, entry) < 0)
            {
                _neighbours.Reset();
                return (id, above);
            }

            above = id;
        }

        return (null, above);
    }

    // The neighbour against the entry.
    private int Compare(in FolderRow folder, IndexedEntry entry)
    {
        var order = _neighbours.Long(1).CompareTo(entry.At);
        order = order != 0 ? order : string.CompareOrdinal(_neighbours.Text(2), folder.Change);
        order = order != 0 ? order : string.CompareOrdinal(_neighbours.Text(3), folder.Stream);
        order = order != 0 ? order : _neighbours.Long(4).CompareTo(entry.Seq);
        return order != 0 ? order : string.CompareOrdinal(_neighbours.Text(5), entry.Leaf12);
    }

    private static long Step(long room) => Math.Clamp(room >> 12, 1, 256);
}
