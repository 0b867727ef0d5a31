using System.Numerics;

namespace Colophon.Provenance.Log;

/// <summary>
/// A growing RFC 6962 tree of which only the roots of its perfect subtrees are kept: appending is O(1) amortised and the root O(log n), so sealing
/// a stream never reads it again.
/// </summary>
internal sealed class CompactRange
{
    private readonly List<byte[]> _peaks;

    internal CompactRange()
        : this(0, [])
    {
    }

    private CompactRange(long size, List<byte[]> peaks) => (Size, _peaks) = (size, peaks);

    /// <summary>How many leaves.</summary>
    internal long Size { get; private set; }

    /// <summary>The roots of the perfect subtrees, the largest (leftmost) first.</summary>
    internal IReadOnlyList<byte[]> Peaks => _peaks;

    /// <summary>Takes up a range again, or null where the number of peaks does not fit the size.</summary>
    internal static CompactRange? Resume(long size, IEnumerable<byte[]> peaks)
    {
        var list = peaks.ToList();
        return size >= 0 && list.Count == BitOperations.PopCount((ulong)size) && list.TrueForAll(static p => p.Length == MerkleHash.Length)
            ? new CompactRange(size, list)
            : null;
    }

    internal void Append(byte[] leafHash)
    {
        var hash = leafHash;
        for (var merges = BitOperations.TrailingZeroCount(~(ulong)Size); merges > 0; merges--)
        {
            hash = MerkleHash.Node(_peaks[^1], hash);
            _peaks.RemoveAt(_peaks.Count - 1);
        }

        _peaks.Add(hash);
        Size++;
    }

    internal byte[] Root()
    {
        if (_peaks.Count == 0)
            return MerkleHash.Empty;
        var root = _peaks[^1];
        for (var i = _peaks.Count - 2; i >= 0; i--)
            root = MerkleHash.Node(_peaks[i], root);
        return root;
    }

    internal CompactRange Copy() => new(Size, [.. _peaks]);
}
