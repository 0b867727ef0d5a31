using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Secrets;

/// <summary><c>colophon secret rm</c>.</summary>
internal sealed class SecretRemoveCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "secret rm";

    /// <inheritdoc/>
    public override string Summary => "Delete a key from your encrypted store.";

    /// <inheritdoc/>
    public override string Details => "Exits with 1 where there is none of that name.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon secret rm anthropic", "It is gone for good.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("name", "The secret's name.")];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Line.Arguments[0];
        var secrets = UserSecrets.Open(ProjectEngine.Overrides(invocation));
        var removed = await secrets.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => SecretListCommand.WriteJson(writer, secrets.Names));
        else
            invocation.Terminal.WriteLine(removed ? $"Deleted '{Terminal.Safe(name)}'." : $"There is no secret '{Terminal.Safe(name)}'.");
        return removed ? ExitCode.Done : ExitCode.Failed;
    }
}
