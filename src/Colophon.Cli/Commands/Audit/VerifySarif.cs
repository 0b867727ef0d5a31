using System.Text.Json;
using Colophon.Cli.Output;
using Colophon.Provenance.Verify;

namespace Colophon.Cli.Commands.Audit;

/// <summary>A verification as SARIF 2.1.0 (OASIS), which code hosts show beside the files.</summary>
internal static class VerifySarif
{
    /// <summary>Writes the run: one result for everything that is not valid.</summary>
    public static void Write(Utf8JsonWriter writer, VerifyReport report)
    {
        var results = report.Entries.Where(static v => VerifyExitCode.Of(v.Status) != VerifyExitCode.Valid).Select(static v => (v.Status, v.Path, Message: v.Message ?? ""))
            .Concat(report.Findings.Select(static f => (f.Status, f.Path, f.Message))).ToList();
        var rules = results.Select(static r => r.Status).Distinct().Order().ToList();
        SarifOutput.Write(
            writer,
            "colophon audit verify",
            () =>
            {
                foreach (var status in rules)
                    Rule(writer, status);
            },
            () =>
            {
                foreach (var (status, path, message) in results)
                    Result(writer, status, rules.IndexOf(status), path, message);
            });
    }

    private static void Rule(Utf8JsonWriter writer, EntryStatus status)
    {
        var (title, meaning) = Meaning(status);
        writer.WriteStartObject();
        writer.WriteString("id", status.ToString());
        SarifOutput.Text(writer, "shortDescription", title);
        SarifOutput.Text(writer, "fullDescription", meaning);
        SarifOutput.Text(writer, "help", VerifyExitCode.Of(status) switch
        {
            VerifyExitCode.Signature => "Find out who wrote the entry: nothing it says is proved.",
            VerifyExitCode.Trust => "Look at `colophon trust show`; pin the root, or add or renew the key if it is to be trusted.",
            VerifyExitCode.Incomplete => "Bring what is missing (`git fetch`, `git fetch --unshallow`, the archive), or seal and anchor the log.",
            VerifyExitCode.Subject => "Compare the commit with the entry: `colophon audit show`.",
            _ => "Compare with another clone: what was verified there before is not what lies here.",
        });
        writer.WriteEndObject();
    }

    private static (string Title, string Meaning) Meaning(EntryStatus status) => status switch
    {
        EntryStatus.HashMismatch => ("Changed bytes", "The bytes are not those that the file's name, or another entry, commits to."),
        EntryStatus.InvalidSignature => ("A signature does not hold", "The signature is missing, malformed, or not over these bytes."),
        EntryStatus.PublicKeyNotTrusted => ("The key is not trusted", "The project does not trust the key, or not for this."),
        EntryStatus.KeyRevoked => ("The key was revoked", "The key was revoked before the entry was made."),
        EntryStatus.KeyExpired => ("The key is not valid then", "The entry lies outside the key's validity."),
        EntryStatus.Malformed => ("Not what it should be", "It cannot be read as what it should be, or does not belong here."),
        EntryStatus.NonCanonical => ("Not in canonical form", "It reads well but is not written in the canonical form."),
        EntryStatus.ChainBroken => ("The chain is broken", "It does not follow the entry before it, or belongs to another place, stream or repository."),
        EntryStatus.Fork => ("Two entries for one place", "Two entries claim one place of a stream."),
        EntryStatus.Truncated => ("The end is gone", "Entries that a checkpoint, the heads, the history or an earlier verification vouch for are gone."),
        EntryStatus.Gap => ("Something is missing", "Something that is referred to is not here: an incomplete copy, or a deletion."),
        EntryStatus.CheckpointMismatch => ("A checkpoint contradicts the entries", "A checkpoint or the heads say something else than the entries."),
        EntryStatus.SubjectMismatch => ("A file is not what its entry says", "The committed content is not what the entry says was written."),
        EntryStatus.ClockAnomaly => ("The times contradict each other", "It claims to be older than the entry before it, or newer than what covers it."),
        EntryStatus.Unanchored => ("Not anchored yet", "No checkpoint or anchor covers it."),
        _ => (status.ToString(), "Nothing is wrong with it."),
    };

    private static void Result(Utf8JsonWriter writer, EntryStatus status, int rule, string path, string message)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", status.ToString());
        writer.WriteNumber("ruleIndex", rule);
        writer.WriteString("level", VerifyExitCode.Of(status) == VerifyExitCode.Incomplete ? "warning" : "error");
        SarifOutput.Text(writer, "message", message.Length > 0 ? message : Meaning(status).Meaning);
        SarifOutput.Location(writer, path);
        writer.WriteEndObject();
    }
}
