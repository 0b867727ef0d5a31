using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Secrets;

/// <summary><c>colophon secret scan</c>.</summary>
internal sealed class SecretScanCommand : CliCommand
{
    private static readonly OptionSpec Staged = new("--staged", "Look at what is staged for the next commit, for what the last one does not have.");
    private static readonly OptionSpec Sarif = new("--sarif", "Print what is found as SARIF 2.1.0, for a code host.");

    /// <inheritdoc/>
    public override string Name => "secret scan";

    /// <inheritdoc/>
    public override string Summary => "Look for secrets in the project's files.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Reads what git tracks or would add, and whatever you name. Prints the place and the kind of what looks like a
        secret, never the secret. Exits with 0 where there is nothing, 1 where something was found, 2 where it could not
        look. Texts that are none are named by their hash, which --json prints, in secrets.allow; paths in
        secrets.scan_exclude.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon secret scan", "The whole project."), new("colophon secret scan src config.yml", "These only."), new("colophon secret scan --staged", "Before a commit."), new("colophon secret scan --sarif >secrets.sarif", "For a code host.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("path", "A file or folder; the whole project without one.") { Optional = true, Many = true, Kind = WordKind.Path }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Staged, Sarif];

    /// <inheritdoc/>
    public override ExitCode ExitOf(ExitCode error) => error == ExitCode.Failed ? ExitCode.Usage : error;

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var request = new SecretScanRequest { Paths = invocation.Line.Arguments, Staged = invocation.Line.Has(Staged) };
        var report = await SecretScan.RunAsync(invocation.Directory, request, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        if (invocation.Line.Has(Sarif))
            JsonOutput.Write(invocation.Terminal, writer => SecretScanSarif.Write(writer, report));
        else if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, report));
        else
            WriteText(invocation.Terminal, report);
        return report.Findings.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static void WriteText(Terminal terminal, SecretScanReport report)
    {
        foreach (var finding in report.Findings)
            terminal.WriteLine($"{Terminal.OneLine(finding.Path)}:{finding.Line}:{finding.Column}: {terminal.Paint(Style.Red, finding.Kind)} {Terminal.OneLine(finding.Masked)}");
        var passed = new List<string>();
        if (report.Binary > 0)
            passed.Add($"{report.Binary} binary");
        if (report.Large > 0)
            passed.Add($"{report.Large} longer than 8 MiB");
        if (report.Excluded > 0)
            passed.Add($"{report.Excluded} that the settings exclude");
        if (report.Unreadable.Count > 0)
            passed.Add($"{report.Unreadable.Count} that cannot be read ({Terminal.OneLine(report.Unreadable[0])}{(report.Unreadable.Count > 1 ? ", …" : "")})");
        var found = report.Findings.Count switch { 0 => "No secrets", 1 => "1 secret", var count => $"{count} secrets" };
        terminal.WriteLine($"{found} in {report.Files} file{(report.Files == 1 ? "" : "s")}{(passed.Count == 0 ? "" : $"; not looked into: {string.Join(", ", passed)}")}.");
    }

    private static void WriteJson(Utf8JsonWriter writer, SecretScanReport report)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("path", finding.Path);
            writer.WriteNumber("line", finding.Line);
            writer.WriteNumber("column", finding.Column);
            writer.WriteString("kind", finding.Kind);
            writer.WriteString("masked", finding.Masked);
            writer.WriteString("allow", finding.Hash);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("files", report.Files);
        writer.WriteStartObject("skipped");
        writer.WriteNumber("binary", report.Binary);
        writer.WriteNumber("large", report.Large);
        writer.WriteNumber("excluded", report.Excluded);
        JsonOutput.WriteStrings(writer, "unreadable", report.Unreadable);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
