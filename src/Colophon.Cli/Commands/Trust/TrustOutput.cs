using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Trust;

namespace Colophon.Cli.Commands.Trust;

/// <summary>Prints who may sign, and what became of a change.</summary>
internal static class TrustOutput
{
    /// <summary>A trust that was founded or pinned.</summary>
    public static ExitCode Founded(Invocation invocation, ProjectTrust trust)
    {
        if (invocation.Json)
        {
            JsonOutput.Write(invocation.Terminal, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("repo", trust.Repo);
                writer.WriteNumber("version", trust.Version);
                writer.WriteString("fingerprint", trust.Fingerprint);
                writer.WriteEndObject();
            });
        }
        else
        {
            invocation.Terminal.WriteLine($"Pinned the trust root {trust.Fingerprint}");
        }

        return ExitCode.Done;
    }

    /// <summary>A change.</summary>
    public static ExitCode Changed(Invocation invocation, TrustReport report)
    {
        var outcome = report.Outcome;
        if (invocation.Json)
        {
            JsonOutput.Write(invocation.Terminal, writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("version", outcome.Version);
                writer.WriteBoolean("inForce", outcome.InForce);
                writer.WriteNumber("missing", outcome.Missing);
                writer.WriteString("entry", report.Entry);
                JsonOutput.WriteStrings(writer, "notes", report.Notes);
                writer.WriteEndObject();
            });
        }
        else
        {
            invocation.Terminal.WriteLine(outcome.InForce ? $"Version {outcome.Version} of the trust file is in force. Commit .openspec/audit." : $"Version {outcome.Version} of the trust file is proposed.");
            foreach (var note in report.Notes)
                invocation.Terminal.Note($"{invocation.Terminal.PaintNote(Style.Yellow, "note:")} {Terminal.Safe(note)}");
        }

        return ExitCode.Done;
    }

    /// <summary>Everything.</summary>
    public static ExitCode Show(Invocation invocation, TrustView view)
    {
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, view));
        else
            WriteText(invocation.Terminal, view);
        return view.Trust is null ? ExitCode.Configuration : ExitCode.Done;
    }

    private static void WriteText(Terminal terminal, TrustView view)
    {
        if (view.Fault is { } fault)
            terminal.WriteLine(terminal.Paint(Style.Red, Terminal.Safe(fault)));
        if (view.Trust is { } trust)
        {
            terminal.WriteLine($"version {trust.Version}, root {trust.Fingerprint}");
            Keys(terminal, trust.Keys, trust.Roots, trust.Threshold);
        }

        if (view.Pending is { } pending)
        {
            terminal.WriteLine();
            terminal.WriteLine(terminal.Paint(Style.Yellow, $"version {pending.Version} waits for {pending.Missing} more root(s); signed by {(pending.Signers.Count == 0 ? "none" : string.Join(", ", pending.Signers.Select(static s => s[..12])))}"));
            Keys(terminal, pending.Keys, pending.Roots, pending.Threshold);
        }

        terminal.WriteLine();
        if (view.OwnKey is not { } own)
        {
            terminal.WriteLine(terminal.Paint(Style.Yellow, Terminal.Safe($"no key of yours: {view.OwnKeyFault}")));
            return;
        }

        terminal.WriteLine(Terminal.Safe($"your key {view.OwnKeyId?[..12]} ({view.OwnKeyPlace}), to hand to a root:"));
        terminal.WriteLine(own);
    }

    private static void Keys(Terminal terminal, IReadOnlyCollection<TrustedKey> keys, IReadOnlyList<PublicKey> roots, long threshold)
    {
        terminal.WriteLine($"{threshold} of {roots.Count} root(s) must sign a change");
        var table = new Table("key", "who", "role", "from", "until", "");
        foreach (var key in keys)
        {
            var root = roots.Any(r => r.KeyId == key.Key.KeyId) ? "root" : "";
            table.Add((key.Key.KeyId[..12], Style.Cyan), (key.Name, Style.Plain), (Role(key.Role), Style.Plain), (Day(key.ValidFrom), Style.Plain), (Day(key.ValidUntil), Style.Plain), (key.RevokedAt is { } revoked ? $"revoked from {Day(revoked)}" : root, key.RevokedAt is null ? Style.Plain : Style.Red));
        }

        foreach (var root in roots.Where(r => keys.All(k => k.Key.KeyId != r.KeyId)))
            table.Add((root.KeyId[..12], Style.Cyan), ("", Style.Plain), ("none", Style.Plain), ("", Style.Plain), ("", Style.Plain), ("root", Style.Plain));
        table.Write(terminal);
    }

    private static void WriteJson(Utf8JsonWriter writer, TrustView view)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("holds", view.Trust is not null);
        writer.WriteString("fault", view.Fault);
        writer.WriteString("repo", view.Trust?.Repo);
        writer.WriteString("fingerprint", view.Trust?.Fingerprint);
        if (view.Trust is { } trust)
            Version(writer, "inForce", trust.Version, trust.Threshold, trust.Roots, trust.Keys, null);
        if (view.Pending is { } pending)
            Version(writer, "pending", pending.Version, pending.Threshold, pending.Roots, pending.Keys, pending);
        writer.WriteString("ownKey", view.OwnKey);
        writer.WriteString("ownKeyId", view.OwnKeyId);
        writer.WriteString("ownKeyPlace", view.OwnKeyPlace);
        writer.WriteString("ownKeyFault", view.OwnKeyFault);
        writer.WriteEndObject();
    }

    private static void Version(Utf8JsonWriter writer, string name, long version, long threshold, IReadOnlyList<PublicKey> roots, IReadOnlyCollection<TrustedKey> keys, PendingTrust? pending)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("version", version);
        writer.WriteNumber("threshold", threshold);
        JsonOutput.WriteStrings(writer, "roots", [.. roots.Select(static r => r.KeyId)]);
        writer.WriteStartArray("keys");
        foreach (var key in keys)
        {
            writer.WriteStartObject();
            writer.WriteString("keyId", key.Key.KeyId);
            writer.WriteString("public", PublicKeyText.Of(key.Key));
            writer.WriteString("name", key.Name);
            writer.WriteString("role", Role(key.Role));
            writer.WriteString("validFrom", Time(key.ValidFrom));
            writer.WriteString("validUntil", Time(key.ValidUntil));
            writer.WriteString("revokedAt", Time(key.RevokedAt));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (pending is not null)
        {
            JsonOutput.WriteStrings(writer, "signers", pending.Signers);
            writer.WriteNumber("missing", pending.Missing);
        }

        writer.WriteEndObject();
    }

    private static string Role(KeyRole role) => role switch
    {
        KeyRole.Ci => "ci",
        KeyRole.Reviewer => "reviewer",
        _ => "developer",
    };

    private static string Day(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm") ?? "";

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}
