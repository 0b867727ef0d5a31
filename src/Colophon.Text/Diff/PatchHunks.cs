using System.Text;

namespace Colophon.Text.Diff;

/// <summary>One hunk as a person reviews it: neighbouring changes that share context lines, under one <c>@@</c> header.</summary>
/// <param name="Changes">The changed ranges, in order.</param>
/// <param name="OldStart">First old line shown, 0-based.</param>
/// <param name="OldLines">How many old lines are shown.</param>
/// <param name="NewStart">First new line shown, 0-based.</param>
/// <param name="NewLines">How many new lines are shown.</param>
public sealed record PatchHunk(IReadOnlyList<Hunk> Changes, int OldStart, int OldLines, int NewStart, int NewLines)
{
    /// <summary>The header, as <c>@@ -1,3 +1,4 @@</c>.</summary>
    public string Header => $"@@ -{Range(OldStart, OldLines)} +{Range(NewStart, NewLines)} @@";

    private static string Range(int start, int lines) => lines switch
    {
        0 => $"{start},0",
        1 => $"{start + 1}",
        _ => $"{start + 1},{lines}",
    };
}

/// <summary>
/// The hunks between two texts, and the text that results when only some of them are taken. Lines are compared with their terminators, so a
/// change of line ends or of the final newline is a change, and what is kept is kept byte for byte.
/// </summary>
public static class PatchHunks
{
    /// <summary>The hunks as a unified diff with this many context lines would show them.</summary>
    public static IReadOnlyList<PatchHunk> Of(string before, string after, int context = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(context);
        var (old, fresh) = (LineText.Split(before), LineText.Split(after));
        return Group(LineDiff.Compute(old.RawLines, fresh.RawLines), old.RawLines.Count, context);
    }

    /// <summary>The old text with only the chosen hunks of <see cref="Of"/> (same context) applied.</summary>
    /// <param name="before">The old text.</param>
    /// <param name="after">The new text.</param>
    /// <param name="accepted">Indices into the list of hunks; order and repetition do not matter.</param>
    /// <param name="context">The context the hunks were made with.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index names no hunk.</exception>
    public static string Apply(string before, string after, IEnumerable<int> accepted, int context = 3)
    {
        var (old, fresh) = (LineText.Split(before).RawLines, LineText.Split(after).RawLines);
        var hunks = Group(LineDiff.Compute(old, fresh), old.Count, context);
        var chosen = accepted.ToHashSet();
        foreach (var index in chosen)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)hunks.Count, nameof(accepted));
        var text = new LineJoiner();
        var line = 0;
        for (var i = 0; i < hunks.Count; i++)
        {
            foreach (var change in hunks[i].Changes)
            {
                text.Add(old, line, change.OldStart);
                if (chosen.Contains(i))
                    text.Add(fresh, change.NewStart, change.NewEnd);
                else
                    text.Add(old, change.OldStart, change.OldEnd);
                line = change.OldEnd;
            }
        }

        text.Add(old, line, old.Count);
        return text.ToString();
    }

    private static List<PatchHunk> Group(IReadOnlyList<Hunk> changes, int oldCount, int context)
    {
        var hunks = new List<PatchHunk>();
        for (var first = 0; first < changes.Count;)
        {
            var last = first;
            while (last + 1 < changes.Count && changes[last + 1].OldStart - changes[last].OldEnd <= 2 * context)
                last++;
            var lead = Math.Min(context, changes[first].OldStart);
            var trail = Math.Min(context, oldCount - changes[last].OldEnd);
            var (oldStart, newStart) = (changes[first].OldStart - lead, changes[first].NewStart - lead);
            hunks.Add(new PatchHunk(
                [.. changes.Skip(first).Take(last - first + 1)],
                oldStart,
                changes[last].OldEnd + trail - oldStart,
                newStart,
                changes[last].NewEnd + trail - newStart));
            first = last + 1;
        }

        return hunks;
    }

    /// <summary>
    /// Joins lines of two texts. A line that had no terminator because its text ended there gets one when another line follows it, or two
    /// lines would run together; this happens only where an unterminated last line is kept before accepted lines.
    /// </summary>
    private sealed class LineJoiner
    {
        private readonly StringBuilder _text = new();
        private bool _open;
        private string _terminator = "\n";

        public void Add(IReadOnlyList<string> lines, int start, int end)
        {
            for (var i = start; i < end; i++)
            {
                if (_open)
                    _text.Append(_terminator);
                var line = lines[i];
                _text.Append(line);
                _open = !line.EndsWith('\n');
                _terminator = _open ? _terminator : line.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            }
        }

        public override string ToString() => _text.ToString();
    }
}
