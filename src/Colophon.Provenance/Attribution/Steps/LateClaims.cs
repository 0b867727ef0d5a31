using Colophon.Provenance.Attribution.Lines;
using Colophon.Text.Diff;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>
/// Step 3 where no chain of entries leads from the parent's content to the commit's, because a person edited before or after: chains that hang on one of the two by its hash.
/// One that starts at the parent's content counts as far as everything it wrote landed, line by line in its order; one that ends in the commit's content counts as it is. Where
/// several would do equally, none does.
/// </summary>
internal sealed class LateClaims(ClaimIndex index, FileLines final)
{
    private const int LongestChain = 64;
    private const int MostTried = 256;
    private const int LeastAlphanumerics = 20;

    private readonly List<Claim> _path = [];
    private IReadOnlyList<Claim> _best = [];
    private bool _isAmbiguous;
    private int _tried;

    /// <summary>The chains, or null where there are none.</summary>
    /// <param name="oldPath">The path in the parent.</param>
    /// <param name="before">The parent's blob.</param>
    /// <param name="lines">The parent's lines.</param>
    /// <param name="path">The path in the commit.</param>
    /// <param name="after">The commit's blob.</param>
    public IReadOnlyList<Claim>? Find(string oldPath, string before, ulong[] lines, string path, string after)
    {
        Forward(oldPath, before, lines, new bool[lines.Length]);
        IReadOnlyList<Claim> start = _isAmbiguous ? [] : _best;
        var end = Backward(path, after);
        end.RemoveAll(start.Contains);
        return start.Count + end.Count == 0 ? null : [.. start, .. end];
    }

    private void Forward(string path, string blob, ulong[] keys, bool[] written)
    {
        if (_path.Count == LongestChain)
            return;
        foreach (var claim in index.From(path, blob))
        {
            if (_tried++ >= MostTried || !claim.IsSound || (claim.File.Before?.Lines ?? 0) != keys.Length || _path.Contains(claim))
                continue;
            _path.Add(claim);
            var (next, marks) = Apply(claim, keys, written);
            if (_path.Count >= _best.Count && Landed(next, marks))
            {
                _isAmbiguous = _path.Count == _best.Count;
                _best = [.. _path];
            }

            Forward(claim.File.Path, claim.After, next, marks);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private List<Claim> Backward(string path, string blob)
    {
        var chain = new List<Claim>();
        while (chain.Count < LongestChain && index.To(path, blob) is [var only] && only.IsSound && !chain.Contains(only))
        {
            chain.Add(only);
            (path, blob) = (only.OldPath, only.Before);
        }

        chain.Reverse();
        return chain;
    }

    private static (ulong[] Keys, bool[] Written) Apply(Claim claim, ulong[] keys, bool[] written)
    {
        var (next, marks) = (new List<ulong>(keys.Length), new List<bool>(keys.Length));
        var line = 0;
        foreach (var hunk in claim.Hunks)
        {
            next.AddRange(keys.AsSpan(line, hunk.OldStart - line));
            marks.AddRange(written.AsSpan(line, hunk.OldStart - line));
            next.AddRange(hunk.Keys);
            marks.AddRange(Enumerable.Repeat(true, hunk.Keys.Length));
            line = hunk.OldStart + hunk.OldLines;
        }

        next.AddRange(keys.AsSpan(line));
        marks.AddRange(written.AsSpan(line));
        return ([.. next], [.. marks]);
    }

    /// <summary>Whether every line that the chain wrote and left stands in the commit, and these are enough to be no chance.</summary>
    private bool Landed(ulong[] keys, bool[] written)
    {
        var (i, j, alphanumerics) = (0, 0, 0);
        foreach (var hunk in LineDiff.Compute(keys, final.Keys))
        {
            if (written.AsSpan(hunk.OldStart, hunk.OldLines).Contains(true))
                return false;
            for (; i < hunk.OldStart; i++, j++)
                alphanumerics += written[i] ? final.Alphanumerics[j] : 0;
            (i, j) = (hunk.OldEnd, hunk.NewEnd);
        }

        for (; i < keys.Length; i++, j++)
            alphanumerics += written[i] ? final.Alphanumerics[j] : 0;
        return alphanumerics >= LeastAlphanumerics;
    }
}
