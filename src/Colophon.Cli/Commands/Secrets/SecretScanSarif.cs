using System.Text.Json;
using Colophon.Engine;

namespace Colophon.Cli.Commands.Secrets;

/// <summary>What a scan for secrets found as SARIF 2.1.0 (OASIS).</summary>
internal static class SecretScanSarif
{
    /// <summary>Writes the run: one result for each place.</summary>
    public static void Write(Utf8JsonWriter writer, SecretScanReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "colophon secret scan");
        writer.WriteString("version", ProgramVersion.Text);
        writer.WriteStartArray("rules");
        foreach (var kind in report.Findings.Select(static f => f.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("id", kind);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartArray("results");
        foreach (var finding in report.Findings)
            Result(writer, finding);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter writer, SecretFinding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", finding.Kind);
        writer.WriteString("level", "error");
        writer.WriteStartObject("message");
        writer.WriteString("text", $"This looks like a secret ({finding.Kind}): {finding.Masked}");
        writer.WriteEndObject();
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", string.Join('/', finding.Path.Split('/').Select(Uri.EscapeDataString)));
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", finding.Line);
        writer.WriteNumber("startColumn", finding.Column);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
