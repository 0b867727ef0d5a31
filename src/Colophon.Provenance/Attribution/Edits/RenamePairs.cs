using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Attribution.Edits;

/// <summary>An accepted file that is gone from its place.</summary>
internal sealed record GoneFile(SubjectChain Chain, AcceptedText Text, bool WasCommitted);

/// <summary>
/// Finds what accepted files are called now, as <c>git diff -M</c> does: the same content, else at least half of it, measured in bytes of equal lines; of equals the one with the same file
/// name. Where two would do equally, none does.
/// </summary>
internal static class RenamePairs
{
    // Git's own limit: beyond it only equal content counts.
    private const int MostCompared = 1000;
    private const double Least = 0.5;
    private const double Exact = 2;

    internal static IReadOnlyList<(GoneFile Gone, string Path, HeldFile Now)> Find(IReadOnlyList<GoneFile> gone, IReadOnlyList<(string Path, HeldFile Now)> made)
    {
        var pairs = new List<(GoneFile Gone, string Path, HeldFile Now)>();
        var left = new List<(double Score, bool SameName, GoneFile Gone, (string Path, HeldFile Now) Made)>();
        var few = (long)gone.Count * made.Count <= (long)MostCompared * MostCompared;
        foreach (var from in gone.Where(static g => g.Text.Digest is { Bytes: > 0 }))
        {
            foreach (var to in made)
            {
                if (Score(from.Text, to.Now, few) is >= Least and var score)
                    left.Add((score, Path.GetFileName(from.Chain.Path) == Path.GetFileName(to.Path), from, to));
            }
        }

        while (left.Count > 0)
        {
            var best = left.Max(static c => (c.Score, c.SameName));
            var tops = left.Where(c => (c.Score, c.SameName) == best).ToArray();
            pairs.AddRange(tops.Where(t => tops.Count(o => o.Gone == t.Gone || o.Made.Path == t.Made.Path) == 1).Select(static t => (t.Gone, t.Made.Path, t.Made.Now)));
            left.RemoveAll(c => Array.Exists(tops, t => t.Gone == c.Gone || t.Made.Path == c.Made.Path));
        }

        return pairs;
    }

    private static double Score(AcceptedText accepted, HeldFile now, bool compare)
    {
        if (now.Is(accepted.Digest))
            return Exact;
        if (!compare || accepted.Keys is not { } keys || accepted.Digest is not { } digest || now is not { Keys: { } lines, Bytes: { Length: > 0 } content })
            return 0;
        // A file much shorter or longer than the other cannot have half of it.
        var longer = Math.Max(digest.Bytes, content.Length);
        return Math.Min(digest.Bytes, content.Length) < longer * Least ? 0 : (double)Common(keys, lines, content) / longer;
    }

    private static long Common(ulong[] keys, ulong[] lines, ReadOnlySpan<byte> content)
    {
        var left = new Dictionary<ulong, int>(keys.Length);
        foreach (var key in keys)
            left[key] = left.GetValueOrDefault(key) + 1;
        var common = 0L;
        foreach (var line in lines)
        {
            var end = content.IndexOf((byte)'\n') is >= 0 and var feed ? feed + 1 : content.Length;
            if (left.GetValueOrDefault(line) is > 0 and var count)
            {
                left[line] = count - 1;
                common += end;
            }

            content = content[end..];
        }

        return common;
    }
}
