using System.Text.Json;
using Colophon.Specs;
using Colophon.Specs.Checking;

namespace Colophon.Cli.Commands.Specs.Findings;

/// <summary>Findings for programs, shape <c>colophon.findings/1</c>. Paths are relative to the root.</summary>
internal static class FindingJson
{
    /// <summary>Writes a report.</summary>
    public static void Write(Utf8JsonWriter writer, CheckReport report, string root)
    {
        writer.WriteStartObject();
        writer.WriteString("schema", "colophon.findings/1");
        writer.WriteString("root", root);
        writer.WriteBoolean("valid", report.Valid);
        writer.WriteStartArray("items");
        foreach (var item in report.Items)
        {
            writer.WriteStartObject();
            writer.WriteString("id", item.Id);
            writer.WriteString("type", FindingText.KindOf(item.Kind));
            writer.WriteBoolean("valid", item.Valid);
            writer.WriteStartArray("findings");
            foreach (var finding in item.Findings)
                Write(writer, finding);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteSummary(writer, report);
        writer.WriteEndObject();
    }

    /// <summary>Writes one finding.</summary>
    public static void Write(Utf8JsonWriter writer, SpecFinding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("code", finding.Code);
        writer.WriteString("rule", finding.Name);
        writer.WriteString("level", FindingText.LevelOf(finding.Level));
        writer.WriteString("path", finding.Path);
        writer.WriteNumber("line", finding.Line);
        writer.WriteNumber("column", finding.Column);
        writer.WriteNumber("endColumn", finding.EndColumn);
        writer.WriteString("message", finding.Message);
        writer.WriteString("hint", finding.Hint);
        if (finding.Fix is { } fix)
            WriteFix(writer, fix);
        else
            writer.WriteNull("fix");
        writer.WriteStartArray("related");
        foreach (var place in finding.Related)
        {
            writer.WriteStartObject();
            writer.WriteString("path", place.Path);
            writer.WriteNumber("line", place.Line);
            writer.WriteString("message", place.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter writer, SpecFix fix)
    {
        writer.WriteStartObject("fix");
        writer.WriteString("description", fix.Description);
        writer.WriteStartArray("edits");
        foreach (var edit in fix.Edits)
        {
            writer.WriteStartObject();
            writer.WriteNumber("line", edit.Line);
            writer.WriteNumber("column", edit.Column);
            writer.WriteNumber("length", edit.Length);
            writer.WriteString("text", edit.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter writer, CheckReport report)
    {
        var findings = report.Items.SelectMany(static item => item.Findings).ToList();
        writer.WriteStartObject("summary");
        writer.WriteNumber("items", report.Items.Count);
        writer.WriteNumber("valid", report.Items.Count(static item => item.Valid));
        writer.WriteNumber("invalid", report.Items.Count(static item => !item.Valid));
        writer.WriteNumber("errors", findings.Count(static f => f.Level == IssueLevel.Error));
        writer.WriteNumber("warnings", findings.Count(static f => f.Level == IssueLevel.Warning));
        writer.WriteNumber("infos", findings.Count(static f => f.Level == IssueLevel.Info));
        writer.WriteEndObject();
    }
}
