using Colophon.Cli.Terminals;
using Colophon.Engine;

namespace Colophon.Cli.Commands.Apply;

/// <summary>Shows a run as it goes: results on standard output, the model's steps beside it.</summary>
internal sealed class ApplyView(Terminal terminal, TimeProvider time, bool asks, bool stays) : IAsyncDisposable
{
    private const int EntryDigits = 12;

    private Progress? _progress;
    private readonly Dictionary<string, string> _calls = new(StringComparer.Ordinal);
    private EngineEvent.UsageChanged? _usage;

    /// <summary>Shows one event.</summary>
    public async ValueTask ShowAsync(EngineEvent happened)
    {
        if (happened is EngineEvent.TextDelta)
            return;
        if (happened is EngineEvent.UsageChanged usage)
        {
            _usage = usage;
            return;
        }

        if (happened is EngineEvent.TurnStarted turn)
        {
            Say($"the model is working, turn {turn.Number}");
            return;
        }

        if (happened is EngineEvent.ToolStarted tool)
        {
            _calls[tool.Call] = tool.Summary.Length == 0 ? tool.Tool : $"{tool.Tool} {tool.Summary}";
            Say(_calls[tool.Call]);
            return;
        }

        await ClearAsync().ConfigureAwait(false);
        Print(happened);
        if (happened is EngineEvent.ModelWaiting)
            Say("waiting for the provider");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ClearAsync();

    private void Print(EngineEvent happened)
    {
        switch (happened)
        {
            case EngineEvent.Notice notice:
                terminal.Note($"{terminal.PaintNote(Style.Yellow, "note:")} {Terminal.Safe(notice.Message)}{(notice.Hint is { } hint ? $" {Terminal.Safe(hint)}" : "")}");
                break;
            case EngineEvent.ModelWaiting waiting:
                terminal.Note(terminal.PaintNote(Style.Yellow, $"  {Terminal.OneLine(waiting.Reason)}, again in {Math.Max(1, Math.Ceiling(waiting.Wait.TotalSeconds)):0} s"));
                break;
            case EngineEvent.ApplyStarted started:
                terminal.WriteLine($"{terminal.Paint(Style.Bold, Terminal.Safe(started.Change))}: {started.OpenTasks} of {started.TotalTasks} tasks open, {Terminal.Safe(started.Model)}{(started.Resumed ? ", resumed" : "")}");
                break;
            case EngineEvent.TaskStarted task:
                terminal.WriteLine();
                terminal.WriteLine($"{terminal.Paint(Style.Cyan, $"[{task.Index}/{task.Count}]")} {terminal.Paint(Style.Bold, $"{task.Task.Id} {Terminal.Safe(task.Task.Description)}")}{(task.Attempt > 1 ? $" (try {task.Attempt})" : "")}");
                break;
            case EngineEvent.ContextChosen context:
                ContextView.Write(terminal, context);
                break;
            case EngineEvent.ToolFinished tool:
                terminal.Note(terminal.PaintNote(tool.Succeeded ? Style.Dim : Style.Yellow, $"  {Terminal.Safe(_calls.GetValueOrDefault(tool.Call, tool.Tool))}{(tool.Succeeded ? "" : " (failed; the model was told)")}"));
                break;
            case EngineEvent.ProposalReady ready when !asks:
                // Whoever is asked sees it with the proposal.
                foreach (var note in ready.Proposal.LeftOut)
                    terminal.Note($"{terminal.PaintNote(Style.Yellow, "left out:")} {Terminal.Safe(note)}");
                break;
            case EngineEvent.TaskAccepted accepted:
                terminal.WriteLine($"{terminal.Paint(Style.Green, "accepted")} {accepted.Task.Id}: {(accepted.Files.Count == 0 ? "no file changed" : Terminal.Safe(string.Join(", ", accepted.Files)))}  {terminal.Paint(Style.Dim, "entry " + Short(accepted.Entry))}");
                break;
            case EngineEvent.TaskRejected rejected:
                terminal.WriteLine($"{terminal.Paint(Style.Red, "rejected")} {rejected.Task.Id}: {Terminal.Safe(rejected.Reason)}  {terminal.Paint(Style.Dim, "entry " + Short(rejected.Entry))}{(rejected.TriesAgain ? "; the model tries again" : "")}");
                break;
            case EngineEvent.ApplyFinished finished:
                terminal.WriteLine();
                terminal.WriteLine($"{Outcome(finished)}{Used()}");
                break;
        }
    }

    private string Outcome(EngineEvent.ApplyFinished finished) => finished.Outcome switch
    {
        ApplyOutcome.Done => terminal.Paint(Style.Green, finished.OpenTasks == 0 ? "done: every task of the change is done" : $"done: {StillOpen(finished)}"),
        ApplyOutcome.NothingToDo => "nothing to do: no open task",
        ApplyOutcome.Rejected => terminal.Paint(Style.Red, $"rejected: {StillOpen(finished)}"),
        _ => terminal.Paint(Style.Yellow, $"stopped: {StillOpen(finished)}{(stays ? "; `colophon apply --resume` goes on" : "; this project is thrown away, --dir keeps one")}"),
    };

    private static string StillOpen(EngineEvent.ApplyFinished finished) => finished.OpenTasks == 1 ? "1 task is still open" : $"{finished.OpenTasks} tasks are still open";

    private string Used() => _usage is { } usage
        ? terminal.Paint(Style.Dim, $"  ({usage.TokensIn:N0} tokens in, {usage.TokensOut:N0} out, {Spent(usage)})")
        : "";

    private static string Spent(EngineEvent.UsageChanged usage) => (usage.IsPriced, usage.CostMicros) switch
    {
        (true, _) => $"{usage.CostMicros / 1_000_000.0:0.0000} spent",
        (_, 0) => "no price known",
        _ => $"at least {usage.CostMicros / 1_000_000.0:0.0000} spent; not every price is known",
    };

    private void Say(string text)
    {
        if (_progress is null)
            _progress = Progress.Start(terminal, text, time);
        else
            _progress.Say(text);
    }

    private async ValueTask ClearAsync()
    {
        if (_progress is { } progress)
        {
            _progress = null;
            await progress.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string Short(string leaf) => leaf.Length > EntryDigits ? leaf[..EntryDigits] : leaf;
}
