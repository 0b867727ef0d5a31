using System.Buffers;

namespace Colophon.Specs.Json;

/// <summary>The answer of <c>validate</c>.</summary>
internal static class ReportJson
{
    internal static void Write(SpecTree tree, ValidationReport report, IBufferWriter<byte> output)
    {
        var json = new JsonText(output);
        json.BeginObject();
        json.Name("items");
        json.BeginArray();
        foreach (var item in report.Items)
            WriteItem(json, item);
        json.EndArray();
        WriteSummary(json, report);
        json.Text("version", "1.0");
        ErrorJson.EndWithRoot(json, tree);
    }

    /// <summary>The answer of <c>validate --report findings</c>: only items with findings.</summary>
    internal static void WriteFindings(SpecTree tree, ValidationReport report, string scope, IBufferWriter<byte> output)
    {
        var found = report.Items.Where(static item => item.Issues.Count > 0).ToList();
        var json = new JsonText(output);
        json.BeginObject();
        json.Name("report");
        json.BeginObject();
        json.Text("kind", "validation-findings");
        json.Text("version", "1.0");
        json.Text("scope", scope);
        json.Number("returnedItems", found.Count);
        json.Number("totalItems", report.Items.Count);
        json.EndObject();
        json.Name("itemFindings");
        json.BeginArray();
        foreach (var item in found)
            WriteItem(json, item);
        json.EndArray();
        WriteSummary(json, report);
        ErrorJson.EndWithRoot(json, tree);
    }

    private static void WriteSummary(JsonText json, ValidationReport report)
    {
        json.Name("summary");
        json.BeginObject();
        json.Name("totals");
        WriteCounts(json, report.Items, null);
        json.Name("byType");
        json.BeginObject();
        foreach (var kind in report.Kinds)
        {
            json.Name(NameOf(kind));
            WriteCounts(json, report.Items, kind);
        }

        json.EndObject();
        json.EndObject();
    }

    private static void WriteItem(JsonText json, ValidationItem item)
    {
        json.BeginObject();
        json.Text("id", item.Id);
        json.Text("type", NameOf(item.Kind));
        json.Flag("valid", item.Valid);
        WriteIssues(json, item.Issues);
        json.Number("durationMs", item.DurationMilliseconds);
        json.EndObject();
    }

    internal static string LevelOf(ValidationIssue issue) => issue.Level switch { IssueLevel.Error => "ERROR", IssueLevel.Warning => "WARNING", _ => "INFO" };

    internal static void WriteIssues(JsonText json, IEnumerable<ValidationIssue> issues)
    {
        json.Name("issues");
        json.BeginArray();
        foreach (var issue in issues)
        {
            json.BeginObject();
            json.Text("level", LevelOf(issue));
            json.Text("path", issue.Path);
            if (issue.Line is { } line)
                json.Number("line", line);
            json.Text("message", issue.Message);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteCounts(JsonText json, IReadOnlyList<ValidationItem> items, ItemKind? kind)
    {
        var (all, passed) = (0, 0);
        foreach (var item in items)
        {
            if (kind is { } only && item.Kind != only)
                continue;
            all++;
            passed += item.Valid ? 1 : 0;
        }

        json.BeginObject();
        json.Number("items", all);
        json.Number("passed", passed);
        json.Number("failed", all - passed);
        json.EndObject();
    }

    internal static string NameOf(ItemKind kind) => kind == ItemKind.Change ? "change" : "spec";
}
