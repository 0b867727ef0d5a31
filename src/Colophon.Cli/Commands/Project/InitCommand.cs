using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Project;

/// <summary><c>colophon init</c>.</summary>
internal sealed class InitCommand : CliCommand
{
    private static readonly OptionSpec Key = new("--key", "The key you sign with: file, ssh:<path>, agent or agent:<fingerprint or comment>.") { Value = "key" };

    /// <inheritdoc/>
    public override string Name => "init";

    /// <inheritdoc/>
    public override string Summary => "Make a git repository ready: openspec/, settings, a signing key, a trust root.";

    /// <inheritdoc/>
    public override string Details =>
        """
        What is there already is left as it is, so it can be run again at any time. Without --key you sign with the
        key that your settings name, or a key file of Colophon's own, made for you. An OpenSSH Ed25519 key or one in an
        ssh-agent does as well; the choice is kept in your own settings.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon init", "In the folder of your repository."), new("colophon init --key agent", "Sign with the Ed25519 key that your ssh-agent holds.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Key];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var report = await ColophonEngine.InitAsync(invocation.Directory, ProjectEngine.Overrides(invocation), invocation.Line.Value(Key), cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, report));
        else
            WriteText(invocation.Terminal, report);
        return ExitCode.Done;
    }

    /// <summary>Prints what was done.</summary>
    internal static void WriteText(Terminal terminal, InitReport report)
    {
        foreach (var path in report.Created)
            terminal.WriteLine($"{terminal.Paint(Style.Green, "created")}  {Terminal.Safe(path)}");
        foreach (var path in report.Kept)
            terminal.WriteLine($"{terminal.Paint(Style.Dim, "kept")}     {Terminal.Safe(path)}");
        terminal.WriteLine($"signing key {report.KeyId[..12]}{(report.Fingerprint is { } fingerprint ? $", trust root {fingerprint}" : "")}");
        foreach (var note in report.Notes)
            terminal.Note($"{terminal.PaintNote(Style.Yellow, "note:")} {Terminal.Safe(note)}");
    }

    private static void WriteJson(Utf8JsonWriter writer, InitReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("root", report.Root);
        JsonOutput.WriteStrings(writer, "created", report.Created);
        JsonOutput.WriteStrings(writer, "kept", report.Kept);
        writer.WriteString("keyId", report.KeyId);
        writer.WriteString("fingerprint", report.Fingerprint);
        JsonOutput.WriteStrings(writer, "notes", report.Notes);
        writer.WriteEndObject();
    }
}
