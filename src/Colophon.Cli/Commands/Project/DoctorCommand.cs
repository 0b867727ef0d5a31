using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Project;

/// <summary><c>colophon doctor</c>.</summary>
internal sealed class DoctorCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "doctor";

    /// <inheritdoc/>
    public override string Summary => "Look at everything Colophon needs and say what is missing.";

    /// <inheritdoc/>
    public override string Details => "Exits with 1 where something will not work.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon doctor", "git, sandbox, key, trust, model, configuration.")];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var progress = Progress.Start(invocation.Terminal, "looking around", invocation.Time);
        DoctorReport report;
        await using (progress.ConfigureAwait(false))
            report = await ColophonEngine.DoctorAsync(invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, report));
        else
            WriteText(invocation.Terminal, report);
        return report.Healthy ? ExitCode.Done : ExitCode.Failed;
    }

    private static void WriteText(Terminal terminal, DoctorReport report)
    {
        var width = report.Checks.Max(static check => check.Name.Length);
        foreach (var check in report.Checks)
        {
            var (word, style) = check.Status switch { DoctorStatus.Good => ("ok  ", Style.Green), DoctorStatus.Warning => ("note", Style.Yellow), _ => ("bad ", Style.Red) };
            terminal.WriteLine($"{terminal.Paint(style, word)}  {check.Name.PadRight(width)}  {Terminal.Safe(check.Message)}");
            if (check.Hint is { } hint && check.Status != DoctorStatus.Good)
                terminal.WriteLine($"{new string(' ', width + 8)}{terminal.Paint(Style.Dim, Terminal.Safe(hint))}");
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, DoctorReport report)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("healthy", report.Healthy);
        writer.WriteStartArray("checks");
        foreach (var check in report.Checks)
        {
            writer.WriteStartObject();
            writer.WriteString("name", check.Name);
            writer.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(check.Status.ToString()));
            writer.WriteString("message", check.Message);
            writer.WriteString("hint", check.Hint);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
