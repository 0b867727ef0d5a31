using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Anchors;
using Colophon.Provenance.Verify;

namespace Colophon.Cli.Commands.Audit;

/// <summary><c>colophon audit verify</c>.</summary>
internal sealed class VerifyCommand : CliCommand
{
    private const int MostAlike = 3;

    private static readonly OptionSpec Strict = new("--strict", "Fail on entries that are not written in canonical form.");

    private static readonly OptionSpec AcceptRollback = new("--accept-rollback", "Take a log that lost what was verified here before (git reset) as it stands.");

    private static readonly OptionSpec Archive = new("--archive", "A folder that entries were archived to; they are checked there. Can be given more than once.") { Value = "folder", Kind = WordKind.Path };

    private static readonly OptionSpec RequireAnchor = new("--require-anchor", "Fail where no anchor covers an entry (see audit anchor).");

    private static readonly OptionSpec AnchorFiles = new("--anchor-file", "A file that remembers anchors. Can be given more than once.") { Value = "file", Kind = WordKind.Path };

    private static readonly OptionSpec Authorities = new("--tsa-ca", "The certificate of a time-stamping authority that counts. Can be given more than once.") { Value = "file", Kind = WordKind.Path };

    private static readonly OptionSpec Range = new("--range", "Judge only what these commits brought: main..HEAD.") { Value = "range" };

    private static readonly OptionSpec Sarif = new("--sarif", "Print what is not valid as SARIF 2.1.0, for a code host.");

    /// <inheritdoc/>
    public override string Name => "audit verify";

    /// <inheritdoc/>
    public override string Summary => "Check the whole log: hashes, signatures, trust, chains, checkpoints.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Needs no network and no model. Exits with the lowest number that applies: 0 all valid, 1 changed, 2 a signature
        does not hold, 3 a key is not trusted, 4 incomplete or not yet anchored (an empty log too), 5 a file is not what
        its entry says. What kept it from checking has numbers of its own: 64 a wrong command line, 74 anything else.
        A fault that was published stays one; --range judges what came after it.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon audit verify", "Every entry with its verdict, if not valid."), new("colophon audit verify --strict --json", "In a build.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [AcceptRollback, AnchorFiles, Archive, Range, RequireAnchor, Sarif, Strict, Verifying.TrustRoot, Authorities];

    /// <inheritdoc/>
    public override ExitCode ExitOf(ExitCode error) => Verifying.ExitOf(error);

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var audit = await ProjectAudit.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        string[] Paths(OptionSpec option) => [.. invocation.Line.Values(option).Select(path => Path.GetFullPath(path, invocation.Directory))];
        if (Paths(Archive).FirstOrDefault(static folder => !Directory.Exists(folder)) is { } missing)
            throw new CliException(CliError.OptionValue, $"The archive '{missing}' is no folder.", "Check the path and that its storage is mounted.");
        var request = new VerifyRequest
        {
            Strict = invocation.Line.Has(Strict),
            AcceptRollback = invocation.Line.Has(AcceptRollback),
            Archives = Paths(Archive),
            RequireAnchor = invocation.Line.Has(RequireAnchor),
            AnchorFiles = Paths(AnchorFiles),
            Authorities = Paths(Authorities),
            Range = invocation.Line.Value(Range),
            TrustRoot = Verifying.RootOf(invocation),
        };
        var progress = Progress.Start(invocation.Terminal, "verifying the log", invocation.Time);
        VerifyReport report;
        await using (progress.ConfigureAwait(false))
            report = await audit.VerifyAsync(request, cancellationToken).ConfigureAwait(false);
        if (invocation.Line.Has(Sarif))
            JsonOutput.Write(invocation.Terminal, writer => VerifySarif.Write(writer, report));
        else if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, report));
        else
            WriteText(invocation.Terminal, report);
        if (await audit.IgnoredAsync(cancellationToken).ConfigureAwait(false) is { } ignored)
            invocation.Terminal.Note(Terminal.Safe($"warning: {ignored.Message}. {ignored.Hint}"));
        return (ExitCode)report.ExitCode;
    }

    /// <summary>Prints what is not valid, and the sum.</summary>
    internal static void WriteText(Terminal terminal, VerifyReport report)
    {
        var bad = report.Entries.Where(static v => VerifyExitCode.Of(v.Status) != VerifyExitCode.Valid).Select(static v => (v.Status, v.Path, Message: v.Message ?? ""))
            .Concat(report.Findings.Select(static f => (f.Status, f.Path, f.Message)));
        Alike(terminal, bad.GroupBy(static b => (b.Status, b.Message)), b => Line(terminal, b.Status, b.Path, b.Message));
        var idle = (report.Anchors?.Anchors ?? []).Where(static a => a.Fault is not null).GroupBy(static a => a.Fault);
        Alike(terminal, idle, a => terminal.WriteLine(terminal.Paint(Style.Dim, Terminal.Safe($"anchor {a.Name} does not count: {a.Fault}"))));
        foreach (var borrowed in report.Borrowed.GroupBy(static b => (b.Holder, b.Claimed)))
        {
            var count = borrowed.Count();
            terminal.WriteLine(terminal.Paint(Style.Yellow, Terminal.Safe(
                $"{count} {(count == 1 ? "entry" : "entries")} by the key of {borrowed.Key.Holder} {(count == 1 ? "calls itself" : "call themselves")} {borrowed.Key.Claimed}, whose key is another{(count == 1 ? ": " : ", such as ")}{borrowed.First().Path}")));
        }

        terminal.WriteLine(terminal.Paint(report.ExitCode == 0 ? Style.Green : Style.Red, Terminal.Safe(report.Summary)));
    }

    // One cause (a root that is not pinned) can stand behind every line.
    private static void Alike<TKey, TItem>(Terminal terminal, IEnumerable<IGrouping<TKey, TItem>> groups, Action<TItem> write)
    {
        foreach (var group in groups)
        {
            var count = group.Count();
            foreach (var item in group.Take(count > MostAlike + 1 ? MostAlike : count))
                write(item);
            if (count > MostAlike + 1)
                terminal.WriteLine(terminal.Paint(Style.Dim, $"  and {count - MostAlike} more for the same reason"));
        }
    }

    private static void Line(Terminal terminal, EntryStatus status, string path, string message) =>
        terminal.WriteLine($"{terminal.Paint(VerifyExitCode.Of(status) == VerifyExitCode.Incomplete ? Style.Yellow : Style.Red, status.ToString())}  {Terminal.Safe(path)}: {Terminal.Safe(message)}");

    private static void WriteJson(Utf8JsonWriter writer, VerifyReport report)
    {
        writer.WriteStartObject();
        writer.WriteNumber("exitCode", report.ExitCode);
        writer.WriteString("summary", report.Summary);
        writer.WriteNumber("streams", report.Streams);
        if (report.Anchors is { } anchors)
            WriteAnchors(writer, anchors);
        writer.WriteStartArray("entries");
        foreach (var verdict in report.Entries)
        {
            writer.WriteStartObject();
            writer.WriteString("leaf", verdict.Entry.Leaf);
            writer.WriteString("change", verdict.Entry.Change);
            writer.WriteString("stream", verdict.Entry.Stream);
            writer.WriteNumber("seq", verdict.Entry.Seq);
            writer.WriteString("path", verdict.Path);
            writer.WriteString("status", verdict.Status.ToString());
            writer.WriteString("message", verdict.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("status", finding.Status.ToString());
            writer.WriteString("path", finding.Path);
            writer.WriteString("message", finding.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("borrowedNames");
        foreach (var borrowed in report.Borrowed)
        {
            writer.WriteStartObject();
            writer.WriteString("leaf", borrowed.Entry.Leaf);
            writer.WriteString("path", borrowed.Path);
            writer.WriteString("developer", borrowed.Holder);
            writer.WriteString("claimedDeveloper", borrowed.Claimed);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteAnchors(Utf8JsonWriter writer, AnchorReport report)
    {
        writer.WriteStartArray("anchors");
        foreach (var anchor in report.Anchors)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", anchor.Kind switch { AnchorKind.Tag => "tag", AnchorKind.TimeStamp => "timestamp", _ => "file" });
            writer.WriteString("name", anchor.Name);
            writer.WriteString("at", anchor.At?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteString("by", anchor.By);
            writer.WriteString("fault", anchor.Fault);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("unprotected", report.Unprotected);
    }
}
