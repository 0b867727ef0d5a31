using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Paths;
using Colophon.Provenance.Log;

namespace Colophon.Cli.Commands.Audit;

/// <summary><c>colophon audit log</c>.</summary>
internal sealed class LogCommand : CliCommand
{
    private const string AcceptedKind = "accepted";
    private const string RejectedKind = "rejected";

    private static readonly OptionSpec Change = new("--change", "Only entries of this change.") { Value = "name", Kind = WordKind.Change };
    private static readonly OptionSpec Task = new("--task", "Only entries for this task, such as 1.2.") { Value = "id" };
    private static readonly OptionSpec Requirement = new("--requirement", "Only entries for this requirement, or for all of a capability.") { Value = "id" };
    private static readonly OptionSpec Developer = new("--developer", "Only entries by this person: a part of the name in any case, or the key's first digits, at least 4.") { Value = "name" };
    private static readonly OptionSpec Model = new("--model", "Only entries by a model whose name contains this.") { Value = "name" };
    private static readonly OptionSpec Provider = new("--provider", "Only entries by models of this provider.") { Value = "name" };
    private static readonly OptionSpec Kind = new("--kind", "Only entries of this kind; accepted and rejected are decisions.") { Value = "kind", Choices = [.. EntryText.Kinds, AcceptedKind, RejectedKind], Kind = WordKind.Choice };
    private static readonly OptionSpec Words = new("--text", "Only entries with all of these words in their change, task and its text, requirements, files, model, person, reasons or security events; no prompts, answers or diffs. Whole words in any case; pass* is the beginning of one.") { Value = "words" };
    private static readonly OptionSpec Since = new("--since", "Only entries from this moment on: a date, a time, yesterday, or a span back from now such as 7d or '2 weeks'.") { Value = "when" };
    private static readonly OptionSpec Until = new("--until", "Only entries before this moment; a date is its midnight, UTC.") { Value = "when" };
    private static readonly OptionSpec File = new("--file", "Only entries about this file or folder.") { Value = "path", Kind = WordKind.Path };
    private static readonly OptionSpec Accepted = new("--accepted", "Only what was accepted.");
    private static readonly OptionSpec Rejected = new("--rejected", "Only what was rejected.");
    private static readonly OptionSpec Limit = new("--limit", "At most so many entries.") { Value = "number", Short = 'n' };
    private static readonly OptionSpec After = new("--after", "Go on after this entry: the next page.") { Value = "entry" };

    private static readonly OptionSpec Security = new("--security", "Only consents, denials, secrets read and changes of keys, one event a line.");
    private static readonly OptionSpec Csv = new("--csv", "Print CSV that no spreadsheet takes for formulas.");
    private static readonly OptionSpec Format = new("--format", "Print for other programs: in-toto, agent-trace, or git-ai.") { Value = "format", Choices = ["in-toto", "agent-trace", "git-ai"], Kind = WordKind.Choice };

    /// <inheritdoc/>
    public override string Name => "audit log";

    /// <inheritdoc/>
    public override string Summary => "List the log's entries, newest first.";

    /// <inheritdoc/>
    public override string Details => "--format in-toto prints one signed envelope a line, agent-trace one record a line, git-ai a stream for `git fast-import` that writes refs/notes/ai. docs/exports.md says what each leaves out.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("colophon audit log --since 7d", "The last week."),
        new("colophon audit log --requirement auth/login --text password", "What was made for one requirement and speaks of a word."),
        new("colophon audit log --security --since 7d --csv", "What was consented to and denied in a week, for a spreadsheet."),
        new("colophon audit log --file src/ --rejected --json", "What was rejected below src/, for a script."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Change, Task, Requirement, Developer, Model, Provider, Kind, Words, Since, Until, File, Accepted, Rejected, Limit, After, Security, Csv, Format];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var query = Query(invocation);
        if (new[] { invocation.Json, invocation.Line.Has(Csv), invocation.Line.Has(Format) }.Count(static given => given) > 1)
            throw new CliException(CliError.OptionValue, "One result has one form.", "Give one of --json, --csv and --format.");
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var audit = await ProjectAudit.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        if (invocation.Line.Value(Format) is { } format)
            await LogFormats.WriteAsync(invocation.Terminal, format, audit, query, cancellationToken).ConfigureAwait(false);
        else
            Write(invocation, audit.Query(query));
        return ExitCode.Done;
    }

    private static void Write(Invocation invocation, AuditPage page)
    {
        var (rows, next) = page;
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, rows, next));
        else if (invocation.Line.Has(Security))
            SecurityView.Write(invocation.Terminal, rows, next, invocation.Line.Has(Csv));
        else if (invocation.Line.Has(Csv))
            LogFormats.WriteCsv(invocation.Terminal, page);
        else
            WriteText(invocation.Terminal, rows, next);
    }

    /// <summary>Prints the rows as a table.</summary>
    internal static void WriteText(Terminal terminal, IReadOnlyList<AuditRow> rows, string? next = null)
    {
        if (rows.Count == 0)
        {
            terminal.WriteLine("No entries.");
            return;
        }

        var table = new Table("entry", "when", "kind", "change", "task", "who", "model", "files");
        foreach (var row in rows)
        {
            var predicate = row.Entry.Predicate;
            table.Add(
                (row.Entry.Leaf[..12], Style.Cyan),
                (predicate.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm"), Style.Plain),
                (EntryText.Kind(row), EntryText.StyleOf(row)),
                (predicate.Change, Style.Plain),
                (row.Task ?? "", Style.Plain),
                (row.Signer.Text, Style.Plain),
                (row.Model?[(row.Model.LastIndexOf('/') + 1)..] ?? "", Style.Dim),
                (string.Join(", ", predicate.Files.Select(static file => file.Path)), Style.Plain));
        }

        table.Write(terminal);
        if (next is not null)
            terminal.WriteLine(terminal.Paint(Style.Dim, $"There are more: the same command with --after {next[..12]}"));
    }

    private static AuditQuery Query(Invocation invocation)
    {
        var line = invocation.Line;
        var kind = line.Value(Kind);
        bool? accepted = line.Has(Accepted) ? true : line.Has(Rejected) ? false : kind switch { AcceptedKind => true, RejectedKind => false, _ => null };
        if (line.Has(Accepted) && line.Has(Rejected) || kind is AcceptedKind or RejectedKind && accepted != (kind == AcceptedKind))
            throw new CliException(CliError.OptionValue, "Nothing is both accepted and rejected.", "Give --accepted or --rejected, not both.");
        if (line.Has(Security) && line.Has(Kind))
            throw new CliException(CliError.OptionValue, "--security chooses the kinds itself.", "Give --security or --kind, not both.");
        if (line.Values(Kind).Distinct(StringComparer.Ordinal).Skip(1).Any())
            throw new CliException(CliError.OptionValue, $"--kind takes one kind, not {string.Join(" and ", line.Values(Kind))}.", "Ask for one after the other, or leave --kind out.");
        DateTimeOffset? At(OptionSpec option) => line.Value(option) is { } text ? Moment.Parse(option.Name, text, invocation.Time) : null;
        if (At(Since) is { } since && At(Until) is { } until && since >= until)
            throw new CliException(CliError.OptionValue, "--until is not after --since, so no entry could fit.", "Exchange them?");
        return new AuditQuery
        {
            Change = line.Value(Change),
            Task = line.Value(Task),
            Requirement = line.Value(Requirement),
            Developer = line.Value(Developer),
            Model = line.Value(Model),
            Provider = line.Value(Provider),
            Kinds = line.Has(Security) ? SecurityView.Kinds : kind switch
            {
                null => null,
                AcceptedKind or RejectedKind => [EntryKind.Decision],
                _ => [EntryText.KindOf(kind)],
            },
            Text = line.Value(Words),
            Since = At(Since),
            Until = At(Until),
            File = line.Value(File) is { } file ? Inside(file) : null,
            Accepted = accepted,
            After = line.Value(After),
            Limit = line.Value(Limit) is not { } limit ? int.MaxValue
                : int.TryParse(limit, out var count) && count > 0 ? count
                : throw new CliException(CliError.OptionValue, $"'{limit}' is no number for --limit.", "For example: --limit 20"),
        };
    }

    // The folder of the repository itself is no limit; a path that cannot be in a log is a slip, not an empty answer.
    private static string? Inside(string file) => !WorkspacePath.TryParse(file, out var path)
        ? throw new CliException(CliError.OptionValue, $"'{file}' is no path for --file.", "Give a path relative to the repository's root.")
        : path.Value == "." ? null : path.Value;

    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<AuditRow> rows, string? next)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("entries");
        foreach (var row in rows)
            EntryText.WriteRow(writer, row);
        writer.WriteEndArray();
        writer.WriteString("next", next);
        writer.WriteEndObject();
    }
}
