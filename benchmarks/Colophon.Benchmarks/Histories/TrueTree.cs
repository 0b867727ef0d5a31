using System.Collections.Immutable;
using System.Text;
using Colophon.Text.Diff;

namespace Colophon.Generated;

/// <summary>A line with an identity of its own, and who truly wrote it: the leaf of a decision, or null for a person.</summary>
internal readonly record struct WrittenLine(ulong Id, string Text, string? Owner);

/// <summary>A file's lines and how they end.</summary>
internal sealed record WrittenFile(ImmutableArray<WrittenLine> Lines, bool IsCrlf = false)
{
    private string? _content;

    // A changed copy has another content.
    private WrittenFile(WrittenFile other) => (Lines, IsCrlf) = (other.Lines, other.IsCrlf);

    public string Content => _content ??= Join(Lines, IsCrlf ? "\r\n" : "\n");

    private static string Join(ImmutableArray<WrittenLine> lines, string end)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(line.Text).Append(end);
        return text.ToString();
    }
}

/// <summary>What a commit of a made-up history holds: text files, entries, and what has no lines (as fast-import writes it).</summary>
internal sealed record TrueTree
{
    public ImmutableSortedDictionary<string, WrittenFile> Files { get; init; } = ImmutableSortedDictionary.Create<string, WrittenFile>(StringComparer.Ordinal);

    public ImmutableSortedSet<string> Log { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Entries that were written but that nobody has committed yet.</summary>
    public ImmutableSortedSet<string> Late { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, string> Others { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public TrueTree With(string path, WrittenFile file) => this with { Files = Files.SetItem(path, file) };

    public TrueTree Without(string path) => this with { Files = Files.Remove(path) };

    /// <summary>Both sides' work since a common base; where both changed the same place, a person keeps both texts.</summary>
    public static TrueTree Merge(TrueTree origin, TrueTree ours, TrueTree theirs)
    {
        var files = ours.Files.ToBuilder();
        foreach (var path in origin.Files.Keys.Union(theirs.Files.Keys, StringComparer.Ordinal))
        {
            var (then, one, other) = (origin.Files.GetValueOrDefault(path), ours.Files.GetValueOrDefault(path), theirs.Files.GetValueOrDefault(path));
            if (other == then || other == one)
                continue;
            if (other is null)
                files.Remove(path);
            else
                files[path] = one is null || then is null || one == then ? other : new WrittenFile(Merge(then.Lines, one.Lines, other.Lines), one.IsCrlf);
        }

        return ours with { Files = files.ToImmutable(), Log = ours.Log.Union(theirs.Log), Late = ours.Late.Union(theirs.Late).Except(ours.Log).Except(theirs.Log), Others = theirs.Others.Aggregate(ours.Others, static (all, o) => all.ContainsKey(o.Key) ? all : all.Add(o.Key, o.Value)) };
    }

    private static ImmutableArray<WrittenLine> Merge(ImmutableArray<WrittenLine> origin, ImmutableArray<WrittenLine> ours, ImmutableArray<WrittenLine> theirs)
    {
        var (mine, other) = (LineDiff.Compute(Ids(origin), Ids(ours)), LineDiff.Compute(Ids(origin), Ids(theirs)));
        var texts = theirs.ToDictionary(static l => l.Id);
        var then = origin.ToDictionary(static l => l.Id);
        var merged = new List<WrittenLine>();
        var (i, j, at, shiftMine, shiftOther) = (0, 0, 0, 0, 0);
        while (i < mine.Count || j < other.Count)
        {
            var start = Math.Min(i < mine.Count ? mine[i].OldStart : int.MaxValue, j < other.Count ? other[j].OldStart : int.MaxValue);
            for (; at < start; at++)
                merged.Add(ours[at + shiftMine]);
            var (end, ourStart, theirStart) = (start, start + shiftMine, start + shiftOther);
            bool grown;
            do
            {
                grown = false;
                for (; i < mine.Count && mine[i].OldStart <= end; i++, grown = true)
                    (end, shiftMine) = (Math.Max(end, mine[i].OldEnd), mine[i].NewEnd - mine[i].OldEnd);
                for (; j < other.Count && other[j].OldStart <= end; j++, grown = true)
                    (end, shiftOther) = (Math.Max(end, other[j].OldEnd), other[j].NewEnd - other[j].OldEnd);
            }
            while (grown);
            var before = origin[start..end].Select(static l => l.Id).ToHashSet();
            var (ourLines, theirLines) = (ours[ourStart..(end + shiftMine)], theirs[theirStart..(end + shiftOther)]);
            var (ourIds, theirIds) = (ourLines.Select(static l => l.Id).ToHashSet(), theirLines.Select(static l => l.Id).ToHashSet());
            merged.AddRange(ourLines.Where(l => !before.Contains(l.Id) || theirIds.Contains(l.Id)));
            merged.AddRange(theirLines.Where(l => !before.Contains(l.Id) && !ourIds.Contains(l.Id)));
            at = end;
        }

        for (; at < origin.Length; at++)
            merged.Add(ours[at + shiftMine]);
        return [.. merged.DistinctBy(static l => l.Id).Select(l => texts.TryGetValue(l.Id, out var told) && then.TryGetValue(l.Id, out var was) && told.Text != was.Text ? told : l)];
    }

    private static ulong[] Ids(ImmutableArray<WrittenLine> lines) => [.. lines.Select(static l => l.Id)];
}
