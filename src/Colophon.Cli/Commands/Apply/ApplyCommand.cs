using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Reviewing;
using Colophon.Engine;
using Colophon.Generation.Review;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Apply;

/// <summary><c>colophon apply</c>: the main job.</summary>
internal sealed class ApplyCommand : CliCommand
{
    private static readonly OptionSpec Task = new("--task", "Only this task, by its number.") { Value = "number" };
    private static readonly OptionSpec Model = new("--model", "The model to use, as provider/model or replay:cassette.") { Value = "name" };
    private static readonly OptionSpec Record = new("--record", "Write what the provider sends into this cassette file.") { Value = "file", Kind = WordKind.Path };
    private static readonly OptionSpec Yes = new("--yes", "Take every proposal without asking; one that looks as if it held a secret is refused.") { Short = 'y' };
    private static readonly OptionSpec AllowEmpty = new("--allow-empty", "With --yes: let a task be done for which the model changed no file.");
    private static readonly OptionSpec Interactive = new("--interactive", "Ask even where no terminal is attached, reading answers line by line.");
    private static readonly OptionSpec Resume = new("--resume", "Go on from where the last run of this change was interrupted.");
    private static readonly OptionSpec Explain = new("--explain-context", "Show which files the model is given, and why.");

    /// <inheritdoc/>
    public override string Name => "apply";

    /// <inheritdoc/>
    public override string Summary => "Have a change's open tasks written, reviewed and signed, one after the other.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Each task is written in a scratch copy; nothing of yours changes until you accept. What you accept is written
        as one step together with its signed entry in the log and the tick in tasks.md. Exits with 0 when every task
        asked for is done, 1 after a rejection or a stop, 4 when the provider fails, 5 when a budget runs out.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("colophon apply add-search", "Every open task, with a review of each."),
        new("colophon apply add-search --task 1.2 --model ollama/qwen3:8b", "One task, by a local model."),
        new("colophon apply add-search --yes --json", "In a script: takes everything, prints an event a line."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("change", "The change; can be left out where there is only one.") { Optional = true, Kind = WordKind.Change }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Task, Model, Yes, AllowEmpty, Resume, Explain, Record, Interactive];

    /// <inheritdoc/>
    public override bool StreamsJson => true;

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var line = invocation.Line;
        var reviewer = ChooseReviewer(invocation);
        var overrides = new EngineOverrides { Model = line.Value(Model), Record = line.Value(Record), Environment = invocation.Environment, Time = invocation.Time };
        var change = ProjectSpecs.ChosenChange(invocation.EnterTree(), line.Argument(0));
        var engine = await ProjectEngine.OpenAsync(invocation, overrides, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var request = new ApplyRequest { Change = change, Task = line.Value(Task), Resume = line.Has(Resume) };
        return await ApplyRun.RunAsync(engine, request, reviewer, invocation, line.Has(Explain), stays: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Nobody to ask is told before anything is generated, so that no money is spent on a proposal that cannot be answered.</summary>
    private static IReviewer ChooseReviewer(Invocation invocation)
    {
        if (invocation.Line.Has(Yes))
            return new AutoAccept { AllowEmpty = invocation.Line.Has(AllowEmpty) };
        if (invocation.Json)
            throw new CliException(CliError.NobodyToAsk, "A review cannot be held in JSON.", "Add --yes to take every proposal, or leave --json out.");
        return invocation.Terminal.Interactive || invocation.Line.Has(Interactive)
            ? new TerminalReviewer(invocation.Terminal, invocation.Environment)
            : throw new CliException(CliError.NobodyToAsk, "No terminal is attached, so nobody can review what the model proposes.", "Add --yes to take every proposal, or --interactive to read answers from standard input.");
    }
}
