using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
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
        history holds, where a project commits disclosures, or what others copied, is not erased by this.
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
        var entry = await audit.RedactAsync(invocation.Line.Arguments[0], fields, reason, cancellationToken).ConfigureAwait(false);
        var target = entry.Predicate.Witnessed["redacts"];
        if (invocation.Json)
        {
            JsonOutput.Write(invocation.Terminal, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("leaf", entry.Leaf);
                writer.WriteString("target", target);
                JsonOutput.WriteStrings(writer, "fields", words);
                writer.WriteEndObject();
            });
        }
        else
        {
            invocation.Terminal.WriteLine($"Erased {string.Join(" and ", words)} of {target[..12]}; recorded as {entry.Leaf[..12]}. Commit .openspec/audit.");
        }

        return ExitCode.Done;
    }
}
