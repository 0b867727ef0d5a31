namespace Colophon.Text.Diff;

/// <summary>
/// Marks the lines that change. A range is split around its longest common run of the rarest lines; a range whose common lines all occur
/// too often, or that comes after the work budget is spent, goes to <see cref="MyersDiff"/>. An explicit stack, so depth costs no stack.
/// </summary>
internal sealed class HistogramDiff(int[] a, int[] b, int distinct, bool[] removed, bool[] inserted)
{
    private const int MaxChain = 64;

    // Per line id, valid only where the stamp is the current range's: how often and where first it stands in the old range.
    private readonly int[] _stamp = new int[distinct];
    private readonly int[] _count = new int[distinct];
    private readonly int[] _head = new int[distinct];
    private readonly int[] _next = new int[a.Length];
    private readonly Stack<DiffRange> _ranges = new();
    private MyersDiff? _myers;
    private long _budget = 4096 + (96L * (a.Length + b.Length));
    private int _round;

    public void Run()
    {
        _ranges.Push(new DiffRange(0, a.Length, 0, b.Length));
        while (_ranges.TryPop(out var range))
        {
            range = range.Trim(a, b);
            if (range.IsOneSided)
                range.Mark(removed, inserted);
            else if (_budget <= 0)
                Fallback(range);
            else
                Split(range);
        }
    }

    private void Split(DiffRange range)
    {
        Index(range);
        var (best, bestCount, common) = (default(DiffRange), MaxChain + 1, false);
        for (var j = range.NewStart; j < range.NewEnd;)
        {
            var id = b[j];
            var next = j + 1;
            if (_stamp[id] == _round)
            {
                common = true;
                if (_count[id] <= bestCount)
                    next = Try(range, j, ref best, ref bestCount);
            }

            j = next;
        }

        if (bestCount <= MaxChain)
        {
            _ranges.Push(new DiffRange(best.OldEnd, range.OldEnd, best.NewEnd, range.NewEnd));
            _ranges.Push(new DiffRange(range.OldStart, best.OldStart, range.NewStart, best.NewStart));
        }
        else if (common)
        {
            Fallback(range);
        }
        else
        {
            range.Mark(removed, inserted);
        }
    }

    private void Index(DiffRange range)
    {
        _round++;
        for (var i = range.OldEnd - 1; i >= range.OldStart; i--)
        {
            var id = a[i];
            if (_stamp[id] != _round)
            {
                _stamp[id] = _round;
                _count[id] = 0;
                _head[id] = -1;
            }

            _next[i] = _head[id];
            _head[id] = i;
            _count[id]++;
        }

        _budget -= range.OldEnd - range.OldStart + range.NewEnd - range.NewStart;
    }

    /// <summary>Extends every occurrence of the new line j in the old range; returns where to go on in the new range.</summary>
    private int Try(DiffRange range, int j, ref DiffRange best, ref int bestCount)
    {
        var (next, reached) = (j + 1, -1);
        for (var i = _head[b[j]]; i >= 0; i = _next[i])
        {
            if (i < reached)
                continue;
            var (oldStart, newStart, oldEnd, newEnd, rarest) = (i, j, i + 1, j + 1, _count[b[j]]);
            while (oldStart > range.OldStart && newStart > range.NewStart && a[oldStart - 1] == b[newStart - 1])
            {
                oldStart--;
                newStart--;
                rarest = Math.Min(rarest, _count[a[oldStart]]);
            }

            while (oldEnd < range.OldEnd && newEnd < range.NewEnd && a[oldEnd] == b[newEnd])
            {
                rarest = Math.Min(rarest, _count[a[oldEnd]]);
                oldEnd++;
                newEnd++;
            }

            _budget -= oldEnd - oldStart;
            next = Math.Max(next, newEnd);
            reached = oldEnd;
            if (rarest <= MaxChain && (rarest < bestCount || (rarest == bestCount && oldEnd - oldStart > best.OldEnd - best.OldStart)))
                (best, bestCount) = (new DiffRange(oldStart, oldEnd, newStart, newEnd), rarest);
        }

        return next;
    }

    private void Fallback(DiffRange range) => (_myers ??= new MyersDiff(a, b, removed, inserted)).Run(range);
}
