namespace Colophon.Specs.Tracing.Results;

/// <summary>Results in XML, whichever of the usual dialects: JUnit's <c>testcase</c>, TRX's <c>UnitTestResult</c>, NUnit's <c>test-case</c>, xUnit's <c>test</c>.</summary>
internal static class XmlResults
{
    private const int LongestMessage = 400;
    private const int DeepestSuite = 32;

    internal static void Read(string text, List<TestResult> results)
    {
        var xml = new XmlScanner(text);
        TestResult? open = null;
        var element = "";
        var suites = new List<string>();
        while (xml.Next() && results.Count < TestResults.MaximumResults)
        {
            if (xml.IsStart && Begin(ref xml) is { } begun)
            {
                Close(ref open, results);
                // Some runners tell the suite by the elements around a test only.
                open = begun with { Scope = string.Join(" > ", suites.Append(begun.Scope).Where(static name => name.Length > 0)) };
                element = xml.Name;
                if (xml.IsEmpty)
                    Close(ref open, results);
            }
            else if (xml.IsEnd && xml.Name == element)
            {
                Close(ref open, results);
            }
            else if (open is null && xml.Name is "testsuite" or "test-suite")
            {
                if (xml.IsStart && !xml.IsEmpty && suites.Count < DeepestSuite)
                    suites.Add(xml.Value("name") ?? "");
                else if (xml.IsEnd && suites.Count > 0)
                    suites.RemoveAt(suites.Count - 1);
            }
            else if (open is not null)
            {
                open = Inside(ref xml, open);
            }
        }

        Close(ref open, results);
    }

    private static TestResult? Begin(ref XmlScanner xml) => xml.Name switch
    {
        "testcase" when xml.Value("name") is { } name => new TestResult(name, Outcome(xml.Value("result") ?? xml.Value("status"), TestOutcome.Passed))
        {
            Scope = xml.Value("classname") ?? "",
            File = xml.Value("file"),
        },
        "UnitTestResult" when xml.Value("testName") is { } name => new TestResult(name, Outcome(xml.Value("outcome"), TestOutcome.Skipped)),
        "test-case" when (xml.Value("fullname") ?? xml.Value("name")) is { } name => new TestResult(name, Outcome(xml.Value("result"), TestOutcome.Skipped)),
        "test" when xml.Value("result") is { } result && xml.Value("name") is { } name => new TestResult(name, Outcome(result, TestOutcome.Skipped)) { Scope = xml.Value("type") ?? "" },
        _ => null,
    };

    private static TestResult Inside(ref XmlScanner xml, TestResult open)
    {
        if (xml.IsStart)
        {
            return xml.Name switch
            {
                "failure" or "error" => open with { Outcome = TestOutcome.Failed, Message = open.Message ?? FirstLine(xml.Value("message") ?? "") },
                "skipped" when open.Outcome != TestOutcome.Failed => open with { Outcome = TestOutcome.Skipped },
                "property" when xml.Value("name") == "spec" && xml.Value("value") is { } reference => open with { References = [.. open.References, reference] },
                _ => open,
            };
        }

        return open.Outcome == TestOutcome.Failed && string.IsNullOrEmpty(open.Message) && FirstLine(xml.Text) is { Length: > 0 } said ? open with { Message = said } : open;
    }

    private static void Close(ref TestResult? open, List<TestResult> results)
    {
        if (open is not null)
            results.Add(open);
        open = null;
    }

    internal static TestOutcome Outcome(string? word, TestOutcome otherwise) => word?.ToLowerInvariant() switch
    {
        "passed" or "pass" or "success" or "ok" or "successful" => TestOutcome.Passed,
        "failed" or "fail" or "failure" or "error" or "timeout" or "aborted" or "broken" => TestOutcome.Failed,
        "skipped" or "skip" or "notexecuted" or "notrun" or "ignored" or "pending" or "inconclusive" or "todo" or "disabled" or "suppressed" => TestOutcome.Skipped,
        _ => otherwise,
    };

    internal static string FirstLine(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        return line.Length > LongestMessage ? line[..LongestMessage].ToString() : line.ToString();
    }
}
