using Colophon.Cli.CommandLine;
using Colophon.Cli.Errors;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Approvals;

/// <summary><c>colophon request-changes</c>.</summary>
internal sealed class RequestChangesCommand : CliCommand
{
    private static readonly OptionSpec Reason = new("--reason", "What has to be changed; it stands in the log for good.") { Value = "text" };

    /// <inheritdoc/>
    public override string Name => "request-changes";

    /// <inheritdoc/>
    public override string Summary => "Ask for changes of a change's text, as a signed entry of the log.";

    /// <inheritdoc/>
    public override string Details => "Takes the place of your approval, if you gave one. Where approvals are required, it stands in the way until the text is changed or you approve it.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon request-changes add-search --reason unclear", "What is wrong, in your words.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("change", "The change; can be left out where there is only one.") { Optional = true, Kind = WordKind.Change }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Reason];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Line.Value(Reason) is not { } reason || string.IsNullOrWhiteSpace(reason))
            throw new CliException(CliError.MissingArgument, "Nobody can change a text without knowing what is wrong with it.", "For example: --reason \"What happens without a match?\"");
        return VerdictRun.RunAsync(invocation, null, (approvals, subject) => approvals.RequestChangesAsync(subject, reason, cancellationToken), cancellationToken);
    }
}
