using Colophon.Cli.CommandLine;
using Colophon.Kernel.Errors;
namespace Colophon.Cli.Commands.Project;
/// <summary><c>colophon config show</c>.</summary>
internal sealed class ConfigShowCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "config show";

    /// <inheritdoc/>
    public override string Summary => "Show the configuration in force.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon config show --origin", "Every value with the file or variable it came from.")];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken) => Task.FromResult(ExitCode.Done);
}
