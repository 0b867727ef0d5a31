using System.Text.Json;
using Colophon.Provenance.Attribution;

namespace Colophon.Provenance.Coverage;

/// <summary>
/// A blame as JSON, shape <c>colophon.blame/1</c>:
/// <code>
/// { "schema", "path", "lines",
///   "runs": [ { "start", "count", "owner": "model"|"human"|"unknown", "person", "claimedPerson"?, "when", "entry", "commit", "overrides",
///               "source"?: { "decision", "generation", "change", "task", "taskText", "requirements", "model", "person", "claimedPerson"?, "acceptedAt" }, "stale": [ids], "reason"?, "why"? } ], "notes": [ … ] }
/// </code>
/// Lines count from 1. Fields may be added, never removed or changed, under the same schema.
/// </summary>
public static class BlameJson
{
    /// <summary>Writes a blame.</summary>
    public static void Write(FileBlame blame, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("schema", "colophon.blame/1");
        json.WriteString("path", blame.Path);
        json.WriteNumber("lines", blame.Lines);
        json.WriteStartArray("runs");
        foreach (var run in blame.Runs)
            Run(json, run);
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in blame.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Run(Utf8JsonWriter json, BlameRun run)
    {
        json.WriteStartObject();
        json.WriteNumber("start", run.Start);
        json.WriteNumber("count", run.Count);
        json.WriteString("owner", run.Kind switch { OwnerKind.Model => "model", OwnerKind.Human => "human", _ => "unknown" });
        json.WriteString("person", run.Person);
        if (run.ClaimedPerson is { } claimed)
            json.WriteString("claimedPerson", claimed);
        json.WriteString("when", run.When?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        json.WriteString("entry", run.Entry);
        json.WriteString("commit", run.Commit);
        json.WriteString("overrides", run.Overrides);
        if (run.Source is { } source)
        {
            json.WritePropertyName("source");
            CoverageJson.Source(json, source);
        }

        json.WriteStartArray("stale");
        foreach (var requirement in run.Stale)
            json.WriteStringValue(requirement);
        json.WriteEndArray();
        CoverageJson.Cause(json, run.Cause);
        json.WriteEndObject();
    }
}
