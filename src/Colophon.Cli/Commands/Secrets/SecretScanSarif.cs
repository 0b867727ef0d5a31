using System.Text.Json;
using Colophon.Cli.Output;
using Colophon.Engine;

namespace Colophon.Cli.Commands.Secrets;

/// <summary>What a scan for secrets found as SARIF 2.1.0 (OASIS).</summary>
internal static class SecretScanSarif
{
    /// <summary>Writes the run: one result for each place.</summary>
    public static void Write(Utf8JsonWriter writer, SecretScanReport report) => SarifOutput.Write(
        writer,
        "colophon secret scan",
        () =>
        {
            foreach (var kind in report.Findings.Select(static f => f.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                SarifOutput.Rule(writer, kind);
        },
        () =>
        {
            foreach (var finding in report.Findings)
                Result(writer, finding);
        });

    private static void Result(Utf8JsonWriter writer, SecretFinding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", finding.Kind);
        writer.WriteString("level", "error");
        SarifOutput.Text(writer, "message", $"This looks like a secret ({finding.Kind}): {finding.Masked}");
        SarifOutput.Location(writer, finding.Path, finding.Line, finding.Column);
        writer.WriteEndObject();
    }
}
