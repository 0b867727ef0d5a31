namespace Colophon.Text.Diff;

/// <summary>
/// Myers' O(ND) algorithm in its linear-space form (An O(ND) Difference Algorithm and Its Variations, 1986, section 4b). The search for the
/// middle of a range gives up after a bounded number of differences and splits at the furthest point reached: the result then is correct but
/// not shortest, and two texts with nothing in common cost no more than a fixed multiple of their length.
/// </summary>
internal sealed class MyersDiff(int[] a, int[] b, bool[] removed, bool[] inserted)
{
    private const int MaxCost = 256;

    private readonly int[] _forward = new int[a.Length + b.Length + 3];
    private readonly int[] _backward = new int[a.Length + b.Length + 3];
    private readonly Stack<DiffRange> _ranges = new();

    public void Run(DiffRange whole)
    {
        _ranges.Push(whole);
        while (_ranges.TryPop(out var range))
        {
            range = range.Trim(a, b);
            if (range.IsOneSided)
            {
                range.Mark(removed, inserted);
                continue;
            }

            var (x, y) = Middle(range);
            if ((x == range.OldStart && y == range.NewStart) || (x == range.OldEnd && y == range.NewEnd))
            {
                range.Mark(removed, inserted);
                continue;
            }

            _ranges.Push(new DiffRange(x, range.OldEnd, y, range.NewEnd));
            _ranges.Push(new DiffRange(range.OldStart, x, range.NewStart, y));
        }
    }

    /// <summary>A point on a shortest path, or on a good one; never a corner, so both halves are smaller than the range.</summary>
    private (int X, int Y) Middle(DiffRange r)
    {
        var (low, high) = (r.OldStart - r.NewEnd, r.OldEnd - r.NewStart);
        var offset = 1 - low;
        var (top, bottom) = (r.OldStart - r.NewStart, r.OldEnd - r.NewEnd);
        var odd = ((top - bottom) & 1) != 0;
        _forward[top + offset] = r.OldStart;
        _backward[bottom + offset] = r.OldEnd;
        var (fmin, fmax, bmin, bmax) = (top, top, bottom, bottom);
        for (var cost = 1; ; cost++)
        {
            if (fmin > low)
                _forward[--fmin - 1 + offset] = -1;
            else
                fmin++;
            if (fmax < high)
                _forward[++fmax + 1 + offset] = -1;
            else
                fmax--;
            for (var k = fmax; k >= fmin; k -= 2)
            {
                var (before, after) = (_forward[k - 1 + offset], _forward[k + 1 + offset]);
                var x = before >= after ? before + 1 : after;
                for (; x < r.OldEnd && x - k < r.NewEnd && a[x] == b[x - k]; x++)
                {
                }

                _forward[k + offset] = x;
                if (odd && bmin <= k && k <= bmax && _backward[k + offset] <= x)
                    return (x, x - k);
            }

            if (bmin > low)
                _backward[--bmin - 1 + offset] = int.MaxValue;
            else
                bmin++;
            if (bmax < high)
                _backward[++bmax + 1 + offset] = int.MaxValue;
            else
                bmax--;
            for (var k = bmax; k >= bmin; k -= 2)
            {
                var (before, after) = (_backward[k - 1 + offset], _backward[k + 1 + offset]);
                var x = before < after ? before : after - 1;
                for (; x > r.OldStart && x - k > r.NewStart && a[x - 1] == b[x - k - 1]; x--)
                {
                }

                _backward[k + offset] = x;
                if (!odd && fmin <= k && k <= fmax && x <= _forward[k + offset])
                    return (x, x - k);
            }

            if (cost >= MaxCost)
                return Furthest(r, offset, fmin, fmax);
        }
    }

    private (int X, int Y) Furthest(DiffRange r, int offset, int fmin, int fmax)
    {
        var best = (X: r.OldStart, Y: r.NewStart);
        for (var k = fmax; k >= fmin; k -= 2)
        {
            var x = Math.Min(_forward[k + offset], r.OldEnd);
            var y = x - k;
            if (y > r.NewEnd)
                (x, y) = (r.NewEnd + k, r.NewEnd);
            if (x + y > best.X + best.Y)
                best = (x, y);
        }

        return best;
    }
}
