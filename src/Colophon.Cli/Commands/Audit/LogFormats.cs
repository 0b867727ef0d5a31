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
