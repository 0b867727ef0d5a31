using Colophon.Cli.CommandLine;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Kernel.Errors;
using Colophon.Specs;
using Colophon.Specs.Authoring;

namespace Colophon.Cli.Commands.Specs.New;

/// <summary><c>colophon new change</c>.</summary>
internal sealed class NewChangeCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "new change";

    /// <inheritdoc/>
    public override string Summary => "Write a new change: asked for on a terminal, told by options, or a skeleton to fill in.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Without options it asks on a terminal, and what it writes passes `colophon validate --strict`. With options it
        writes what they say; what they leave out becomes a comment that says what belongs there. Nothing that exists
        is ever overwritten.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("colophon new change", "Asks for everything, one question after the other."),
        new("colophon new change add-search", "The same with the name given; a skeleton where nobody can be asked."),
        new("colophon new change --title Search --why slow --capability search --task build", "By options."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("name", "Its name, such as add-search.") { Optional = true }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options => DraftOptions.All;

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (line, terminal) = (invocation.Line, invocation.Terminal);
        var tree = invocation.EnterTree();
        var guided = terminal.Interactive && !invocation.Json && !DraftOptions.Any(line);
        ChangeDraft draft;
        try
        {
            draft = guided
                ? await new GuidedDraft(terminal, tree).AskAsync(line.Argument(0), cancellationToken).ConfigureAwait(false)
                : DraftOptions.Read(line, tree);
        }
        catch (EndOfStreamException)
        {
            terminal.WriteLine();
            terminal.Note("Nothing was written.");
            return ExitCode.Failed;
        }

        var written = ChangeWriter.Write(tree, draft, invocation.Time);
        var item = Validation.Change(tree, draft.Name, strict: true).Items[0];
        if (invocation.Json)
            WriteJson(terminal, draft.Name, written, item);
        else
            WriteText(terminal, draft.Name, written, item, guided);
        return ExitCode.Done;
    }

    private static void WriteText(Terminal terminal, string name, WrittenChange written, ValidationItem item, bool guided)
    {
        if (guided)
            terminal.WriteLine();
        foreach (var file in written.Files)
            terminal.WriteLine($"{terminal.Paint(Style.Green, "created")}  {Terminal.Safe(file)}");
        foreach (var missing in written.ToFill)
            terminal.WriteLine($"{terminal.Paint(Style.Yellow, "to fill in")}  {Terminal.Safe($"{written.Path}/{missing}")}");
        if (written.ToFill.Count == 0)
        {
            foreach (var issue in item.Issues)
                terminal.WriteLine($"{issue.Level.ToString().ToLowerInvariant()} {Terminal.Safe(issue.Path)}: {Terminal.Safe(issue.Message)}");
        }

        if (written.ToFill.Count > 0)
            terminal.WriteLine("Next: write these in place of the comments that stand there; until then it is invalid (COL1184).");
        terminal.WriteLine(item.Valid && written.ToFill.Count == 0 ? $"It is valid. Next: `colophon status {name}`" : $"Then: `colophon validate {name} --strict`");
    }

    private static void WriteJson(Terminal terminal, string name, WrittenChange written, ValidationItem item) => JsonOutput.Write(terminal, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("change", name);
        writer.WriteString("path", written.Path);
        JsonOutput.WriteStrings(writer, "files", written.Files);
        JsonOutput.WriteStrings(writer, "toFill", written.ToFill);
        writer.WriteBoolean("valid", item.Valid);
        writer.WriteStartArray("issues");
        foreach (var issue in item.Issues)
        {
            writer.WriteStartObject();
            writer.WriteString("level", issue.Level.ToString().ToUpperInvariant());
            writer.WriteString("path", issue.Path);
            writer.WriteString("message", issue.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
