using Colophon.Cli.CommandLine;
using Colophon.Cli.Completion;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Shell;

/// <summary>What the completion scripts call: the words typed so far, the last one unfinished; prints a candidate and its summary a line.</summary>
internal sealed class CompleteCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "__complete";

    /// <inheritdoc/>
    public override string Summary => "Print what a word may become; called by the completion scripts.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon __complete sta", "status")];

    /// <inheritdoc/>
    public override bool Hidden => true;

    /// <inheritdoc/>
    public override bool TakesAnything => true;

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        foreach (var (word, summary) in Candidates.For(CommandList.All, invocation.Line.Arguments, invocation.Directory))
            invocation.Terminal.WriteLine(summary.Length == 0 ? word : $"{word}\t{summary}");
        return Task.FromResult(ExitCode.Done);
    }
}
