using System.Globalization;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Coverage;

namespace Colophon.Cli.Commands.Audit;

/// <summary><c>colophon blame</c>.</summary>
internal sealed class BlameCommand : CliCommand
{
    private static readonly OptionSpec Runs = new("--runs", "Show who wrote what, without the text of the lines.");
    private static readonly OptionSpec Lines = new("--lines", "Only these lines: one, or the first and the last as in 10,20.") { Value = "range", Short = 'L' };

    /// <inheritdoc/>
    public override string Name => "blame";

    /// <inheritdoc/>
    public override string Summary => "Show for every line of a file the specification, task, model and person behind it.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Counts the file as it lies in the working tree. Only entries of the log that verify may claim lines; what no entry
        claims is the commit's author's, and what nobody can vouch for is unknown, with the reason. Nothing is guessed.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon blame src/login.py", "Line by line."), new("colophon blame src/login.py -L 10,20 --json", "Eleven lines, for a script.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("file", "The file, relative to the folder you are in.") { Kind = WordKind.Path }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Lines, Runs];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var range = invocation.Line.Value(Lines) is { } text ? Range(text) : (First: 1, Last: int.MaxValue);
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var audit = await ProjectAudit.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        var progress = Progress.Start(invocation.Terminal, "following every line through the history", invocation.Time);
        FileBlame blame;
        await using (progress.ConfigureAwait(false))
            blame = await audit.BlameAsync(invocation.Line.Arguments[0], cancellationToken).ConfigureAwait(false);
        if (invocation.Line.Has(Lines) && range.First > blame.Lines)
            throw new CliException(CliError.OptionValue, $"'{blame.Path}' has {blame.Lines} line{(blame.Lines == 1 ? "" : "s")}, so there is no line {range.First}.", "Give --lines a range within the file.");
        blame = Narrow(blame, range.First, range.Last);
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => BlameJson.Write(blame, writer));
        else
            BlameView.Write(invocation.Terminal, blame, invocation.Line.Has(Runs) ? null : audit.TextOf(blame.Path));
        foreach (var note in blame.Notes)
            invocation.Terminal.Note(Terminal.Safe(note));
        return ExitCode.Done;
    }

    private static (int First, int Last) Range(string text)
    {
        var parts = text.Split(',');
        if (parts.Length <= 2 && Number(parts[0]) is { } first && Number(parts[^1]) is { } last && first <= last)
            return (first, last);
        throw new CliException(CliError.OptionValue, $"'{text}' is no range of lines.", "For example: --lines 10,20");
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static FileBlame Narrow(FileBlame blame, int first, int last)
    {
        var runs = new List<BlameRun>();
        foreach (var run in blame.Runs)
        {
            var (start, end) = (Math.Max(run.Start, first), Math.Min(run.Start + run.Count - 1, last));
            if (start <= end)
                runs.Add(run with { Start = start, Count = end - start + 1 });
        }

        return blame with { Runs = runs };
    }
}
