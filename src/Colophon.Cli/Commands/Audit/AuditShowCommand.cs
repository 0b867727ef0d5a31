using System.Text;
using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Log;

namespace Colophon.Cli.Commands.Audit;

/// <summary><c>colophon audit show</c>.</summary>
internal sealed class AuditShowCommand : CliCommand
{
    private static readonly OptionSpec Prompt = new("--prompt", "Show the whole prompt and answer, where they were kept.");
    private static readonly OptionSpec Redacted = new("--redactions", "Show only what was erased of it: what, when, by whom, why and by which entry.");

    /// <inheritdoc/>
    public override string Name => "audit show";

    /// <inheritdoc/>
    public override string Summary => "Show one entry of the log.";

    /// <inheritdoc/>
    public override string Details => "With --json, the signed statement itself (in-toto Statement v1), byte for byte as it was signed; what was erased since is no part of it: --redactions --json has that.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = 
    [
        new("colophon audit show 3f9a1c", "By the beginning of its name, as the log shows it."),
        new("colophon audit show 3f9a1c --json", "The signed statement."),
        new("colophon audit show 3f9a1c --redactions --json", "What was erased of it, for a script."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("id", "The entry's name, the beginning of it, or its id.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Prompt, Redacted];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var audit = await ProjectAudit.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        var row = audit.Find(invocation.Line.Arguments[0]);
        var redactions = audit.RedactionsOf(row.Entry);
        if (invocation.Line.Has(Redacted))
            RedactionView.Write(invocation.Terminal, audit, row.Entry, redactions, invocation.Json);
        else if (invocation.Json)
            invocation.Terminal.WriteLine(Encoding.UTF8.GetString(row.Entry.Payload.Span));
        else
            Write(invocation.Terminal, audit, row, redactions, invocation.Line.Has(Prompt));
        return ExitCode.Done;
    }

    private static void Write(Terminal terminal, ProjectAudit audit, AuditRow row, IReadOnlyList<Entry> redactions, bool withPrompt)
    {
        var predicate = row.Entry.Predicate;
        terminal.WriteLine($"{terminal.Paint(Style.Bold, "entry")} {terminal.Paint(Style.Cyan, row.Entry.Leaf)}");
        EntryText.Field(terminal, "kind", EntryText.Kind(row));
        EntryText.Field(terminal, "when", predicate.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff") + " UTC");
        EntryText.Field(terminal, "who", $"{row.Signer.Text}, key {predicate.Actor.KeyId[..Math.Min(12, predicate.Actor.KeyId.Length)]}{(predicate.Actor.Branch is { } branch ? $", on {branch}" : "")}{(predicate.Actor.Commit is { } commit ? $" at {commit[..Math.Min(12, commit.Length)]}" : "")}");
        EntryText.Field(terminal, "change", $"{predicate.Change}, stream {predicate.Stream}, place {predicate.Seq}");
        if ((predicate.Spec ?? row.Generation?.Predicate.Spec) is { } spec)
        {
            EntryText.Field(terminal, "task", $"{spec.Task} {spec.Description}");
            EntryText.Field(terminal, "requirements", string.Join(", ", spec.Requirements.Select(static r => r.Id)));
        }

        if (predicate.Decision is { } decision)
        {
            EntryText.Field(terminal, "decides", $"{decision.Target[..Math.Min(12, decision.Target.Length)]}, {decision.Mode switch { DecisionMode.PerFile => "file by file", DecisionMode.PerHunk => "hunk by hunk", DecisionMode.Edited => "edited", _ => "as a whole" }}");
            EntryText.Field(terminal, "reason", decision.Reason ?? "");
        }

        foreach (var happened in row.Events)
            EntryText.Field(terminal, "event", $"{JsonNamingPolicy.CamelCase.ConvertName(happened.Kind.ToString())}, {happened.Count} times: {happened.Subject}");
        if (predicate.Approval is { } approval)
        {
            EntryText.Field(terminal, "text", approval.Text);
            EntryText.Field(terminal, "reason", approval.Reason ?? "");
            foreach (var file in approval.Files)
                EntryText.Field(terminal, "file", $"{file.Path}  {file.Sha256[..12]}{(file.Tasks ? ", boxes emptied" : "")}");
        }

        if ((predicate.Model ?? row.Generation?.Predicate.Model) is { } model)
        {
            EntryText.Field(terminal, "model", $"{model.Provider}/{model.Requested}{(model.Reported is { } reported && reported != model.Requested ? $" (it called itself {reported})" : "")}");
            EntryText.Field(terminal, "tokens", $"{model.TokensIn:N0} in, {model.TokensOut:N0} out, {model.TokensCached:N0} cached; {(model.CostMicros > 0 ? $"cost {model.CostMicros / 1_000_000.0:0.000000}" : "no cost recorded")}");
        }

        if (predicate.Kind is EntryKind.Redaction or EntryKind.Compaction or EntryKind.GapAck or EntryKind.Discard or EntryKind.KeyEvent)
        {
            foreach (var (name, value) in predicate.Witnessed.Concat(predicate.Asserted).Concat(predicate.Metadata))
                EntryText.Field(terminal, name, value);
        }

        RedactionView.WriteText(terminal, audit, redactions);
        foreach (var file in predicate.Files)
        {
            terminal.WriteLine($"  {file.Action.ToString().ToLowerInvariant(),-7} {Terminal.Safe(file.Path)}  {terminal.Paint(Style.Green, $"+{file.Hunks.Sum(static h => h.NewLines)}")} {terminal.Paint(Style.Red, $"-{file.Hunks.Sum(static h => h.OldLines)}")}");
            if (file.Diff is { } commitment && audit.Disclose(commitment) is { } diff)
                DiffView.Write(terminal, diff);
        }

        if (!withPrompt)
            return;
        Disclosed(terminal, audit, "prompt", predicate.Prompt?.Content);
        Disclosed(terminal, audit, "answer", predicate.Response?.Content);
    }

    private static void Disclosed(Terminal terminal, ProjectAudit audit, string title, Commitment? commitment)
    {
        if (commitment is null)
            return;
        terminal.WriteLine();
        terminal.WriteLine(terminal.Paint(Style.Bold, title));
        terminal.WriteLine(Terminal.Safe(audit.Disclose(commitment) ?? $"({commitment.Bytes:N0} bytes that are not in this copy: erased, or never shared)"));
    }
}
