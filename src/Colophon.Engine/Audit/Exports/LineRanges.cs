using Colophon.Provenance.Log;

namespace Colophon.Engine;

/// <summary>Lines by first and last, from 1.</summary>
internal readonly record struct LineRange(int First, int Last)
{
    /// <summary>As git-ai writes it.</summary>
    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";
}

/// <summary>Which lines of a file entries wrote.</summary>
internal static class LineRanges
{
    /// <summary>The lines that one entry wrote, as the file stands after it.</summary>
    internal static IReadOnlyList<LineRange> Written(FileChange file, HunkAuthor by) =>
        [.. file.Hunks.Where(h => h.By == by && h.NewLines > 0).Select(static h => new LineRange(h.NewStart, h.NewStart + h.NewLines - 1))];

    /// <summary>
    /// The lines that models wrote after several entries of one file, each owned by an entry by its place in the list; null where one does not begin with what the one before left: then
    /// somebody changed the file in between, and its lines cannot be told from these entries.
    /// </summary>
    internal static IReadOnlyList<(int Entry, LineRange Lines)>? Composed(IReadOnlyList<FileChange> changes)
    {
        if (changes.Count == 0)
            return [];
        List<int> owners = [.. Enumerable.Repeat(-1, changes[0].Before?.Lines ?? 0)];
        for (var i = 0; i < changes.Count; i++)
        {
            if (i > 0 && changes[i].Before?.Sha256 != changes[i - 1].After?.Sha256)
                return null;
            // From the last hunk on, so that the places of the ones before still hold.
            foreach (var hunk in changes[i].Hunks.Reverse())
            {
                var start = hunk.OldLines > 0 ? hunk.OldStart - 1 : hunk.OldStart;
                if (start < 0 || start + hunk.OldLines > owners.Count)
                    return null;
                owners.RemoveRange(start, hunk.OldLines);
                owners.InsertRange(start, Enumerable.Repeat(hunk.By == HunkAuthor.Model ? i : -1, hunk.NewLines));
            }
        }

        var ranges = new List<(int, LineRange)>();
        for (var first = 0; first < owners.Count;)
        {
            var last = first;
            while (last + 1 < owners.Count && owners[last + 1] == owners[first])
                last++;
            if (owners[first] >= 0)
                ranges.Add((owners[first], new LineRange(first + 1, last + 1)));
            first = last + 1;
        }

        return ranges;
    }
}
