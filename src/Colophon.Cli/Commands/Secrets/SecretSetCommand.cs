using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Secrets;

/// <summary><c>colophon secret set</c>.</summary>
internal sealed class SecretSetCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "secret set";

    /// <inheritdoc/>
    public override string Summary => "Keep a provider's key in your encrypted store.";

    /// <inheritdoc/>
    public override string Details =>
        """
        The key is read from standard input, so that it is in no history and no process list. A provider looks for a
        secret of its own name. The store is encrypted by the passphrase of your signing key where that has one.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon secret set anthropic", "Type or paste the key, then Enter."), new("colophon secret set openai <key.txt", "From a file.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("name", "The secret's name, usually the provider's.")];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Line.Arguments[0];
        var secrets = UserSecrets.Open(ProjectEngine.Overrides(invocation));
        var value = (await invocation.Terminal.AskSecretAsync($"Key for {Terminal.Safe(name)}: ", cancellationToken).ConfigureAwait(false))?.Trim();
        if (string.IsNullOrEmpty(value))
            throw new CliException(CliError.MissingArgument, "No key was given.", $"Pass it on standard input: colophon secret set {name} <key.txt");
        await secrets.SetAsync(name, value, cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => SecretListCommand.WriteJson(writer, secrets.Names));
        else
            invocation.Terminal.WriteLine($"Kept '{Terminal.Safe(name)}'.");
        return ExitCode.Done;
    }
}
