using System.Text.Json;
using Colophon.Specs;

namespace Colophon.Engine.Tracing;

/// <summary>
/// The matrix as JSON, shape <c>colophon.trace/1</c>:
/// <code>
/// { "schema", "selection": null, "commit": null,
///   "totals": { "requirements", "scenarios", "dueScenarios", "testedScenarios", "percent", "requirementsWithCode", "stale", "danglingLinks" },
///   "requirements": [ { "id", "name", "capability", "path", "line", "hash", "change": null, "removedBy": null, "renamedFrom": null, "due", "stale",
///     "scenarios": [ { "id", "name", "path", "line", "change": null, "due", "tests": [ TEST ] } ], "tests": [ TEST ],
///     "places": [ { "path", "line", "reference" } ],
///     "code": [ { "decision", "generation", "change", "task", "taskText", "model", "person", "acceptedAt", "lines", "stale", "files": [ { "path", "ranges": [ [ start, count ] ] } ] } ] } ],
///   "gaps": [ { "kind": "danglingLink"|"scenarioWithoutTest"|"requirementWithoutCode"|"staleCode"|"requirementGone"|"codeWithoutRequirement", "subject", "path", "line", "message", "hint" } ],
///   "notes": [ … ] }
/// TEST: "path", "line", "test": null | { "name", "within": [], "line" }, "whole", "byName"
/// </code>
/// Lines count from 1. Fields may be added, never removed or changed, under the same schema.
/// </summary>
public static class TraceJson
{
    /// <summary>Writes the report.</summary>
    public static void Write(TraceReport report, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString("schema", "colophon.trace/1");
        json.WriteString("selection", report.Selection);
        json.WriteString("commit", report.Commit);
        Totals(json, report);
        json.WriteStartArray("requirements");
        foreach (var requirement in report.Requirements)
            Requirement(json, requirement);
        json.WriteEndArray();
        json.WriteStartArray("gaps");
        foreach (var gap in report.Gaps)
        {
            json.WriteStartObject();
            json.WriteString("kind", KindOf(gap.Kind));
            json.WriteString("subject", gap.Subject);
            json.WriteString("path", gap.Path);
            if (gap.Line is { } line)
                json.WriteNumber("line", line);
            else
                json.WriteNull("line");
            json.WriteString("message", gap.Message);
            json.WriteString("hint", gap.Hint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in report.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        if (report.Problems.Count > 0)
            Problems(json, report.Problems);
        json.WriteEndObject();
    }

    /// <summary>Writes the member <c>problems</c>: what cannot be read.</summary>
    public static void Problems(Utf8JsonWriter json, IReadOnlyList<SpecProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(problems);
        json.WriteStartArray("problems");
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("name", problem.Name);
            json.WriteString("path", problem.Path);
            json.WriteString("code", problem.Code);
            json.WriteString("message", problem.Message);
            json.WriteString("hint", problem.Hint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The name of a kind of gap for a program.</summary>
    public static string KindOf(TraceGapKind kind) => kind switch
    {
        TraceGapKind.DanglingLink => "danglingLink",
        TraceGapKind.ScenarioWithoutTest => "scenarioWithoutTest",
        TraceGapKind.RequirementWithoutCode => "requirementWithoutCode",
        TraceGapKind.StaleCode => "staleCode",
        TraceGapKind.RequirementGone => "requirementGone",
        _ => "codeWithoutRequirement",
    };

    /// <summary>Writes a test's members.</summary>
    internal static void TestMembers(Utf8JsonWriter json, TracedTest test)
    {
        json.WriteString("path", test.Path);
        json.WriteNumber("line", test.Line);
        if (test.Test is { } name)
        {
            json.WriteStartObject("test");
            json.WriteString("name", name.Name);
            json.WriteStartArray("within");
            foreach (var within in name.Within)
                json.WriteStringValue(within);
            json.WriteEndArray();
            json.WriteNumber("line", name.Line);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("test");
        }

        json.WriteBoolean("whole", test.IsWhole);
        json.WriteBoolean("byName", test.IsByName);
    }

    private static void Totals(Utf8JsonWriter json, TraceReport report)
    {
        json.WriteStartObject("totals");
        json.WriteNumber("requirements", report.Requirements.Count);
        json.WriteNumber("scenarios", report.Requirements.Sum(static r => r.Scenarios.Count));
        json.WriteNumber("dueScenarios", report.DueScenarios);
        json.WriteNumber("testedScenarios", report.TestedScenarios);
        json.WriteNumber("percent", report.BasisPoints / 100m);
        json.WriteNumber("requirementsWithCode", report.Requirements.Count(static r => r.HasCode));
        json.WriteNumber("stale", report.Requirements.Count(static r => r.IsStale));
        json.WriteNumber("danglingLinks", report.DanglingLinks);
        json.WriteEndObject();
    }

    private static void Requirement(Utf8JsonWriter json, TracedRequirement requirement)
    {
        json.WriteStartObject();
        json.WriteString("id", requirement.Id);
        json.WriteString("name", requirement.Name);
        json.WriteString("capability", requirement.Capability);
        json.WriteString("path", requirement.Path);
        json.WriteNumber("line", requirement.Line);
        json.WriteString("hash", requirement.Hash);
        json.WriteString("change", requirement.Change);
        json.WriteString("removedBy", requirement.RemovedBy);
        json.WriteString("renamedFrom", requirement.RenamedFrom);
        json.WriteBoolean("due", requirement.IsDue);
        json.WriteBoolean("stale", requirement.IsStale);
        json.WriteStartArray("scenarios");
        foreach (var scenario in requirement.Scenarios)
        {
            json.WriteStartObject();
            json.WriteString("id", scenario.Id);
            json.WriteString("name", scenario.Name);
            json.WriteString("path", scenario.Path);
            json.WriteNumber("line", scenario.Line);
            json.WriteString("change", scenario.Change);
            json.WriteBoolean("due", scenario.IsDue);
            Tests(json, scenario.Tests);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Tests(json, requirement.Tests);
        json.WriteStartArray("places");
        foreach (var place in requirement.Places)
        {
            json.WriteStartObject();
            json.WriteString("path", place.Path);
            json.WriteNumber("line", place.Line);
            json.WriteString("reference", place.Reference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("code");
        foreach (var code in requirement.Code)
            Code(json, code);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Tests(Utf8JsonWriter json, IReadOnlyList<TracedTest> tests)
    {
        json.WriteStartArray("tests");
        foreach (var test in tests)
        {
            json.WriteStartObject();
            TestMembers(json, test);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Code(Utf8JsonWriter json, TracedCode code)
    {
        json.WriteStartObject();
        json.WriteString("decision", code.Source.Decision);
        json.WriteString("generation", code.Source.Generation);
        json.WriteString("change", code.Source.Change);
        json.WriteString("task", code.Source.Task);
        json.WriteString("taskText", code.Source.TaskText);
        json.WriteString("model", code.Source.Model);
        json.WriteString("person", code.Source.Person);
        if (code.Source.ClaimedPerson is { } claimed)
            json.WriteString("claimedPerson", claimed);
        json.WriteString("acceptedAt", code.Source.AcceptedAt);
        json.WriteNumber("lines", code.Lines);
        json.WriteBoolean("stale", code.IsStale);
        json.WriteStartArray("files");
        foreach (var file in code.Files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteStartArray("ranges");
            foreach (var (start, count) in file.Ranges)
            {
                json.WriteStartArray();
                json.WriteNumberValue(start);
                json.WriteNumberValue(count);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
