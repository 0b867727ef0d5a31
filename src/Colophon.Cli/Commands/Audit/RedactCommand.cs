using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Log;

namespace Colophon.Cli.Commands.Audit;

/// <summary><c>colophon audit redact</c>.</summary>
internal sealed class RedactCommand : CliCommand
{
    private static readonly OptionSpec Field = new("--field", "What is erased; can be given more than once.") { Value = "field", Choices = ["prompt", "response", "diff"], Kind = WordKind.Choice };
    private static readonly OptionSpec Reason = new("--reason", "Why; it stands in the log for good.") { Value = "text" };

    /// <inheritdoc/>
    public override string Name => "audit redact";

    /// <inheritdoc/>
    public override string Summary => "Erase what an entry keeps of prompt, answer or diffs, and record that.";

    /// <inheritdoc/>
    public override string Details =>
        """
        The entry itself stays and still verifies: it only held a salted commitment, and the salt goes too. What git's
        history holds, where a project commits disclosures, or what others copied, is not erased by this. A generation and
        its decision hold the same: both are erased. What was erased before and is erased again for another reason is
        recorded once more. `colophon audit show` tells what was erased of an entry, when, by whom and why.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon audit redact 3f9a1c --field prompt --reason privacy", "The prompt of one entry.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("id", "The entry's name, the beginning of it, or its id.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Field, Reason];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        string[] words = [.. invocation.Line.Values(Field).Distinct(StringComparer.Ordinal)];
        if (words.Length == 0 || invocation.Line.Value(Reason) is not { } reason || string.IsNullOrWhiteSpace(reason))
            throw new CliException(CliError.MissingArgument, "Nothing is erased without a field and a reason.", "For example: --field prompt --reason \"a customer's name\"");
        RedactedField[] fields = [.. words.Select(static w => w switch { "prompt" => RedactedField.Prompt, "response" => RedactedField.Response, _ => RedactedField.Diff })];
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var audit = await ProjectAudit.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        var redactions = await audit.RedactAsync(invocation.Line.Arguments[0], fields, reason, cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, redactions));
        else
            WriteText(invocation.Terminal, redactions);
        return ExitCode.Done;
    }

    private static void WriteText(Terminal terminal, IReadOnlyList<Redaction> redactions)
    {
        foreach (var (entry, isNew) in redactions)
        {
            var said = entry.Predicate;
            var target = said.Witnessed[Redactions.Target][..12];
            terminal.WriteLine(isNew
                ? $"Erased {string.Join(" and ", RedactionView.FieldsOf(entry))} of {target}; recorded as {entry.Leaf[..12]}."
                : $"Already erased of {target} for this reason, recorded as {entry.Leaf[..12]} on {said.RecordedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC; nothing new is recorded.");
        }

        if (redactions.Any(static r => r.IsNew))
            terminal.WriteLine("Commit .openspec/audit.");
    }

    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<Redaction> redactions)
    {
        writer.WriteStartObject();
        WriteOne(writer, redactions[0]);
        writer.WriteStartArray("alsoErased");
        foreach (var other in redactions.Skip(1))
        {
            writer.WriteStartObject();
            WriteOne(writer, other);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteOne(Utf8JsonWriter writer, Redaction redaction)
    {
        writer.WriteString("leaf", redaction.Entry.Leaf);
        writer.WriteString("target", redaction.Entry.Predicate.Witnessed[Redactions.Target]);
        JsonOutput.WriteStrings(writer, "fields", RedactionView.FieldsOf(redaction.Entry));
        writer.WriteBoolean("isNew", redaction.IsNew);
    }
}
