using Colophon.Cli.CommandLine;
using Colophon.Cli.Errors;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Approvals;

/// <summary><c>colophon approve</c>.</summary>
internal sealed class ApproveCommand : CliCommand
{
    private static readonly OptionSpec Note = new("--note", "A note that stands in the log with it.") { Value = "text" };
    private static readonly OptionSpec Yes = new("--yes", "Approve without being asked.") { Short = 'y' };
    private static readonly OptionSpec EvenIfInvalid = new("--even-if-invalid", "Approve a change that does not pass validation.");

    /// <inheritdoc/>
    public override string Name => "approve";

    /// <inheritdoc/>
    public override string Summary => "Approve a change's text, as a signed entry of the log.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Shows the tasks, the requirements and what validation finds, then asks. What is approved is this text: where it
        is changed afterwards, the approval lapses; ticking a task changes nothing. How many approvals a change needs,
        of whom and for what is set by approval.required, approval.roles, approval.before and approval.allow_author.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon approve add-search", "Look at it, then say yes or no."), new("colophon approve add-search --yes --note discussed --json", "In a script.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("change", "The change; can be left out where there is only one.") { Optional = true, Kind = WordKind.Change }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Note, Yes, EvenIfInvalid];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var line = invocation.Line;
        // A name that is wrong is told before anything about asking.
        var tree = invocation.EnterTree();
        tree.Change(ProjectSpecs.ChosenChange(tree, line.Argument(0)));
        if (!line.Has(Yes) && (invocation.Json || !invocation.Terminal.Interactive))
            throw new CliException(CliError.NobodyToAsk, "Nobody can be asked whether the change is approved.", "Look at it with `colophon show` and `colophon status`, then add --yes.");
        return VerdictRun.RunAsync(
            invocation,
            line.Has(Yes) ? null : "Approve this text? [y/n] ",
            (approvals, subject) => approvals.ApproveAsync(subject, line.Value(Note), line.Has(EvenIfInvalid), cancellationToken),
            cancellationToken);
    }
}
