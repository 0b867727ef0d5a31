using Colophon.Cli.CommandLine;
using Colophon.Cli.Completion;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Shell;

/// <summary><c>colophon completion</c>.</summary>
internal sealed class CompletionCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "completion";

    /// <inheritdoc/>
    public override string Summary => "Print a script that completes commands, options and names in your shell.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("source <(colophon completion bash)", "In ~/.bashrc."),
        new("source <(colophon completion zsh)", "In ~/.zshrc, after compinit."),
        new("colophon completion fish | source", "In ~/.config/fish/config.fish."),
        new("colophon completion pwsh | Out-String | Invoke-Expression", "In $PROFILE."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("shell", "bash, zsh, fish or pwsh.") { Choices = ["bash", "zsh", "fish", "pwsh"], Kind = WordKind.Choice }];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var script = CompletionScripts.For(invocation.Line.Arguments[0]);
        if (invocation.Json)
            Output.JsonOutput.Write(invocation.Terminal, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("shell", invocation.Line.Arguments[0]);
                writer.WriteString("script", script);
                writer.WriteEndObject();
            });
        else
            invocation.Terminal.Write(script);
        return Task.FromResult(ExitCode.Done);
    }
}
