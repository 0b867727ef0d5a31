using Colophon.Security.Audit;
using Colophon.Security.Errors;
using Colophon.Security.Sandbox;
using Colophon.Tools.Inputs;

namespace Colophon.Tools.Shell;

/// <summary>The input of <c>shell</c>.</summary>
/// <param name="Command">The command line, run by bash in the project root.</param>
/// <param name="TimeoutSeconds">Kill the command after so many seconds. Default 120, at most 600.</param>
public sealed record ShellInput(string Command, int? TimeoutSeconds)
{
    internal static InputShape<ShellInput> Shape { get; } = new(
        [
            InputField.Text("command", "The command line, run by bash in the project root."),
            InputField.Integer("timeout_seconds", "Kill the command after so many seconds. Default 120, at most 600.", 1, 600).Optional(),
        ],
        static values => new ShellInput(values.Text("command"), values.Integer("timeout_seconds")));
}

/// <summary>Runs a command in the sandbox and shows its output, head and tail, with its exit code. A command that fails is an answer, not an error.</summary>
public sealed class ShellTool() : Tool<ShellInput>(ShellInput.Shape)
{
    private const int DefaultSeconds = 120;
    private const int MaximumOutputBytes = 32 * 1024;

    /// <inheritdoc/>
    public override string Name => "shell";

    /// <inheritdoc/>
    public override string Description =>
        "Run a command in the project root and see its output and exit code. It runs in a sandbox: it can write only inside the project and has no network. "
        + "Nothing is kept between calls but files, and nothing keeps running in the background. Calls made at once run side by side.";

    /// <inheritdoc/>
    public override ToolEffect Effect => ToolEffect.Executes;

    /// <inheritdoc/>
    protected override async ValueTask<ToolResult> RunAsync(ShellInput input, ToolContext context, CancellationToken cancellationToken)
    {
        if (context.Sandbox is not { } sandbox || context.Policy is not { } policy)
        {
            context.Journal?.Add(SecurityEventKind.CommandDenied, $"{input.Command} (there is no sandbox)");
            return ToolResult.Error("No command can be run here: this session has no sandbox. Use the other tools.");
        }

        if (string.IsNullOrWhiteSpace(input.Command))
            return ToolResult.Error("The command is empty; nothing was run.");
        var seconds = input.TimeoutSeconds ?? DefaultSeconds;
        var command = SandboxCommand.Shell(input.Command, context.Workspace.Root) with
        {
            TimeLimit = TimeSpan.FromSeconds(seconds),
            OutputLimit = MaximumOutputBytes,
        };
        try
        {
            var result = await sandbox.RunAsync(command, policy, cancellationToken).ConfigureAwait(false);
            if (context.Journal is { } journal && sandbox is not UnconfinedSandbox)
                Denials.Note(journal, input.Command, result, policy);
            return Describe(result, seconds);
        }
        catch (SecurityException e)
        {
            context.Journal?.Add(SecurityEventKind.CommandDenied, $"{input.Command} ({e.Message})");
            return ToolResult.Error($"The command was not run: {e.Message}");
        }
    }

    private static ToolResult Describe(SandboxResult result, int seconds)
    {
        // No duration: the same work must give the same text, or recorded sessions could not be played again.
        var ending = result switch
        {
            { TimedOut: true } => $"[killed: it ran longer than {seconds} seconds]",
            { Signal: { } signal } => $"[killed by signal {signal}, exit code {result.ExitCode}]",
            _ => $"[exit code {result.ExitCode}]",
        };
        var separator = result.Output.Length == 0 || result.Output.EndsWith('\n') ? "" : "\n";
        return new ToolResult($"{result.Output}{separator}{ending}", result.TimedOut);
    }
}
