using System.Text;
using Colophon.Text.Diff;

namespace Colophon.Generation.Review;

/// <summary>Brings two changes of one text together where they touch different lines. Lines next to each other count as the same place: nothing is guessed.</summary>
internal static class ThreeWay
{
    /// <summary>The text with both changes, or null where they meet.</summary>
    internal static byte[]? Merge(byte[] origin, byte[] mine, byte[] theirs)
    {
        // Latin-1 carries bytes one to one, so what is merged is merged byte for byte.
        var (old, left, right) = (Lines(origin), Lines(mine), Lines(theirs));
        var changes = LineDiff.Compute(old, left).Select(h => (Hunk: h, From: left))
            .Concat(LineDiff.Compute(old, right).Select(h => (Hunk: h, From: right)))
            .OrderBy(static c => c.Hunk.OldStart)
            .ToList();
        var text = new StringBuilder();
        var line = 0;
        for (var i = 0; i < changes.Count; i++)
        {
            var (hunk, from) = changes[i];
            if (i > 0 && !ReferenceEquals(from, changes[i - 1].From) && hunk.OldStart <= changes[i - 1].Hunk.OldEnd)
                return null;
            if (hunk.OldStart < line)
                return null;
            Append(text, old, line, hunk.OldStart);
            Append(text, from, hunk.NewStart, hunk.NewEnd);
            line = hunk.OldEnd;
        }

        Append(text, old, line, old.Count);
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> lines, int start, int end)
    {
        for (var i = start; i < end; i++)
            text.Append(lines[i]);
    }

    private static IReadOnlyList<string> Lines(byte[] content) => LineText.Split(Encoding.Latin1.GetString(content)).RawLines;
}
