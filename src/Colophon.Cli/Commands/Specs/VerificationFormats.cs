using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine.Tracing;

namespace Colophon.Cli.Commands.Specs;

/// <summary>A verification for build servers: JUnit XML with a test case a scenario, and SARIF 2.1.0 (OASIS) with a result for each that did not pass.</summary>
internal static class VerificationFormats
{
    /// <summary>Prints JUnit XML.</summary>
    public static void WriteJUnit(Terminal terminal, VerificationReport report)
    {
        var name = report.Change ?? "specifications";
        var bad = report.Count(ScenarioStatus.Failed) + report.Count(ScenarioStatus.NoTest);
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.Append(CultureInfo.InvariantCulture, $"<testsuites>\n  <testsuite name=\"{Xml(name)}\" tests=\"{report.Scenarios.Count}\" failures=\"{bad}\" skipped=\"{report.Count(ScenarioStatus.NotRun)}\">\n");
        foreach (var scenario in report.Scenarios)
        {
            xml.Append(CultureInfo.InvariantCulture, $"    <testcase classname=\"{Xml(scenario.Requirement)}\" name=\"{Xml(scenario.Scenario.Name)}\" file=\"{Xml(scenario.Scenario.Path)}\" line=\"{scenario.Scenario.Line}\"");
            xml.Append(scenario.Status switch
            {
                ScenarioStatus.Passed => "/>\n",
                ScenarioStatus.NotRun => $"><skipped message=\"{(scenario.IsSkipped ? "skipped" : "not run")}\"/></testcase>\n",
                _ => $"><failure message=\"{Xml(Message(scenario))}\"/></testcase>\n",
            });
        }

        xml.Append("  </testsuite>\n</testsuites>");
        terminal.WriteLine(xml.ToString());
    }

    /// <summary>Writes SARIF.</summary>
    public static void WriteSarif(Utf8JsonWriter writer, VerificationReport report)
    {
        var bad = report.Scenarios.Where(static s => s.Status != ScenarioStatus.Passed).ToArray();
        SarifOutput.Write(
            writer,
            "colophon verify",
            () =>
            {
                foreach (var status in bad.Select(static s => s.Status).Distinct().Order())
                    SarifOutput.Rule(writer, VerificationJson.StatusOf(status));
            },
            () =>
            {
                foreach (var scenario in bad)
                    Result(writer, scenario);
            });
    }

    private static void Result(Utf8JsonWriter writer, VerifiedScenario scenario)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", VerificationJson.StatusOf(scenario.Status));
        writer.WriteString("level", scenario.Status == ScenarioStatus.NotRun ? "warning" : "error");
        SarifOutput.Text(writer, "message", $"{scenario.Scenario.Id}: {Message(scenario)}");
        SarifOutput.Location(writer, scenario.Scenario.Path, scenario.Scenario.Line);
        writer.WriteEndObject();
    }

    private static string Message(VerifiedScenario scenario) => scenario.Status switch
    {
        ScenarioStatus.NoTest => "no test is linked to this scenario",
        ScenarioStatus.NotRun => scenario.IsSkipped ? "every linked test was skipped" : "no linked test ran",
        _ => scenario.Message ?? "a linked test failed",
    };

    private static string Xml(string text) => HtmlEncoder.Default.Encode(Terminal.Safe(text));
}
