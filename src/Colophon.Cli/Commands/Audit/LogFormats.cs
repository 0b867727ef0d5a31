using System.Text;
using System.Text.Json;
using Colophon.Cli.Commands.Approvals;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Provenance.Log;

namespace Colophon.Cli.Commands.Audit;

/// <summary>The log in forms that other programs read.</summary>
internal static class LogFormats
{
    /// <summary>CSV, a heading and a row an entry.</summary>
    public static void WriteCsv(Terminal terminal, IReadOnlyList<AuditRow> rows)
    {
        terminal.Write(CsvOutput.Row("leaf", "id", "kind", "recordedAt", "change", "stream", "seq", "task", "developer", "keyId", "model", "accepted", "generation", "files", "verdict"));
        foreach (var row in rows)
        {
            var p = row.Entry.Predicate;
            terminal.Write(CsvOutput.Row(
                row.Entry.Leaf, p.Id, JsonNamingPolicy.CamelCase.ConvertName(p.Kind.ToString()), p.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"), p.Change, p.Stream, $"{p.Seq}", row.Task ?? "",
                p.Actor.Name, p.Actor.KeyId, row.Model ?? "", row.Accepted is { } accepted ? accepted ? "true" : "false" : "", row.Generation?.Leaf ?? "", string.Join('\n', p.Files.Select(static f => f.Path)), p.Approval is { } approval ? VerdictText.Id(approval.Verdict) : ""));
        }
    }

    /// <summary>One of the forms of other tools.</summary>
    public static async Task WriteAsync(Terminal terminal, string format, IReadOnlyList<AuditRow> rows, AuditExports exports, CancellationToken cancellationToken)
    {
        switch (format)
        {
            case "agent-trace":
                foreach (var write in await exports.AgentTracesAsync(rows, ProgramVersion.Text, cancellationToken).ConfigureAwait(false))
                    JsonOutput.WriteEvent(terminal, write);
                break;
            case "git-ai":
                WriteNotes(terminal, await exports.AuthorshipNotesAsync(rows, cancellationToken).ConfigureAwait(false), rows, await exports.HasAuthorshipNotesAsync(cancellationToken).ConfigureAwait(false));
                break;
            default:
                WriteInToto(terminal, rows);
                break;
        }
    }

    // A stream of git fast-import: notes have a form of their own in git's store, which only git writes.
    private static void WriteNotes(Terminal terminal, IReadOnlyList<CommitNote> notes, IReadOnlyList<AuditRow> rows, bool goesOn)
    {
        var left = notes.Sum(static n => n.LeftOut.Count);
        if (left > 0)
            terminal.Note($"{left} {(left == 1 ? "file is" : "files are")} left out: committed otherwise than the entries left them, such as {Terminal.Safe(notes.First(static n => n.LeftOut.Count > 0).LeftOut[0])}.");
        var told = notes.Where(static n => n.Text.Length > 0).ToArray();
        if (told.Length == 0)
            return;
        terminal.WriteLine("commit refs/notes/ai");
        terminal.WriteLine($"committer Colophon <colophon@localhost> {rows[0].Entry.Predicate.RecordedAt.ToUnixTimeSeconds()} +0000");
        Data(terminal, "Authorship from Colophon's audit log\n");
        if (goesOn)
            terminal.WriteLine("from refs/notes/ai^0");
        foreach (var note in told)
        {
            terminal.WriteLine($"N inline {note.Commit}");
            Data(terminal, note.Text);
        }

        terminal.WriteLine();
    }

    private static void Data(Terminal terminal, string text)
    {
        terminal.WriteLine($"data {Encoding.UTF8.GetByteCount(text)}");
        terminal.WriteLine(text);
    }

    /// <summary>One DSSE envelope a line, as in-toto's tools read attestations: the very bytes that were signed, and their signatures.</summary>
    public static void WriteInToto(Terminal terminal, IReadOnlyList<AuditRow> rows)
    {
        foreach (var row in rows)
            JsonOutput.WriteEvent(terminal, writer => WriteEnvelope(writer, row.Entry));
    }

    private static void WriteEnvelope(Utf8JsonWriter writer, Entry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("payloadType", "application/vnd.in-toto+json");
        writer.WriteBase64String("payload", entry.Payload.Span);
        writer.WriteStartArray("signatures");
        foreach (var signature in entry.Signatures)
        {
            writer.WriteStartObject();
            writer.WriteString("keyid", signature.KeyId);
            writer.WriteBase64String("sig", signature.Signature.Span);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
