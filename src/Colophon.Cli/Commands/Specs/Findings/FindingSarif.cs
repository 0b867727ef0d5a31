using System.Text.Json;
using Colophon.Cli.Output;
using Colophon.Engine.Explain;
using Colophon.Specs;
using Colophon.Specs.Checking;

namespace Colophon.Cli.Commands.Specs.Findings;

/// <summary>Findings as SARIF 2.1.0 (OASIS): rules with their explanations, regions, related places and fixes.</summary>
internal static class FindingSarif
{
    private const string RootId = "ROOT";

    /// <summary>Writes the run.</summary>
    public static void Write(Utf8JsonWriter writer, CheckReport report, string root)
    {
        var findings = report.Items.SelectMany(static item => item.Findings).ToList();
        var rules = findings.Select(static finding => finding.Rule).Distinct().Order().ToList();
        SarifOutput.Write(
            writer,
            "colophon validate",
            () =>
            {
                foreach (var rule in rules)
                    WriteRule(writer, rule, findings.First(finding => finding.Rule == rule).Name);
            },
            () =>
            {
                foreach (var finding in findings)
                    WriteResult(writer, finding, rules.IndexOf(finding.Rule));
            },
            () => Root(writer, root));
    }

    private static void Root(Utf8JsonWriter writer, string root)
    {
        writer.WriteString("columnKind", "utf16CodeUnits");
        writer.WriteStartObject("originalUriBaseIds");
        writer.WriteStartObject(RootId);
        writer.WriteString("uri", $"file://{SarifOutput.Uri(root)}/");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter writer, SpecRule rule, string name)
    {
        var code = $"COL{(int)rule:D4}";
        writer.WriteStartObject();
        writer.WriteString("id", code);
        writer.WriteString("name", name);
        if (CodeCatalogue.Find(code) is { } entry)
        {
            SarifOutput.Text(writer, "shortDescription", entry.Title);
            SarifOutput.Text(writer, "fullDescription", $"{entry.Meaning} {entry.Why}");
            SarifOutput.Text(writer, "help", entry.Mend);
        }

        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, SpecFinding finding, int rule)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", finding.Code);
        writer.WriteNumber("ruleIndex", rule);
        writer.WriteString("level", finding.Level switch { IssueLevel.Error => "error", IssueLevel.Warning => "warning", _ => "note" });
        SarifOutput.Text(writer, "message", $"{finding.Message} {finding.Hint}");
        writer.WriteStartArray("locations");
        WriteLocation(writer, finding.Path, finding.Line, finding.Column, finding.EndColumn, null);
        writer.WriteEndArray();
        if (finding.Related.Count > 0)
        {
            writer.WriteStartArray("relatedLocations");
            foreach (var place in finding.Related)
                WriteLocation(writer, place.Path, place.Line, 1, 1, place.Message);
            writer.WriteEndArray();
        }

        if (finding.Fix is { } fix)
            WriteFix(writer, finding.Path, fix);
        writer.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter writer, string path, int line, int column, int endColumn, string? message)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        WriteArtifact(writer, path);
        WriteRegion(writer, "region", line, column, endColumn);
        writer.WriteEndObject();
        if (message is not null)
            SarifOutput.Text(writer, "message", message);
        writer.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter writer, string path, SpecFix fix)
    {
        writer.WriteStartArray("fixes");
        writer.WriteStartObject();
        SarifOutput.Text(writer, "description", fix.Description);
        writer.WriteStartArray("artifactChanges");
        writer.WriteStartObject();
        WriteArtifact(writer, path);
        writer.WriteStartArray("replacements");
        foreach (var edit in fix.Edits)
        {
            writer.WriteStartObject();
            WriteRegion(writer, "deletedRegion", edit.Line, edit.Column, edit.Column + edit.Length);
            SarifOutput.Text(writer, "insertedContent", edit.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteArtifact(Utf8JsonWriter writer, string path)
    {
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", SarifOutput.Uri(path));
        writer.WriteString("uriBaseId", RootId);
        writer.WriteEndObject();
    }

    private static void WriteRegion(Utf8JsonWriter writer, string name, int line, int column, int endColumn)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("startLine", line);
        writer.WriteNumber("startColumn", column);
        writer.WriteNumber("endLine", line);
        writer.WriteNumber("endColumn", Math.Max(column, endColumn));
        writer.WriteEndObject();
    }
}
