using Colophon.Provenance.Attribution;

namespace Colophon.Generated;

/// <summary>How an attribution compares with the truth. Shares are of one.</summary>
/// <param name="Lines">All lines.</param>
/// <param name="Right">The share of lines with the right owner: the very entry, or a person.</param>
/// <param name="Precision">Of the lines said to be an entry's, the share that are that entry's.</param>
/// <param name="Coverage">How far the share of lines said to be models' is from the true one.</param>
/// <param name="LateRecall">Of the lines that entries committed late wrote, the share that is said to be theirs.</param>
internal sealed record TrueScore(int Lines, double Right, double Precision, double Coverage, double LateRecall)
{
    public static TrueScore Of(TreeAttribution attribution, TrueHistory history)
    {
        var (all, right, claimed, claimedRight, models, late, lateRight) = (0, 0, 0, 0, 0, 0, 0);
        foreach (var file in attribution.Files)
        {
            var truth = history.Tree.Files[file.Path].Lines;
            foreach (var run in file.Runs)
            {
                var said = run.Owner.Kind == OwnerKind.Model ? run.Owner.Entry : null;
                for (var i = run.Start - 1; i < run.Start - 1 + run.Count; i++)
                {
                    var isRight = truth[i].Owner == said && run.Owner.Kind != OwnerKind.Unknown;
                    var isLate = truth[i].Owner is { } leaf && history.LateLeaves.Contains(leaf);
                    (all, right) = (all + 1, right + (isRight ? 1 : 0));
                    (claimed, claimedRight) = (claimed + (said is null ? 0 : 1), claimedRight + (said is not null && isRight ? 1 : 0));
                    models += truth[i].Owner is null ? 0 : 1;
                    (late, lateRight) = (late + (isLate ? 1 : 0), lateRight + (isLate && isRight ? 1 : 0));
                }
            }
        }

        double Share(int part, int whole) => whole == 0 ? 1 : (double)part / whole;
        return new TrueScore(all, Share(right, all), Share(claimedRight, claimed), Share(Math.Abs(claimed - models), Math.Max(1, all)), Share(lateRight, late));
    }

    public override string ToString() =>
        FormattableString.Invariant($"{Lines,6} lines: {Right:P3} right, precision {Precision:P3}, coverage off by {100 * Coverage:F2} points, {LateRecall:P2} of late entries' lines");
}
