using System.Text.Json;
using Colophon.Provenance.Log;

namespace Colophon.Engine;

/// <summary>Writes entries as trace records of the Agent Trace specification (version 0.1, https://agent-trace.dev).</summary>
public static class AgentTrace
{
    /// <summary>The specification's version, in the form that its schema asks for.</summary>
    public const string Version = "0.1";

    // The schema's limit for a model's name.
    private const int LongestModel = 250;

    /// <summary>Whether it says what was really written.</summary>
    internal static bool IsWritten(AuditRow row) => row.Entry.Predicate is { Kind: EntryKind.HumanEdit } or { Decision.Accepted: true };

    /// <summary>Whether there are lines to trace.</summary>
    internal static bool IsTraced(AuditRow row) => IsWritten(row) && row.Entry.Predicate.Files.Any(static f => f.After is not null && f.Hunks.Any(static h => h.NewLines > 0));

    /// <summary>Writes one record.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="row">The entry.</param>
    /// <param name="commit">The commit whose lines its ranges count; null where it is not known.</param>
    /// <param name="toolVersion">Colophon's version.</param>
    internal static void Write(Utf8JsonWriter writer, AuditRow row, string? commit, string toolVersion)
    {
        var said = row.Entry.Predicate;
        writer.WriteStartObject();
        writer.WriteString("version", Version);
        writer.WriteString("id", Uuid(row.Entry.Leaf));
        writer.WriteString("timestamp", said.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
        if (commit is not null)
        {
            writer.WriteStartObject("vcs");
            writer.WriteString("type", "git");
            writer.WriteString("revision", commit);
            writer.WriteEndObject();
        }

        writer.WriteStartObject("tool");
        writer.WriteString("name", "colophon");
        writer.WriteString("version", toolVersion);
        writer.WriteEndObject();
        writer.WriteStartArray("files");
        foreach (var file in said.Files.Where(static f => f.After is not null))
            WriteFile(writer, row, file);
        writer.WriteEndArray();
        writer.WriteStartObject("metadata");
        writer.WriteStartObject("colophon");
        writer.WriteString("entry", row.Entry.Leaf);
        writer.WriteString("change", said.Change);
        if (row.Task is { } task)
            writer.WriteString("task", task);
        var signer = row.Signer;
        writer.WriteString("developer", signer.Name);
        if (signer.Claimed is { } claimed)
            writer.WriteString("claimedDeveloper", claimed);
        writer.WriteString("keyId", said.Actor.KeyId);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter writer, AuditRow row, FileChange file)
    {
        writer.WriteStartObject();
        writer.WriteString("path", file.Path);
        writer.WriteStartArray("conversations");
        foreach (var by in (HunkAuthor[])[HunkAuthor.Model, HunkAuthor.Human])
        {
            if (LineRanges.Written(file, by) is not { Count: > 0 } ranges)
                continue;
            writer.WriteStartObject();
            writer.WriteString("url", $"urn:colophon:entry:{(by == HunkAuthor.Model ? row.Generation?.Leaf : null) ?? row.Entry.Leaf}");
            writer.WriteStartObject("contributor");
            writer.WriteString("type", by == HunkAuthor.Model ? "ai" : "human");
            if (by == HunkAuthor.Model && row.Model is { Length: <= LongestModel } model)
                writer.WriteString("model_id", model);
            writer.WriteEndObject();
            writer.WriteStartArray("ranges");
            foreach (var range in ranges)
            {
                writer.WriteStartObject();
                writer.WriteNumber("start_line", range.First);
                writer.WriteNumber("end_line", range.Last);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            WriteRelated(writer, row, file);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRelated(Utf8JsonWriter writer, AuditRow row, FileChange file)
    {
        writer.WriteStartArray("related");
        Related("decision", $"urn:colophon:entry:{row.Entry.Leaf}");
        foreach (var requirement in file.Requirements)
            Related("requirement", $"urn:colophon:requirement:{Uri.EscapeDataString(requirement).Replace("%2F", "/", StringComparison.Ordinal)}");
        writer.WriteEndArray();

        void Related(string type, string url)
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WriteString("url", url);
            writer.WriteEndObject();
        }
    }

    // RFC 9562's version 8: bits of one's own, here the leaf's, so that the same entry always has the same id.
    private static string Uuid(string leaf) => $"{leaf[..8]}-{leaf[8..12]}-8{leaf[13..16]}-{"89ab"[Convert.ToInt32(leaf[16..17], 16) & 3]}{leaf[17..20]}-{leaf[20..32]}";
}
