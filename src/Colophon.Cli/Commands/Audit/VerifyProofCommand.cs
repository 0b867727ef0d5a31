using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Log;
using Colophon.Provenance.Proofs;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;

namespace Colophon.Cli.Commands.Audit;

/// <summary><c>colophon audit verify-proof</c>.</summary>
internal sealed class VerifyProofCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "audit verify-proof";

    /// <inheritdoc/>
    public override string Summary => "Check a proof of one entry: who signed what, and that it stood in the log.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Needs no network, and with --trust-root no repository: the proof carries the trust files, of which the first must
        have that fingerprint. In the project itself its own trust counts, which knows what was revoked since. Exits as
        audit verify does: 0 valid, 1 changed, 2 a signature does not hold, 3 a key is not trusted; 64 a wrong command
        line, 74 anything else.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("colophon audit verify-proof 3f9a1c.tlog-proof --trust-root 41c7…", "Anywhere, by a fingerprint known from elsewhere."),
        new("colophon audit verify-proof 3f9a1c.tlog-proof", "In the project."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("file", "What audit prove printed.") { Kind = WordKind.Path }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Verifying.TrustRoot];

    /// <inheritdoc/>
    public override ExitCode ExitOf(ExitCode error) => Verifying.ExitOf(error);

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(invocation.Line.Arguments[0], invocation.Directory);
        var verdict = Verifying.RootOf(invocation) is { } root ? ProjectProofs.Check(file, root) : await InProjectAsync(invocation, file, cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, verdict));
        else
            WriteText(invocation.Terminal, verdict);
        return (ExitCode)verdict.ExitCode;
    }

    private static async Task<ProofVerdict> InProjectAsync(Invocation invocation, string file, CancellationToken cancellationToken)
    {
        try
        {
            var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
            await using var _ = engine.ConfigureAwait(false);
            return await ProjectProofs.CheckAsync(engine, file, cancellationToken).ConfigureAwait(false);
        }
        catch (KernelException e) when (e.Error == KernelError.NotARepository)
        {
            throw new CliException(CliError.MissingArgument, "Outside the project a proof is judged by the trust root you know.", "Name its fingerprint: --trust-root <64 digits>; `colophon trust show` prints it in the project.");
        }
    }

    private static void WriteText(Terminal terminal, ProofVerdict verdict)
    {
        terminal.WriteLine(verdict.ExitCode == VerifyExitCode.Valid
            ? terminal.Paint(Style.Green, "Valid")
            : $"{terminal.Paint(Style.Red, verdict.Status.ToString())}  {Terminal.Safe(verdict.Message ?? "")}");
        if (verdict.Entry is not { } entry)
            return;
        if (verdict.ExitCode != VerifyExitCode.Valid)
            terminal.WriteLine("What it claims, which nothing vouches for:");
        var predicate = entry.Predicate;
        EntryText.Field(terminal, "entry", entry.Leaf);
        EntryText.Field(terminal, "kind", Kind(predicate));
        EntryText.Field(terminal, "when", predicate.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff") + " UTC");
        EntryText.Field(terminal, "who", $"{Signer.Of(entry, verdict.Trust).Text}, key {predicate.Actor.KeyId[..Math.Min(12, predicate.Actor.KeyId.Length)]}");
        EntryText.Field(terminal, "change", $"{predicate.Change}, stream {predicate.Stream}, place {predicate.Seq} of {verdict.Size} in the checkpoint{(verdict.Signers.Count > 0 ? " by " + string.Join(", ", verdict.Signers.Select(static s => s.Name)) : "")}");
        if (predicate.Spec is { } spec)
        {
            EntryText.Field(terminal, "task", $"{spec.Task} {spec.Description}".Trim());
            EntryText.Field(terminal, "requirements", string.Join(", ", spec.Requirements.Select(static r => r.Id)));
        }

        if (predicate.Model is { } model)
            EntryText.Field(terminal, "model", $"{model.Provider}/{model.Requested}");
        if (predicate.Decision is { } decision)
            EntryText.Field(terminal, "decides", decision.Target);
        foreach (var file in predicate.Files)
            EntryText.Field(terminal, file.Action.ToString().ToLowerInvariant(), $"{file.Path}  {(file.After ?? file.Before)?.Sha256}");
        if (verdict.Trust is { } trust)
            EntryText.Field(terminal, "trust root", $"{trust.Fingerprint}, version {trust.Version}");
    }

    private static string Kind(Predicate predicate) => predicate.Decision is { } decision ? (decision.Accepted ? "accepted" : "rejected") : JsonNamingPolicy.CamelCase.ConvertName(predicate.Kind.ToString());

    private static void WriteJson(Utf8JsonWriter writer, ProofVerdict verdict)
    {
        writer.WriteStartObject();
        writer.WriteNumber("exitCode", verdict.ExitCode);
        writer.WriteString("status", verdict.Status.ToString());
        writer.WriteString("message", verdict.Message);
        writer.WriteString("leaf", verdict.Entry?.Leaf);
        writer.WriteNumber("size", verdict.Size);
        if (verdict.Entry is { } proved)
            EntryText.WriteSigner(writer, Signer.Of(proved, verdict.Trust));
        JsonOutput.WriteStrings(writer, "signers", [.. verdict.Signers.Select(static s => s.Key.KeyId)]);
        writer.WriteString("trustRoot", verdict.Trust?.Fingerprint);
        writer.WritePropertyName("statement");
        if (verdict.Entry is { } entry)
            writer.WriteRawValue(entry.Payload.Span);
        else
            writer.WriteNullValue();
        writer.WriteEndObject();
    }
}
