using System.Text.Json;
using Colophon.Provenance.Attribution;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Coverage;

/// <summary>
/// The report as JSON, shape <c>colophon.coverage/1</c>:
/// <code>
/// { "schema", "commit", "project": TOTALS,
///   "specs" | "requirements" | "changes" | "tasks" | "models" | "people": [ { "name", "lines", "files", "stale"? } ],
///   "folders": [ { "path", "files", …TOTALS } ],
///   "files": [ { "path", …TOTALS, "runs": [ { "start", "count", "owner": "model"|"human"|"unknown", "source"?, "reason"?, "why"? } ] } ],
///   "unknown": [ { "reason", "lines", "files" } ],
///   "sources": [ { "decision", "generation", "change", "task", "taskText", "requirements", "model", "person", "acceptedAt" } ],
///   "requirementsWithoutCode"?: [ids], "codeWithoutRequirement": [ { "path", "lines", "model" } ],
///   "skipped": [ { "path", "reason": "binary"|"tooLarge"|"missing" } ], "notes": [ … ] }
/// TOTALS: "lines", "model", "human", "unknown", "percent" (covered, two decimals)
/// </code>
/// <c>source</c> is an index into <c>sources</c>; lines count from 1. Fields may be added, never removed or changed, under the same schema.
/// </summary>
public static class CoverageJson
{
    /// <summary>Writes the report.</summary>
    public static void Write(CoverageReport report, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("schema", "colophon.coverage/1");
        json.WriteString("commit", report.Commit);
        json.WriteStartObject("project");
        Totals(json, report.Project);
        json.WriteEndObject();
        Shares(json, "specs", report.Specs);
        Shares(json, "requirements", report.Requirements);
        Shares(json, "changes", report.Changes);
        Shares(json, "tasks", report.Tasks);
        Shares(json, "models", report.Models);
        Shares(json, "people", report.People);
        json.WriteStartArray("folders");
        foreach (var folder in report.Folders)
        {
            json.WriteStartObject();
            json.WriteString("path", folder.Path);
            json.WriteNumber("files", folder.Files);
            Totals(json, folder.Totals);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var file in report.Files)
            File(json, file);
        json.WriteEndArray();
        json.WriteStartArray("unknown");
        foreach (var unknown in report.Unknown)
        {
            json.WriteStartObject();
            json.WriteString("reason", EnumNames<UnknownReason>.Of(unknown.Reason));
            json.WriteNumber("lines", unknown.Lines);
            json.WriteNumber("files", unknown.Files);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("sources");
        foreach (var source in report.Sources)
            Source(json, source);
        json.WriteEndArray();
        Requirements(json, report);
        json.WriteStartArray("skipped");
        foreach (var file in report.Skipped)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteString("reason", file.Reason switch { SkipReason.Binary => "binary", SkipReason.TooLarge => "tooLarge", _ => "missing" });
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in report.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Requirements(Utf8JsonWriter json, CoverageReport report)
    {
        if (report.WithoutCode is { } missing)
        {
            json.WriteStartArray("requirementsWithoutCode");
            foreach (var requirement in missing)
                json.WriteStringValue(requirement);
            json.WriteEndArray();
        }

        json.WriteStartArray("codeWithoutRequirement");
        foreach (var file in report.WithoutRequirement)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteNumber("lines", file.Lines);
            json.WriteNumber("model", file.Model);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Totals(Utf8JsonWriter json, LineTotals totals)
    {
        json.WriteNumber("lines", totals.Lines);
        json.WriteNumber("model", totals.Model);
        json.WriteNumber("human", totals.Human);
        json.WriteNumber("unknown", totals.Unknown);
        json.WriteNumber("percent", totals.BasisPoints / 100m);
    }

    private static void Shares(Utf8JsonWriter json, string name, IReadOnlyList<CoverageShare> shares)
    {
        json.WriteStartArray(name);
        foreach (var share in shares)
        {
            json.WriteStartObject();
            json.WriteString("name", share.Name);
            json.WriteNumber("lines", share.Lines);
            json.WriteNumber("files", share.Files);
            if (share.IsStale is { } stale)
                json.WriteBoolean("stale", stale);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void File(Utf8JsonWriter json, FileCoverage file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        Totals(json, file.Totals);
        json.WriteStartArray("runs");
        foreach (var run in file.Runs)
        {
            json.WriteStartObject();
            json.WriteNumber("start", run.Start);
            json.WriteNumber("count", run.Count);
            json.WriteString("owner", run.Kind switch { OwnerKind.Model => "model", OwnerKind.Human => "human", _ => "unknown" });
            if (run.Source is { } source)
                json.WriteNumber("source", source);
            Cause(json, run.Cause);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void Cause(Utf8JsonWriter json, UnknownCause? cause)
    {
        if (cause is null)
            return;
        json.WriteString("reason", EnumNames<UnknownReason>.Of(cause.Reason));
        json.WriteString("why", cause.Text);
    }

    internal static void Source(Utf8JsonWriter json, CoverageSource source)
    {
        json.WriteStartObject();
        json.WriteString("decision", source.Decision);
        json.WriteString("generation", source.Generation);
        json.WriteString("change", source.Change);
        json.WriteString("task", source.Task);
        json.WriteString("taskText", source.TaskText);
        json.WriteStartArray("requirements");
        foreach (var requirement in source.Requirements)
            json.WriteStringValue(requirement);
        json.WriteEndArray();
        json.WriteString("model", source.Model);
        json.WriteString("person", source.Person);
        if (source.ClaimedPerson is { } claimed)
            json.WriteString("claimedPerson", claimed);
        json.WriteString("acceptedAt", source.AcceptedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        json.WriteEndObject();
    }
}
