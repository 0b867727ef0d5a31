using Colophon.Cli.CommandLine;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Specs;
using Colophon.Specs.Watching;

namespace Colophon.Cli.Commands.Specs;

/// <summary><c>colophon watch</c>.</summary>
internal sealed class WatchCommand : CliCommand
{
    private const int LongestList = 40;

    private static readonly OptionSpec Strict = new("--strict", "Count warnings as errors.");
    private static readonly OptionSpec Poll = new("--poll", "Look at the files every two seconds instead of waiting to be told: for file systems that do not tell.");

    /// <inheritdoc/>
    public override string Name => "watch";

    /// <inheritdoc/>
    public override string Summary => "Follow the changes and specifications while they are edited.";

    /// <inheritdoc/>
    public override string Details =>
        "Shows where every change stands, then a line for whatever happens: ticked tasks, changes that come, go and are archived, problems that appear and are solved. "
        + "Goes on until Ctrl-C. The openspec/ folder may come later.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon watch", "In a second terminal, while you write."), new("colophon watch --json --strict", "One JSON object a line, for an editor or a board.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Strict, Poll];

    /// <inheritdoc/>
    public override bool StreamsJson => true;

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var terminal = invocation.Terminal;
        var options = new WatchOptions { Strict = invocation.Line.Has(Strict), OwnFindings = true, Polling = invocation.Line.Has(Poll) };
        var live = await ProjectSpecs.WatchAsync(invocation.Directory, options, invocation.Time, cancellationToken, invocation.Environment).ConfigureAwait(false);
        await using var _ = live.ConfigureAwait(false);
        var events = live.EventsAsync(cancellationToken);
        var approvals = new WatchedApprovals(invocation);
        await approvals.LookAsync(live, cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
            JsonOutput.WriteEvent(terminal, writer => WatchJson.WriteStart(writer, live, approvals.Known));
        else
            WriteStart(terminal, live, approvals.Known);
        await foreach (var happened in events.ConfigureAwait(false))
        {
            if (invocation.Json)
                JsonOutput.WriteEvent(terminal, writer => WatchJson.Write(writer, happened));
            else
                Write(terminal, happened, invocation.Time.GetLocalNow());
            if (await approvals.LookAsync(live.Root, happened, cancellationToken).ConfigureAwait(false) is not var (change, text))
                continue;
            if (invocation.Json)
                JsonOutput.WriteEvent(terminal, writer => WatchJson.WriteApprovals(writer, change, text));
            else
                terminal.WriteLine($"{terminal.Paint(Style.Dim, $"{invocation.Time.GetLocalNow():HH:mm:ss}")} change {terminal.Paint(Style.Cyan, Terminal.OneLine(change))}: approvals {text}");
            terminal.Flush();
        }

        return ExitCode.Done;
    }

    private static void WriteStart(Terminal terminal, LiveTree live, IReadOnlyDictionary<string, (string Text, Style Style)> approvals)
    {
        var (changes, items) = (live.Changes, live.Report.Items);
        if (live.PollingBecause is { } reason)
            terminal.Note($"The files are looked at every two seconds: {Terminal.OneLine(reason)}.");
        terminal.WriteLine(
            $"Watching {Terminal.OneLine(live.Root)}/openspec: {Count(changes.Count, "change")}, {Count(items.Count - changes.Count, "specification")}, {items.Count(static item => !item.Valid)} invalid. Ctrl-C ends.");
        if (changes.Count > 0)
        {
            var table = approvals.Count > 0 ? new Table("change", "state", "tasks", "approvals", "problems") : new Table("change", "state", "tasks", "problems");
            foreach (var change in changes.Take(LongestList))
            {
                List<(string, Style)> cells = [(change.Name, Style.Cyan), (StateText.Of(change.State), StateText.StyleOf(change.State)), ($"{change.CompletedTasks}/{change.TotalTasks}", Style.Plain)];
                if (approvals.Count > 0)
                    cells.Add(approvals.GetValueOrDefault(change.Name, ("", Style.Plain)));
                table.Add([.. cells, (Problems(change.Errors, change.Warnings), change.Valid ? Style.Plain : Style.Red)]);
            }

            table.Write(terminal);
        }

        if (changes.Count > LongestList)
            terminal.WriteLine($"… and {changes.Count - LongestList} more");
        foreach (var item in items.Where(static item => !item.Valid).Take(LongestList))
            WriteProblems(terminal, "", item, item.Issues, []);
        terminal.Flush();
    }

    private static void Write(Terminal terminal, TreeEvent happened, DateTimeOffset now)
    {
        var time = terminal.Paint(Style.Dim, $"{now:HH:mm:ss}") + " ";
        if (happened is TreeEvent.ProblemsChanged problems)
            WriteProblems(terminal, time, problems.Item, problems.Appeared, problems.Solved);
        else
            terminal.WriteLine(time + Describe(terminal, happened));
        terminal.Flush();
    }

    private static string Describe(Terminal terminal, TreeEvent happened)
    {
        return happened switch
        {
            TreeEvent.ChangeAdded { Change: var change } => $"{Named("change", change.Name)}: new, {StateText.Of(change.State)}, {change.CompletedTasks} of {Count(change.TotalTasks, "task")} done",
            TreeEvent.ChangeRemoved { Name: var name } => $"{Named("change", name)}: gone",
            TreeEvent.ChangeArchived { Name: var name, ArchivedAs: var folder } => $"{Named("change", name)}: {terminal.Paint(Style.Green, "archived")} as {Terminal.OneLine(folder)}",
            TreeEvent.ChangeStateChanged moved => $"{Named("change", moved.Name)}: {terminal.Paint(StateText.StyleOf(moved.After), StateText.Of(moved.After))} (was {StateText.Of(moved.Before)})",
            TreeEvent.TaskTicked { Change: var name, Task: var task } => $"{Named("change", name)}: {terminal.Paint(Style.Green, "[x]")} {Task(task)}",
            TreeEvent.TaskReopened { Change: var name, Task: var task } => $"{Named("change", name)}: [ ] {Task(task)}",
            TreeEvent.TasksChanged { Change: var change, Before: var before } => $"{Named("change", change.Name)}: {Count(change.TotalTasks, "task")} (was {before})",
            TreeEvent.SpecAdded { Id: var id } => $"{Named("spec", id)}: new",
            TreeEvent.SpecChanged { Id: var id } => $"{Named("spec", id)}: edited",
            TreeEvent.SpecRemoved { Id: var id } => $"{Named("spec", id)}: gone",
            TreeEvent.Rescanned { Reason: var reason } => $"everything was read again: {Terminal.OneLine(reason)}",
            TreeEvent.Unreadable { Message: var message } => terminal.Paint(Style.Red, Terminal.OneLine(message)),
            _ => happened.GetType().Name,
        };

        string Named(string kind, string name) => $"{kind} {terminal.Paint(Style.Cyan, Terminal.OneLine(name))}";
        static string Task(TaskItem task) => $"{Terminal.OneLine(TaskText.Of(task))}";
    }

    /// <summary>On a terminal each finding has a line of its own; a pipe gets one line an event, with the first finding.</summary>
    private static void WriteProblems(Terminal terminal, string time, ValidationItem item, IReadOnlyList<ValidationIssue> appeared, IReadOnlyList<ValidationIssue> solved)
    {
        var verdict = item.Valid ? terminal.Paint(Style.Green, "valid") : terminal.Paint(Style.Red, "invalid");
        var (errors, warnings) = (item.Issues.Count(static issue => issue.Level == IssueLevel.Error), item.Issues.Count(static issue => issue.Level == IssueLevel.Warning));
        var head = $"{time}{(item.Kind == ItemKind.Change ? "change" : "spec")} {terminal.Paint(Style.Cyan, Terminal.OneLine(item.Id))}: {verdict}{(errors + warnings > 0 ? $", {Problems(errors, warnings)}" : "")}";
        if (!terminal.Interactive)
        {
            var said = appeared.Count > 0 ? $": {Place(appeared[0])}: {appeared[0].Code}: {OneLine(appeared[0])}" : solved.Count > 0 ? $": solved {Place(solved[0])}: {solved[0].Code}: {OneLine(solved[0])}" : "";
            terminal.WriteLine(head + said);
            return;
        }

        terminal.WriteLine(head);
        foreach (var issue in appeared)
        {
            var style = issue.Level switch { IssueLevel.Error => Style.Red, IssueLevel.Warning => Style.Yellow, _ => Style.Dim };
            terminal.WriteLine($"  {Place(issue)}: {terminal.Paint(style, issue.Level.ToString().ToLowerInvariant())} {issue.Code}: {Terminal.OneLine(issue.Message)}");
        }

        foreach (var issue in solved)
            terminal.WriteLine($"  {Place(issue)}: {terminal.Paint(Style.Green, "solved")} {issue.Code}: {Terminal.OneLine(issue.Message)}");
    }

    private static string Place(ValidationIssue issue) => Terminal.OneLine(issue.Line is { } line ? $"{issue.Path}:{line}" : issue.Path);

    private static string OneLine(ValidationIssue issue) => Terminal.Safe(issue.Message).Replace('\n', ' ');

    private static string Problems(int errors, int warnings) => (errors, warnings) switch
    {
        (0, 0) => "",
        (_, 0) => Count(errors, "error"),
        (0, _) => Count(warnings, "warning"),
        _ => $"{Count(errors, "error")}, {Count(warnings, "warning")}",
    };

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
