using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Approvals;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Commands.Specs.Findings;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Specs.Checking;

namespace Colophon.Cli.Commands.Specs;

/// <summary><c>colophon status</c>.</summary>
internal sealed class StatusCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "status";

    /// <inheritdoc/>
    public override string Summary => "Show where a change stands, task by task.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon status add-search", "Its tasks, and what comes next."), new("colophon status", "The only open change.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("change", "The change; can be left out where there is only one.") { Optional = true, Kind = WordKind.Change }];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var tree = invocation.EnterTree();
        var change = tree.Change(ProjectSpecs.ChosenChange(tree, invocation.Line.Argument(0)));
        var board = await ChangeBoard.OpenAsync(tree, invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        UnfinishedNote.Write(invocation.Terminal, board);
        var standing = await board.OfAsync(change, cancellationToken).ConfigureAwait(false);
        var warnings = change.IsArchived ? [] : await SpecChecks.AroundAsync(tree, change.Name, cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
        {
            JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, standing, warnings));
        }
        else
        {
            WriteText(invocation.Terminal, standing);
            foreach (var finding in warnings)
                FindingText.Write(invocation.Terminal, finding, tree.Root, invocation.Standing);
        }

        return ExitCode.Done;
    }

    private static void WriteText(Terminal terminal, ChangeStanding standing)
    {
        var change = standing.Change;
        terminal.WriteLine($"{terminal.Paint(Style.Bold, Terminal.OneLine(change.Title))}  {terminal.Paint(StateText.StyleOf(change.State), StateText.Of(change.State))}, {change.CompletedTasks} of {change.TotalTasks} tasks done ({change.Percentage} %)");
        string? group = null;
        var next = change.Tasks.Items.FirstOrDefault(static task => !task.Done);
        foreach (var task in change.Tasks.Items)
        {
            if (task.Group != group && task.Group is not null)
                terminal.WriteLine($"\n{terminal.Paint(Style.Bold, Terminal.OneLine(task.Group))}");
            group = task.Group;
            var mark = task.Done ? terminal.Paint(Style.Green, "[x]") : "[ ]";
            terminal.WriteLine($"  {mark} {Terminal.OneLine(TaskText.Of(task))}{(task == next ? terminal.Paint(Style.Yellow, "  <- next") : "")}");
        }

        VerdictText.Write(terminal, standing);
        if (!change.IsArchived)
            terminal.WriteLine();
        if (change.CanApply)
            VerdictText.WriteBlockers(terminal, "applied", standing.ApplyBlockers);
        else if (change.CanArchive || standing.ArchiveBlockers is [{ Kind: BlockerKind.NoTasks }, ..])
            VerdictText.WriteBlockers(terminal, "archived", standing.ArchiveBlockers);
        if (standing.CanApply)
            terminal.WriteLine($"Next: `colophon apply {Terminal.OneLine(change.Name)}`");
        else if (standing.CanArchive)
            terminal.WriteLine($"Every task is done: `colophon audit verify` and `colophon coverage` show what came of it. Next: `colophon archive {Terminal.OneLine(change.Name)}`");
    }

    private static void WriteJson(Utf8JsonWriter writer, ChangeStanding standing, IReadOnlyList<SpecFinding> warnings)
    {
        var change = standing.Change;
        writer.WriteStartObject();
        writer.WriteString("change", change.Name);
        writer.WriteString("title", change.Title);
        writer.WriteString("state", StateText.Id(change.State));
        writer.WriteNumber("completedTasks", change.CompletedTasks);
        writer.WriteNumber("totalTasks", change.TotalTasks);
        writer.WriteNumber("percentage", change.Percentage);
        VerdictText.WriteBlockers(writer, standing);
        JsonOutput.WriteStrings(writer, "warnings", [.. warnings.Select(static finding => $"{finding.Path}:{finding.Line}: {finding.Code}: {finding.Message}")]);
        VerdictText.WriteApproval(writer, standing);
        writer.WriteStartArray("tasks");
        foreach (var task in change.Tasks.Items)
        {
            writer.WriteStartObject();
            writer.WriteString("id", task.Id);
            writer.WriteString("description", task.Description);
            writer.WriteString("group", task.Group);
            writer.WriteBoolean("done", task.Done);
            writer.WriteNumber("line", task.Line);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
