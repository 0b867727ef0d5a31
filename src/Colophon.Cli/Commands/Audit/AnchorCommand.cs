using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Audit;

/// <summary><c>colophon audit anchor</c>.</summary>
internal sealed class AnchorCommand : CliCommand
{
    private static readonly OptionSpec Tag = new("--tag", "Make a signed git tag; push it to where you cannot take it back.");

    private static readonly OptionSpec AddTo = new("--file", "Add it to a file on storage that only takes additions.") { Value = "file", Kind = WordKind.Path };

    private static readonly OptionSpec Request = new("--request", "Write a request for a time-stamping authority (RFC 3161).") { Value = "file.tsq", Kind = WordKind.Path };

    private static readonly OptionSpec Reply = new("--reply", "Take the authority's reply into the log.") { Value = "file.tsr", Kind = WordKind.Path };

    /// <inheritdoc/>
    public override string Name => "audit anchor";

    /// <inheritdoc/>
    public override string Summary => "Let somebody outside remember the log, so that not even its writers can rewrite it unnoticed.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Whoever holds a key can rewrite what they signed until somebody else remembers it. audit verify compares the log
        with its anchors, says what none covers, and fails there with --require-anchor. Nothing is sent: a request goes
        to an authority as you like, for example
          curl -H 'Content-Type: application/timestamp-query' --data-binary @a.tsq -o a.tsr https://freetsa.org/tsr
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("colophon audit anchor --tag", "A signed tag on the commit that holds the log."),
        new("colophon audit anchor --request a.tsq", "What to send to a time-stamping authority."),
        new("colophon audit anchor --reply a.tsr", "Keep its answer."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [AddTo, Reply, Request, Tag];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        string? At(OptionSpec option) => invocation.Line.Value(option) is { } path ? Path.GetFullPath(path, invocation.Directory) : null;
        var order = new AnchorOrder { Tag = invocation.Line.Has(Tag), File = At(AddTo), Request = At(Request), Reply = At(Reply) };
        if (order is { Tag: false, File: null, Request: null, Reply: null } || (order.Reply is not null && order is not { Tag: false, File: null, Request: null }))
            throw new CliException(CliError.MissingArgument, "Say what is to remember the log.", "One or more of --tag, --file and --request; or --reply alone.");
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var outcome = await ProjectAnchors.RunAsync(engine, order, cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
            WriteJson(invocation.Terminal, outcome);
        else
            WriteText(invocation.Terminal, outcome);
        return ExitCode.Done;
    }

    private static void WriteText(Terminal terminal, AnchorOutcome outcome)
    {
        if (outcome.Tag is { } tag)
            terminal.WriteLine(Terminal.Safe($"Made the tag {tag}. It anchors once it is pushed: git push origin {tag}"));
        if (outcome.File is { } file)
            terminal.WriteLine(Terminal.Safe($"Added {outcome.Statement.Name} to {file}."));
        if (outcome.Request is { } request)
            terminal.WriteLine(Terminal.Safe($"Wrote {request}. Send it to an authority, then: colophon audit anchor --reply <its reply>. Commit .openspec/audit."));
        if (outcome.StampedAt is { } at)
            terminal.WriteLine($"Took the time-stamp of {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC for {outcome.Statement.Name}. Commit .openspec/audit.");
    }

    private static void WriteJson(Terminal terminal, AnchorOutcome outcome) => JsonOutput.Write(terminal, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("anchor", outcome.Statement.Name);
        JsonOutput.WriteStrings(writer, "heads", outcome.Statement.Heads);
        writer.WriteString("tag", outcome.Tag);
        writer.WriteString("file", outcome.File);
        writer.WriteString("request", outcome.Request);
        writer.WriteString("stampedAt", outcome.StampedAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    });
}
