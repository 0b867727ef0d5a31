using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Secrets;

/// <summary><c>colophon secret list</c>.</summary>
internal sealed class SecretListCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "secret list";

    /// <inheritdoc/>
    public override string Summary => "List the names in your encrypted store, never the values.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon secret list", "Names only.")];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var names = UserSecrets.Open(ProjectEngine.Overrides(invocation)).Names;
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, names));
        else if (names.Count == 0)
            invocation.Terminal.WriteLine("No secrets.");
        foreach (var name in invocation.Json ? [] : names)
            invocation.Terminal.WriteLine(Terminal.Safe(name));
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>Writes the names.</summary>
    internal static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<string> names)
    {
        writer.WriteStartObject();
        JsonOutput.WriteStrings(writer, "secrets", names);
        writer.WriteEndObject();
    }
}
