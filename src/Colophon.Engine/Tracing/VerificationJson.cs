using System.Text.Json;
using Colophon.Specs.Tracing.Results;

namespace Colophon.Engine.Tracing;

/// <summary>
/// A verification as JSON, shape <c>colophon.verify/1</c>:
/// <code>
/// { "schema", "change": null, "passed", "totals": { "scenarios", "passed", "failed", "notRun", "noTest" },
///   "run": null | { "command", "exitCode", "timedOut", "durationMs" }, "files": [], "results", "failedResults",
///   "scenarios": [ { "id", "name", "requirement", "path", "line", "status": "passed"|"failed"|"notRun"|"noTest", "message": null,
///     "tests": [ { "path", "line", "test", "whole", "byName", "results": [ { "name", "scope", "outcome": "passed"|"failed"|"skipped", "message" } ] } ] } ],
///   "danglingLinks": [ { "reference", "path", "line", "message", "hint" } ], "notes": [ … ] }
/// </code>
/// Fields may be added, never removed or changed, under the same schema.
/// </summary>
public static class VerificationJson
{
    /// <summary>Writes the report.</summary>
    public static void Write(VerificationReport report, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString("schema", "colophon.verify/1");
        json.WriteString("change", report.Change);
        json.WriteBoolean("passed", report.Passed);
        json.WriteStartObject("totals");
        json.WriteNumber("scenarios", report.Scenarios.Count);
        foreach (var status in Enum.GetValues<ScenarioStatus>())
            json.WriteNumber(StatusOf(status), report.Count(status));
        json.WriteEndObject();
        Run(json, report.Run);
        Texts(json, "files", report.Files);
        json.WriteNumber("results", report.Results);
        json.WriteNumber("failedResults", report.FailedResults);
        json.WriteStartArray("scenarios");
        foreach (var scenario in report.Scenarios)
            Scenario(json, scenario);
        json.WriteEndArray();
        json.WriteStartArray("danglingLinks");
        foreach (var gap in report.Dangling)
        {
            json.WriteStartObject();
            json.WriteString("reference", gap.Subject);
            json.WriteString("path", gap.Path);
            json.WriteNumber("line", gap.Line ?? 0);
            json.WriteString("message", gap.Message);
            json.WriteString("hint", gap.Hint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Texts(json, "notes", report.Notes);
        json.WriteEndObject();
    }

    /// <summary>A status for a program.</summary>
    public static string StatusOf(ScenarioStatus status) => status switch
    {
        ScenarioStatus.Passed => "passed",
        ScenarioStatus.Failed => "failed",
        ScenarioStatus.NotRun => "notRun",
        _ => "noTest",
    };

    private static void Run(Utf8JsonWriter json, VerificationRun? run)
    {
        if (run is null)
        {
            json.WriteNull("run");
            return;
        }

        json.WriteStartObject("run");
        json.WriteString("command", run.Command);
        json.WriteNumber("exitCode", run.ExitCode);
        json.WriteBoolean("timedOut", run.TimedOut);
        json.WriteNumber("durationMs", (long)run.Duration.TotalMilliseconds);
        json.WriteEndObject();
    }

    private static void Scenario(Utf8JsonWriter json, VerifiedScenario verified)
    {
        json.WriteStartObject();
        json.WriteString("id", verified.Scenario.Id);
        json.WriteString("name", verified.Scenario.Name);
        json.WriteString("requirement", verified.Requirement);
        json.WriteString("path", verified.Scenario.Path);
        json.WriteNumber("line", verified.Scenario.Line);
        json.WriteString("status", StatusOf(verified.Status));
        json.WriteString("message", verified.Message);
        json.WriteStartArray("tests");
        foreach (var test in verified.Tests)
        {
            json.WriteStartObject();
            TraceJson.TestMembers(json, test.Test);
            json.WriteStartArray("results");
            foreach (var result in test.Results)
            {
                json.WriteStartObject();
                json.WriteString("name", result.Name);
                json.WriteString("scope", result.Scope);
                json.WriteString("outcome", result.Outcome switch { TestOutcome.Passed => "passed", TestOutcome.Failed => "failed", _ => "skipped" });
                json.WriteString("message", result.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
