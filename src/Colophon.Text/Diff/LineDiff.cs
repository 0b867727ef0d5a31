using System.Runtime.InteropServices;

namespace Colophon.Text.Diff;

/// <summary>One changed range: lines of the old text that give way to lines of the new. Starts are 0-based, ranges half open.</summary>
/// <param name="OldStart">The first old line of the range.</param>
/// <param name="OldLines">How many old lines go.</param>
/// <param name="NewStart">The first new line of the range.</param>
/// <param name="NewLines">How many new lines come.</param>
public readonly record struct Hunk(int OldStart, int OldLines, int NewStart, int NewLines)
{
    /// <summary>The old line after the range.</summary>
    public int OldEnd => OldStart + OldLines;

    /// <summary>The new line after the range.</summary>
    public int NewEnd => NewStart + NewLines;
}

/// <summary>What counts as an equal line.</summary>
public sealed record DiffOptions
{
    /// <summary>Compare lines with all ASCII white space taken out, as <see cref="LineKey"/> does. Default: false.</summary>
    public bool IgnoreWhitespace { get; init; }
}

/// <summary>
/// Line diff: the histogram algorithm (anchors on the rarest common lines, as <c>git diff --histogram</c>), which falls back to Myers'
/// linear-space algorithm with bounded effort where a text repeats itself too much. Deterministic; work is at most quadratic, memory linear.
/// </summary>
public static class LineDiff
{
    /// <summary>The changes that turn one list of lines into another, in order, never touching each other.</summary>
    public static IReadOnlyList<Hunk> Compute(IReadOnlyList<string> before, IReadOnlyList<string> after, DiffOptions? options = null)
    {
        var ids = new Dictionary<string, int>(before.Count + after.Count, StringComparer.Ordinal);
        var ignore = options is { IgnoreWhitespace: true };
        return Compute(Intern(before, ids, ignore), Intern(after, ids, ignore));
    }

    /// <summary>The same over hashes of lines; equal hashes are equal lines.</summary>
    public static IReadOnlyList<Hunk> Compute(ReadOnlySpan<ulong> before, ReadOnlySpan<ulong> after)
    {
        // Most edits touch few lines: what is equal at both ends needs no ids.
        var (prefix, suffix) = (before.CommonPrefixLength(after), 0);
        var a = before[prefix..];
        var b = after[prefix..];
        while (suffix < a.Length && suffix < b.Length && a[^(suffix + 1)] == b[^(suffix + 1)])
            suffix++;
        a = a[..^suffix];
        b = b[..^suffix];
        if (a.IsEmpty && b.IsEmpty)
            return [];
        if (a.IsEmpty || b.IsEmpty)
            return [new Hunk(prefix, a.Length, prefix, b.Length)];
        var ids = new Dictionary<ulong, int>(a.Length + b.Length);
        List<Hunk> hunks = [.. Compute(Intern(a, ids), Intern(b, ids)).Select(h => h with { OldStart = h.OldStart + prefix, NewStart = h.NewStart + prefix })];
        Settle(hunks, before, after);
        return hunks;
    }

    /// <summary>The same over interned lines: small non-negative numbers, dense from zero.</summary>
    public static IReadOnlyList<Hunk> Compute(ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        var distinct = 0;
        foreach (var id in before)
            distinct = Math.Max(distinct, id + 1);
        foreach (var id in after)
            distinct = Math.Max(distinct, id + 1);
        var (removed, inserted) = (new bool[before.Length], new bool[after.Length]);
        new HistogramDiff(before.ToArray(), after.ToArray(), distinct, removed, inserted).Run();
        var hunks = Collect(removed, inserted);
        Settle(hunks, before, after);
        return hunks;
    }

    private static List<Hunk> Collect(bool[] removed, bool[] inserted)
    {
        var hunks = new List<Hunk>();
        for (int i = 0, j = 0; i < removed.Length || j < inserted.Length; i++, j++)
        {
            var (oldStart, newStart) = (i, j);
            while (i < removed.Length && removed[i])
                i++;
            while (j < inserted.Length && inserted[j])
                j++;
            if (i > oldStart || j > newStart)
                hunks.Add(new Hunk(oldStart, i - oldStart, newStart, j - newStart));
        }

        return hunks;
    }

    /// <summary>
    /// What only comes or only goes, and could stand a few lines on with the same result, is put as far down as it can: a block that was put in after another ends where it
    /// ends, and does not borrow the lines before it.
    /// </summary>
    private static void Settle<T>(List<Hunk> hunks, ReadOnlySpan<T> before, ReadOnlySpan<T> after)
        where T : IEquatable<T>
    {
        for (var i = hunks.Count - 1; i >= 0; i--)
        {
            var hunk = hunks[i];
            if (hunk.OldLines > 0 && hunk.NewLines > 0)
                continue;
            var lines = hunk.OldLines > 0 ? before : after;
            var (start, end) = hunk.OldLines > 0 ? (hunk.OldStart, hunk.OldEnd) : (hunk.NewStart, hunk.NewEnd);
            var room = i + 1 < hunks.Count ? hunks[i + 1].OldStart - hunk.OldEnd - 1 : before.Length - hunk.OldEnd;
            var down = 0;
            while (down < room && lines[start + down].Equals(lines[end + down]))
                down++;
            hunks[i] = hunk with { OldStart = hunk.OldStart + down, NewStart = hunk.NewStart + down };
        }
    }

    private static int[] Intern(ReadOnlySpan<ulong> lines, Dictionary<ulong, int> ids)
    {
        var result = new int[lines.Length];
        for (var i = 0; i < result.Length; i++)
        {
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, lines[i], out var known);
            result[i] = id = known ? id : ids.Count - 1;
        }

        return result;
    }

    private static int[] Intern(IReadOnlyList<string> lines, Dictionary<string, int> ids, bool ignoreWhitespace)
    {
        var result = new int[lines.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var line = ignoreWhitespace ? WithoutWhitespace(lines[i]) : lines[i];
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, line, out var known);
            result[i] = id = known ? id : ids.Count - 1;
        }

        return result;
    }

    private static string WithoutWhitespace(string line) =>
        line.AsSpan().IndexOfAny(LineKey.Whitespace) < 0 ? line : string.Concat(line.Where(static c => !LineKey.IsWhitespace(c)));
}
