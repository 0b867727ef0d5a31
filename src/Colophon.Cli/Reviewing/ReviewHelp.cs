using Colophon.Cli.Terminals;
using Colophon.Generation.Review;

namespace Colophon.Cli.Reviewing;

/// <summary>What each answer of the review does.</summary>
internal static class ReviewHelp
{
    /// <summary>Prints it.</summary>
    public static void Write(Terminal terminal, Proposal proposal)
    {
        foreach (var (key, effect) in (IReadOnlyList<(string, string)>)
        [
            ("a", "take everything: it is written, signed and the task ticked, all or nothing"),
            ("f", "go through the files one by one"),
            ("h", "go through the hunks one by one"),
            ("e", "edit a file in $EDITOR first; your lines count as yours"),
            ("r", $"reject with a reason; the model tries again (this was try {proposal.Attempt} of {proposal.Attempts})"),
            ("n", "reject with a reason and end the run; the rejection is recorded"),
            ("s", "stop without deciding; `colophon apply --resume` comes back to this proposal"),
            ("d", "show the diff again"),
        ])
        {
            terminal.WriteLine($"  {terminal.Paint(Style.Bold, key)}  {effect}");
        }
    }
}
