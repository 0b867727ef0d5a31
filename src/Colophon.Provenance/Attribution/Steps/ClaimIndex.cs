using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>All claims, by the audit file that carries them and by the content they start from; each index is made when it is first wanted.</summary>
/// <param name="entries">The entries.</param>
/// <param name="believed">Whether an entry is authentic: where one is, others that say something of the same content are not heard.</param>
internal sealed class ClaimIndex(IReadOnlyList<Entry> entries, Func<Entry, bool> believed)
{
    private const int LongestChain = 64;

    private readonly Lazy<Dictionary<string, Entry>> _byFile = new(() => ByFile(entries));
    private readonly Lazy<HashSet<string>> _starts = new(() => Blobs(entries, static f => f.Before));
    private readonly Lazy<HashSet<string>> _ends = new(() => Blobs(entries, static f => f.After));
    private readonly Lazy<Dictionary<(string Path, string Before), List<Claim>>> _byBefore = new(() => By(entries, believed, static c => (c.OldPath, c.Before)));
    private readonly Lazy<Dictionary<(string Path, string After), List<Claim>>> _byAfter = new(() => By(entries, believed, static c => (c.File.Path, c.After)));

    /// <summary>
    /// The claims of an entry as far as it is heard. One that is not believed may make lines unknown by saying that it wrote them; it says nothing of whose others were before, or that
    /// they were thrown away.
    /// </summary>
    public IEnumerable<Claim> Claims(Entry entry) => Claims(entry, believed);

    /// <summary>The entry in an audit file, by <see cref="FileKey(string)"/>.</summary>
    public Entry? Find(string fileKey) => _byFile.Value.GetValueOrDefault(fileKey);

    /// <summary>
    /// Step 3: the entries that lead from one content of a file exactly to another, each starting where the one before ended; null where
    /// there are none. The shortest way; among equally short the first in (stream, seq) order.
    /// </summary>
    public IReadOnlyList<Claim>? Chain(string oldPath, string before, string path, string after)
    {
        if (!_ends.Value.Contains(after))
            return null;
        var reached = new Dictionary<(string, string), (Claim Claim, (string, string) From)>();
        var queue = new Queue<((string Path, string Blob) At, int Depth)>([((oldPath, before), 0)]);
        while (queue.TryDequeue(out var step))
        {
            if (step.Depth == LongestChain || !_byBefore.Value.TryGetValue(step.At, out var claims))
                continue;
            foreach (var claim in claims)
            {
                var next = (claim.File.Path, claim.After);
                if (next == (oldPath, before) || !reached.TryAdd(next, (claim, step.At)))
                    continue;
                if (next == (path, after))
                    return Back(reached, next, (oldPath, before));
                queue.Enqueue((next, step.Depth + 1));
            }
        }

        return null;
    }

    /// <summary>The claims that start from a content, in (stream, seq) order.</summary>
    public IReadOnlyList<Claim> From(string path, string before) => _starts.Value.Contains(before) ? _byBefore.Value.GetValueOrDefault((path, before)) ?? [] : [];

    /// <summary>The claims that end in a content, likewise.</summary>
    public IReadOnlyList<Claim> To(string path, string after) => _ends.Value.Contains(after) ? _byAfter.Value.GetValueOrDefault((path, after)) ?? [] : [];

    /// <summary>The only accepted decision that ended in a content until a time; null where there is none, or where several would do.</summary>
    public Claim? Accepted(string path, string after, DateTimeOffset until)
    {
        Claim[] accepted = [.. To(path, after).Where(c => c.Entry.Predicate.Kind == EntryKind.Decision && c.IsSound && c.Entry.Predicate.RecordedAt <= until)];
        return accepted is [var only] ? only : null;
    }

    /// <summary>What names an entry's file wherever the audit folder stands: stream and file name.</summary>
    public static string FileKey(Entry entry) => $"{entry.Predicate.Stream}/{entry.Predicate.Seq:D8}-{entry.Leaf[..Math.Min(12, entry.Leaf.Length)]}.json";

    /// <summary>The same from a path in a tree; null where it is no entry's.</summary>
    public static string? FileKey(string path) =>
        path.StartsWith(CodePaths.Audit, StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal) && path.Split('/') is [.., var stream, var file]
            ? $"{stream}/{file}"
            : null;

    private static Dictionary<string, Entry> ByFile(IReadOnlyList<Entry> entries)
    {
        var files = new Dictionary<string, Entry>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
            files.TryAdd(FileKey(entry), entry);
        return files;
    }

    private static IEnumerable<Claim> Claims(Entry entry, Func<Entry, bool> believed) =>
        entry.Predicate.Kind is EntryKind.Format or EntryKind.Discard && !believed(entry) ? [] : Claim.Of(entry);

    private static HashSet<string> Blobs(IReadOnlyList<Entry> entries, Func<FileChange, FileDigest?> side)
    {
        var blobs = new HashSet<string>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            foreach (var file in entry.Predicate.Files)
                blobs.Add(side(file)?.Blob ?? Claim.Absent);
        }

        return blobs;
    }

    private static Dictionary<(string Path, string Blob), List<Claim>> By(IReadOnlyList<Entry> entries, Func<Entry, bool> believed, Func<Claim, (string Path, string Blob)> key)
    {
        var all = entries.SelectMany(e => Claims(e, believed)).ToList();
        all.Sort(Claim.Compare);
        return all.GroupBy(key).ToDictionary(static g => g.Key, g => g.Any(c => believed(c.Entry)) ? g.Where(c => believed(c.Entry)).ToList() : [.. g]);
    }

    private static List<Claim> Back(Dictionary<(string, string), (Claim Claim, (string, string) From)> reached, (string, string) end, (string, string) start)
    {
        var chain = new List<Claim>();
        for (var at = end; at != start; at = reached[at].From)
            chain.Add(reached[at].Claim);
        chain.Reverse();
        return chain;
    }
}
