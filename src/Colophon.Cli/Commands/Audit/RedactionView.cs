using System.Text.Json;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Provenance.Log;

namespace Colophon.Cli.Commands.Audit;

/// <summary>What was erased of an entry, as later entries record it.</summary>
internal static class RedactionView
{
    /// <summary>Prints the redactions alone.</summary>
    public static void Write(Terminal terminal, ProjectAudit audit, Entry entry, IReadOnlyList<Entry> redactions, bool json)
    {
        if (json)
            JsonOutput.Write(terminal, writer => WriteJson(writer, audit, entry, redactions));
        else if (redactions.Count == 0)
            terminal.WriteLine($"Nothing was erased of {entry.Leaf[..12]}.");
        else
            WriteText(terminal, audit, redactions);
    }

    /// <summary>Prints a line for each redaction, among what else is told of the entry.</summary>
    public static void WriteText(Terminal terminal, ProjectAudit audit, IReadOnlyList<Entry> redactions)
    {
        foreach (var redaction in redactions)
        {
            var said = redaction.Predicate;
            var reason = said.Asserted.GetValueOrDefault(Redactions.Reason, "");
            terminal.WriteLine($"  {terminal.Paint(Style.Yellow, "erased".PadRight(12))} {Terminal.OneLine($"{string.Join(" and ", FieldsOf(redaction))}, {said.RecordedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, by {audit.SignerOf(redaction).Text}, entry {redaction.Leaf[..12]}{(reason.Length > 0 ? $": {reason}" : "")}")}");
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, ProjectAudit audit, Entry entry, IReadOnlyList<Entry> redactions)
    {
        writer.WriteStartObject();
        writer.WriteString("entry", entry.Leaf);
        writer.WriteStartArray("redactions");
        foreach (var redaction in redactions)
        {
            var said = redaction.Predicate;
            writer.WriteStartObject();
            JsonOutput.WriteStrings(writer, "fields", FieldsOf(redaction));
            writer.WriteString("recordedAt", said.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
            EntryText.WriteSigner(writer, audit.SignerOf(redaction));
            writer.WriteString("keyId", said.Actor.KeyId);
            writer.WriteString("reason", said.Asserted.GetValueOrDefault(Redactions.Reason));
            writer.WriteString("leaf", redaction.Leaf);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The kinds of content that a redaction says are gone.</summary>
    public static string[] FieldsOf(Entry redaction) => redaction.Predicate.Witnessed.GetValueOrDefault(Redactions.Fields, "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
