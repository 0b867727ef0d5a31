using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Generation.Review;
using Colophon.Generation.Scratch;

namespace Colophon.Cli.Reviewing;

/// <summary>Shows a proposal: what the model says, what it changes, and what to look at twice.</summary>
internal static class ProposalView
{
    /// <summary>Prints the whole of it.</summary>
    public static void Write(Terminal terminal, Proposal proposal)
    {
        if (proposal.Summary.Trim() is { Length: > 0 } summary)
        {
            foreach (var line in Wrapping.Reflow(Terminal.Safe(SecretScan.Without(summary)), Math.Max(40, terminal.Width - 2)))
                terminal.WriteLine($"{terminal.Paint(Style.Dim, "│")} {line}");
        }

        foreach (var file in proposal.Files)
        {
            terminal.WriteLine();
            DiffView.Write(terminal, file.Diff);
        }

        terminal.WriteLine();
        foreach (var file in proposal.Files)
            terminal.WriteLine($"  {Verb(file.Action),-7} {Terminal.Safe(file.Path)}{From(file)}  {terminal.Paint(Style.Green, $"+{file.Added}")} {terminal.Paint(Style.Red, $"-{file.Removed}")}");
        if (proposal.Files.Count == 0)
            terminal.WriteLine($"  {terminal.Paint(Style.Yellow, "no file is changed;")} taking it means that the task needs no change");
        foreach (var note in proposal.LeftOut)
            terminal.WriteLine($"  {terminal.Paint(Style.Yellow, "left out")}  {Terminal.Safe(note)}");
        foreach (var secret in proposal.Secrets)
            terminal.WriteLine($"  {terminal.Paint(Style.Red, "secret?")}  {Terminal.Safe(secret.Path)}:{secret.Line} looks like a {secret.Kind}");
    }

    /// <summary>What happens to a file, in one word.</summary>
    public static string Verb(EditAction action) => action switch
    {
        EditAction.Create => "create",
        EditAction.Delete => "delete",
        EditAction.Rename => "rename",
        _ => "change",
    };

    /// <summary>The hunks of a unified diff, each from its <c>@@</c> line on.</summary>
    public static IReadOnlyList<string> HunksOf(string diff)
    {
        var hunks = new List<string>();
        foreach (var line in diff.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("@@ ", StringComparison.Ordinal))
                hunks.Add(line);
            else if (hunks.Count > 0)
                hunks[^1] += "\n" + line;
        }

        return hunks;
    }

    private static string From(ProposedFile file) => file.RenamedFrom is { } old ? $" (from {Terminal.Safe(old)})" : "";
}
