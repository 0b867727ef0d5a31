using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>All claims, by the audit file that carries them and by the content they start from.</summary>
internal sealed class ClaimIndex
{
    private const int LongestChain = 64;

    private readonly Dictionary<string, Entry> _byFile = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Path, string Before), List<Claim>> _byBefore = [];
    private readonly HashSet<(string Path, string After)> _ends = [];

    public ClaimIndex(IEnumerable<Entry> entries)
    {
        var all = new List<Claim>();
        foreach (var entry in entries)
        {
            var claims = Claim.Of(entry).ToArray();
            _byFile.TryAdd(FileKey(entry), entry);
            all.AddRange(claims);
        }

        all.Sort(Claim.Compare);
        foreach (var claim in all)
        {
            _ends.Add((claim.File.Path, claim.After));
            if (!_byBefore.TryGetValue((claim.OldPath, claim.Before), out var list))
                _byBefore[(claim.OldPath, claim.Before)] = list = [];
            list.Add(claim);
        }
    }

    /// <summary>The entries whose audit file is not among those given.</summary>
    public IEnumerable<Entry> Except(IReadOnlySet<string> files) => _byFile.Where(f => !files.Contains(f.Key)).Select(static f => f.Value);

    /// <summary>The entry in an audit file, by <see cref="FileKey(string)"/>.</summary>
    public Entry? Find(string fileKey) => _byFile.GetValueOrDefault(fileKey);

    /// <summary>
    /// Step 3: the entries that lead from one content of a file exactly to another, each starting where the one before ended; null where
    /// there are none. The shortest way; among equally short the first in (stream, seq) order.
    /// </summary>
    public IReadOnlyList<Claim>? Chain(string oldPath, string before, string path, string after)
    {
        if (!_ends.Contains((path, after)))
            return null;
        var reached = new Dictionary<(string, string), (Claim Claim, (string, string) From)>();
        var queue = new Queue<((string Path, string Blob) At, int Depth)>([((oldPath, before), 0)]);
        while (queue.TryDequeue(out var step))
        {
            if (step.Depth == LongestChain || !_byBefore.TryGetValue(step.At, out var claims))
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

    /// <summary>What names an entry's file wherever the audit folder stands: stream and file name.</summary>
    public static string FileKey(Entry entry) => $"{entry.Predicate.Stream}/{entry.Predicate.Seq:D8}-{entry.Leaf[..Math.Min(12, entry.Leaf.Length)]}.json";

    /// <summary>The same from a path in a tree; null where it is no entry's.</summary>
    public static string? FileKey(string path) =>
        path.StartsWith(CodePaths.Audit, StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal) && path.Split('/') is [.., var stream, var file]
            ? $"{stream}/{file}"
            : null;

    private static List<Claim> Back(Dictionary<(string, string), (Claim Claim, (string, string) From)> reached, (string, string) end, (string, string) start)
    {
        var chain = new List<Claim>();
        for (var at = end; at != start; at = reached[at].From)
            chain.Add(reached[at].Claim);
        chain.Reverse();
        return chain;
    }
}
