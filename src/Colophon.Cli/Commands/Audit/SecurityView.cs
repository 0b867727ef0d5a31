using System.Text.Json;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Provenance.Log;

namespace Colophon.Cli.Commands.Audit;

/// <summary>The security log: one line an event.</summary>
internal static class SecurityView
{
    /// <summary>The kinds of entries that it is made of.</summary>
    public static IReadOnlyList<EntryKind> Kinds { get; } = [EntryKind.Security, EntryKind.KeyEvent];

    /// <summary>Prints the events as a table or as CSV.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<AuditRow> rows, string? next, bool csv)
    {
        if (csv)
        {
            terminal.Write(CsvOutput.Row("leaf", "recordedAt", "developer", "keyId", "session", "event", "subject", "count", "hearsay", "claimedDeveloper"));
            foreach (var row in rows)
            {
                var (p, signer) = (row.Entry.Predicate, row.Signer);
                foreach (var (name, subject, count, hearsay) in Events(row))
                    terminal.Write(CsvOutput.Row(row.Entry.Leaf, p.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"), signer.Name, p.Actor.KeyId, p.Actor.Session ?? "", name, subject, $"{count}", hearsay ? "true" : "false", signer.Claimed ?? ""));
            }

            return;
        }

        if (rows.Count == 0)
        {
            terminal.WriteLine("No entries.");
            return;
        }

        var table = new Table("entry", "when", "who", "event", "times", "about");
        foreach (var row in rows)
        {
            var who = row.Signer.Text;
            foreach (var (name, subject, count, hearsay) in Events(row))
            {
                table.Add(
                    (row.Entry.Leaf[..12], Style.Cyan),
                    (row.Entry.Predicate.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm"), Style.Plain),
                    (who, Style.Plain),
                    (name, hearsay ? Style.Dim : Style.Yellow),
                    ($"{count}", Style.Plain),
                    (subject, Style.Plain));
            }
        }

        table.Write(terminal);
        if (next is not null)
            terminal.WriteLine(terminal.Paint(Style.Dim, $"There are more: the same command with --after {next[..12]}"));
    }

    /// <summary>Writes an entry's events as a member of its row.</summary>
    public static void WriteEvents(Utf8JsonWriter writer, AuditRow row)
    {
        writer.WriteStartArray("events");
        foreach (var (name, subject, count, hearsay) in Events(row))
        {
            writer.WriteStartObject();
            writer.WriteString("event", name);
            writer.WriteString("subject", subject);
            writer.WriteNumber("count", count);
            writer.WriteBoolean("hearsay", hearsay);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static IEnumerable<(string Name, string Subject, int Count, bool Hearsay)> Events(AuditRow row)
    {
        var said = row.Entry.Predicate;
        return said.Kind == EntryKind.KeyEvent
            ? [("keyEvent", $"{said.Metadata.GetValueOrDefault("event")}, trust version {said.Witnessed.GetValueOrDefault("trustVersion")}", 1, false)]
            : row.Events.Select(static e => (JsonNamingPolicy.CamelCase.ConvertName(e.Kind.ToString()), e.Subject, e.Count, e.IsHearsay));
    }
}
