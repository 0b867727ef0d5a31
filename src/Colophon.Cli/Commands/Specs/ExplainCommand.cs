using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine.Explain;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Specs;

/// <summary><c>colophon explain</c>.</summary>
internal sealed class ExplainCommand : CliCommand
{
    private const int Indent = 2;

    /// <inheritdoc/>
    public override string Name => "explain";

    /// <inheritdoc/>
    public override string Summary => "Explain a code: what it means, why it matters, how to mend it.";

    /// <inheritdoc/>
    public override string Details => "Without a code, all of them are listed. Exit codes are there as EXIT0, EXIT1 and so on.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon explain COL1160", "What an error or a finding with this code is about."), new("colophon explain", "Every code there is.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("code", "The code, such as COL1160 or 1160.") { Optional = true }];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Line.Argument(0) is { } word)
        {
            var entry = CodeCatalogue.Find(word) ?? throw Unknown(word);
            if (invocation.Json)
                JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, entry));
            else
                WriteText(invocation.Terminal, entry);
            return Task.FromResult(ExitCode.Done);
        }

        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, WriteAll);
        else
            WriteList(invocation.Terminal);
        return Task.FromResult(ExitCode.Done);
    }

    private static CliException Unknown(string word) => new(
        CliError.UnknownCode,
        $"There is no code '{word}'.",
        CodeCatalogue.Nearest(word) is { } near ? $"Did you mean '{near}'?" : "`colophon explain` lists every code.");

    private static void WriteText(Terminal terminal, CodeEntry entry)
    {
        terminal.WriteLine($"{terminal.Paint(Style.Cyan, entry.Code)}  {terminal.Paint(Style.Bold, entry.Title)}");
        Section(terminal, "What it means", entry.Meaning);
        Section(terminal, "Why it matters", entry.Why);
        if (entry.Example is { } example)
        {
            terminal.WriteLine($"\n{terminal.Paint(Style.Bold, "Example")}");
            foreach (var line in example.Split('\n'))
                terminal.WriteLine(line.Length == 0 ? "" : new string(' ', Indent * 2) + line);
        }

        Section(terminal, "How to mend it", entry.Mend);
    }

    private static void Section(Terminal terminal, string title, string text)
    {
        terminal.WriteLine($"\n{terminal.Paint(Style.Bold, title)}");
        foreach (var line in Wrapping.Wrap(text, Math.Max(30, terminal.Width - Indent)))
            terminal.WriteLine(new string(' ', Indent) + line);
    }

    private static void WriteList(Terminal terminal)
    {
        var table = new Table("code", "means");
        foreach (var entry in CodeCatalogue.All)
            table.Add((entry.Code, Style.Cyan), (entry.Title, Style.Plain));
        table.Write(terminal);
    }

    private static void WriteAll(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("codes");
        foreach (var entry in CodeCatalogue.All)
            WriteJson(writer, entry);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter writer, CodeEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("code", entry.Code);
        writer.WriteString("title", entry.Title);
        writer.WriteString("meaning", entry.Meaning);
        writer.WriteString("why", entry.Why);
        writer.WriteString("mend", entry.Mend);
        writer.WriteString("example", entry.Example);
        writer.WriteEndObject();
    }
}
