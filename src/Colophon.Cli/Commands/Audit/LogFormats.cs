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
    public static void WriteCsv(Terminal terminal, AuditPage page)
    {
        terminal.Write(CsvOutput.Row("leaf", "id", "kind", "recordedAt", "change", "stream", "seq", "task", "developer", "keyId", "model", "accepted", "generation", "files", "verdict", "claimedDeveloper"));
        foreach (var row in page.Rows)
        {
            var (p, signer) = (row.Entry.Predicate, row.Signer);
            terminal.Write(CsvOutput.Row(
                row.Entry.Leaf, p.Id, JsonNamingPolicy.CamelCase.ConvertName(p.Kind.ToString()), p.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"), p.Change, p.Stream, $"{p.Seq}", row.Task ?? "",
                signer.Name, p.Actor.KeyId, row.Model ?? "", row.Accepted is { } accepted ? accepted ? "true" : "false" : "", row.Generation?.Leaf ?? "", string.Join('\n', p.Files.Select(static f => f.Path)), p.Approval is { } approval ? VerdictText.Id(approval.Verdict) : "", signer.Claimed ?? ""));
        }

        Note(terminal, page, "No entries.");
    }

    /// <summary>One of the forms of other tools. The query's limit counts what is printed: envelopes, records, or commits with a note.</summary>
    public static async Task WriteAsync(Terminal terminal, string format, ProjectAudit audit, AuditQuery query, CancellationToken cancellationToken)
    {
        switch (format)
        {
            case "agent-trace":
                var traced = audit.Query(query, AuditExports.IsTraced);
                foreach (var write in await audit.Exports.AgentTracesAsync(traced.Rows, ProgramVersion.Text, cancellationToken).ConfigureAwait(false))
                    JsonOutput.WriteEvent(terminal, write);
                Note(terminal, traced, "No entry that fits says which lines were written.");
                break;
            case "git-ai":
                // A commit's entries belong together: all are read, and the limit counts commits.
                var written = audit.Query(query with { Limit = int.MaxValue }, AuditExports.IsWritten).Rows;
                var notes = await audit.Exports.AuthorshipNotesAsync(written, cancellationToken).ConfigureAwait(false);
                WriteNotes(terminal, Newest(notes, query.Limit), written, await audit.Exports.HasAuthorshipNotesAsync(cancellationToken).ConfigureAwait(false));
                break;
            default:
                var page = audit.Query(query);
                WriteInToto(terminal, page.Rows);
                Note(terminal, page, "No entries.");
                break;
        }
    }

    private static IReadOnlyList<CommitNote> Newest(IReadOnlyList<CommitNote> notes, int limit)
    {
        var (first, told) = (notes.Count, 0);
        while (first > 0 && told < limit)
            told += notes[--first].Text.Length > 0 ? 1 : 0;
        return [.. notes.Skip(first)];
    }

    /// <summary>Says beside the result that there are more, or none.</summary>
    public static void Note(Terminal terminal, AuditPage page, string none)
    {
        if (page.Rows.Count == 0)
            terminal.Note(none);
        else if (page.Next is { } next)
            terminal.Note($"There are more: the same command with --after {next[..12]}");
    }

    // A stream of git fast-import: notes have a form of their own in git's store, which only git writes.
    private static void WriteNotes(Terminal terminal, IReadOnlyList<CommitNote> notes, IReadOnlyList<AuditRow> rows, bool goesOn)
    {
        foreach (var left in notes.SelectMany(static n => n.LeftOut).GroupBy(static f => f.IsUnnameable).OrderBy(static g => g.Key))
        {
            var why = left.Key ? "the format has no way to name it" : "committed otherwise than the entries left it";
            terminal.Note($"{left.Count()} {(left.Count() == 1 ? "file is" : "files are")} left out: {why}, such as {Terminal.Safe(left.First().Path)}.");
        }

        var told = notes.Where(static n => n.Text.Length > 0).ToArray();
        if (told.Length == 0)
        {
            terminal.Note(rows.Count == 0 ? "No entry that fits says which lines were written." : "No commit holds what the entries wrote. Commit .openspec/audit together with the files.");
            return;
        }

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
