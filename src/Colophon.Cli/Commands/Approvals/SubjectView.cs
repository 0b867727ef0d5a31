using Colophon.Cli.Commands.Specs;
using Colophon.Cli.Commands.Specs.Findings;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Specs;
using Colophon.Specs.Checking;

namespace Colophon.Cli.Commands.Approvals;

/// <summary>Shows what a verdict would be about.</summary>
internal static class SubjectView
{
    private const int DigestDigits = 16;
    private const int MostFindings = 12;

    /// <summary>Prints it beside the result, so that JSON stays alone.</summary>
    public static void Write(Terminal terminal, ApprovalSubject subject, string root, string directory)
    {
        var change = subject.Change;
        terminal.WriteLine($"{terminal.Paint(Style.Bold, Terminal.Safe(change.Title))}  {terminal.Paint(Style.Dim, Terminal.Safe(change.Name))}, {StateText.Of(change.State)}");
        if (change.Proposal is { Why.Length: > 0 } proposal)
        {
            terminal.WriteLine();
            foreach (var line in Wrapping.Reflow(Terminal.Safe(proposal.Why), Math.Max(30, terminal.Width - 2)))
                terminal.WriteLine(line.Length == 0 ? "" : "  " + line);
        }

        Deltas(terminal, change);
        Tasks(terminal, change);
        Findings(terminal, subject.Findings, root, directory);
        terminal.WriteLine();
        terminal.WriteLine($"text {subject.Digest[..DigestDigits]}: {Terminal.Safe(string.Join(", ", subject.Files.Select(static f => f.Path)))}");
        VerdictText.Write(terminal, subject.Standing);
    }

    private static void Deltas(Terminal terminal, Change change)
    {
        foreach (var delta in change.Deltas)
        {
            terminal.WriteLine();
            terminal.WriteLine(terminal.Paint(Style.Bold, Terminal.Safe(delta.Capability)));
            foreach (var rename in delta.Renamed)
                terminal.WriteLine($"  {terminal.Paint(Style.Yellow, "renamed ")}  {Terminal.Safe(rename.From)} -> {Terminal.Safe(rename.To)}");
            Requirements(terminal, terminal.Paint(Style.Green, "added   "), delta.Added);
            Requirements(terminal, terminal.Paint(Style.Yellow, "modified"), delta.Modified);
            Requirements(terminal, terminal.Paint(Style.Red, "removed "), delta.Removed);
        }
    }

    private static void Requirements(Terminal terminal, string operation, IReadOnlyList<Requirement> requirements)
    {
        foreach (var requirement in requirements)
        {
            var scenarios = requirement.Scenarios.Count switch { 0 => "", 1 => "  (1 scenario)", var count => $"  ({count} scenarios)" };
            terminal.WriteLine($"  {operation}  {Terminal.Safe(requirement.Name)}{terminal.Paint(Style.Dim, scenarios)}");
        }
    }

    private static void Tasks(Terminal terminal, Change change)
    {
        terminal.WriteLine();
        terminal.WriteLine($"{terminal.Paint(Style.Bold, "Tasks")}: {change.TotalTasks}, {change.CompletedTasks} done");
        foreach (var task in change.Tasks.Items)
            terminal.WriteLine($"  {(task.Done ? "[x]" : "[ ]")} {Terminal.OneLine(TaskText.Of(task))}");
    }

    private static void Findings(Terminal terminal, CheckedItem item, string root, string directory)
    {
        terminal.WriteLine();
        var count = item.Findings.Count switch { 0 => terminal.Paint(Style.Green, "no findings"), 1 => "1 finding", var several => $"{several} findings" };
        terminal.WriteLine($"{terminal.Paint(Style.Bold, "Validation")}: {count}");
        // What is worst is never among those left out.
        foreach (var finding in item.Findings.OrderBy(static finding => finding.Level).Take(MostFindings))
            FindingText.Write(terminal, finding, root, directory);
        if (item.Findings.Count > MostFindings)
            terminal.WriteLine($"  and {item.Findings.Count - MostFindings} more: `colophon validate {Terminal.Safe(item.Id)}`");
    }
}
