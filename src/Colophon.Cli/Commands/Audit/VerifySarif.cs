using System.Text.Json;
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
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "colophon audit verify");
        writer.WriteString("version", ProgramVersion.Text);
        writer.WriteStartArray("rules");
        foreach (var status in results.Select(static r => r.Status).Distinct().Order())
        {
            writer.WriteStartObject();
            writer.WriteString("id", status.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartArray("results");
        foreach (var (status, path, message) in results)
            Result(writer, status, path, message);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter writer, EntryStatus status, string path, string message)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", status.ToString());
        writer.WriteString("level", VerifyExitCode.Of(status) == VerifyExitCode.Incomplete ? "warning" : "error");
        writer.WriteStartObject("message");
        writer.WriteString("text", message.Length > 0 ? message : status.ToString());
        writer.WriteEndObject();
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", string.Join('/', path.Split('/', '\\').Select(Uri.EscapeDataString)));
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
