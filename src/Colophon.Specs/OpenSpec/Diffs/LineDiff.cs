using System.Globalization;
using System.Text;

namespace Colophon.Specs.OpenSpec.Diffs;

/// <summary>
/// A unified diff line by line, by Myers' algorithm with the CLI's choice among equally short paths: of two ways that reach a diagonal, the one that is farther in
/// the old text, and among equals the removal.
/// </summary>
internal static class LineDiff
{
    private const int Context = 4;

    /// <summary>More edits than anybody reads; behind them everything is replaced, because the search would take space that grows with their square.</summary>
    private const int MostEdits = 4000;

    private sealed record Run(int Count, char Sign, Run? Before);

    private sealed record Reach(int Old, Run? Last);

    /// <summary>The hunks of a diff without file headers; empty where the texts are the same. Both end with a line feed, given or not.</summary>
    internal static string Unified(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var patch = new StringBuilder();
        foreach (var hunk in Hunks(Runs(old, now), old, now))
            patch.Append(hunk);
        return patch.ToString();
    }

    private static string[] Lines(string text) => (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    private static List<(char Sign, int Count)> Runs(string[] old, string[] now)
    {
        var runs = new List<(char Sign, int Count)>();
        for (var run = Search(old, now); run is not null; run = run.Before)
            runs.Add((run.Sign, run.Count));
        runs.Reverse();
        return runs;
    }

    private static Run? Search(string[] old, string[] now)
    {
        var start = Follow(new Reach(-1, null), 0, old, now, out var at);
        if (start.Old + 1 >= old.Length && at + 1 >= now.Length)
            return start.Last;
        var best = new Dictionary<int, Reach> { [0] = start };
        var (least, most) = (int.MinValue, int.MaxValue);
        for (var edits = 1; edits <= MostEdits; edits++)
        {
            for (var diagonal = Math.Max(least, -edits); diagonal <= Math.Min(most, edits); diagonal += 2)
            {
                best.Remove(diagonal - 1, out var removing);
                var adding = best.GetValueOrDefault(diagonal + 1);
                var canAdd = adding is not null && adding.Old - diagonal >= 0 && adding.Old - diagonal < now.Length;
                var canRemove = removing is not null && removing.Old + 1 < old.Length;
                if (!canAdd && !canRemove)
                {
                    best.Remove(diagonal);
                    continue;
                }

                var step = !canRemove || (canAdd && removing!.Old < adding!.Old) ? Extend(adding!, '+') : Extend(removing!, '-');
                var reach = Follow(step, diagonal, old, now, out at);
                if (reach.Old + 1 >= old.Length && at + 1 >= now.Length)
                    return reach.Last;
                best[diagonal] = reach;
                if (reach.Old + 1 >= old.Length)
                    most = Math.Min(most, diagonal - 1);
                if (at + 1 >= now.Length)
                    least = Math.Max(least, diagonal + 1);
            }
        }

        return new Run(now.Length, '+', new Run(old.Length, '-', null));
    }

    private static Reach Extend(Reach from, char sign)
    {
        var old = from.Old + (sign == '-' ? 1 : 0);
        return from.Last is { } last && last.Sign == sign ? new Reach(old, last with { Count = last.Count + 1 }) : new Reach(old, new Run(1, sign, from.Last));
    }

    private static Reach Follow(Reach reach, int diagonal, string[] old, string[] now, out int at)
    {
        var from = reach.Old;
        var count = 0;
        at = from - diagonal;
        while (at + 1 < now.Length && from + count + 1 < old.Length && old[from + count + 1] == now[at + 1])
        {
            at++;
            count++;
        }

        return count == 0 ? reach : new Reach(from + count, new Run(count, ' ', reach.Last));
    }

    private static IEnumerable<string> Hunks(List<(char Sign, int Count)> runs, string[] old, string[] now)
    {
        var body = new StringBuilder();
        var (oldAt, newAt, oldStart, newStart) = (0, 0, 0, 0);
        for (var i = 0; i < runs.Count; i++)
        {
            var (sign, count) = runs[i];
            if (sign != ' ')
            {
                if (body.Length == 0)
                {
                    var lead = i > 0 ? Math.Min(Context, runs[i - 1].Count) : 0;
                    (oldStart, newStart) = (oldAt - lead, newAt - lead);
                    Append(body, ' ', old, oldStart, lead);
                }

                Append(body, sign, sign == '-' ? old : now, sign == '-' ? oldAt : newAt, count);
            }
            else if (body.Length > 0)
            {
                var joins = count <= Context * 2 && i < runs.Count - 1;
                var tail = joins ? count : Math.Min(count, Context);
                Append(body, ' ', old, oldAt, tail);
                if (!joins)
                    yield return Close(body, oldStart, oldAt + tail, newStart, newAt + tail);
            }

            oldAt += sign == '+' ? 0 : count;
            newAt += sign == '-' ? 0 : count;
        }

        if (body.Length > 0)
            yield return Close(body, oldStart, oldAt, newStart, newAt);
    }

    private static void Append(StringBuilder body, char sign, string[] lines, int from, int count)
    {
        for (var i = from; i < from + count; i++)
            body.Append(sign).Append(lines[i]).Append('\n');
    }

    private static string Close(StringBuilder body, int oldStart, int oldEnd, int newStart, int newEnd)
    {
        var hunk = string.Create(CultureInfo.InvariantCulture, $"@@ -{oldStart + 1},{oldEnd - oldStart} +{newStart + 1},{newEnd - newStart} @@\n{body}");
        body.Clear();
        return hunk;
    }
}
