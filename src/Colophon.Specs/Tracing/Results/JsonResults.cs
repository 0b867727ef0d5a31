using System.Text;
using System.Text.Json;

namespace Colophon.Specs.Tracing.Results;

/// <summary>Results in JSON: CTRF, Jest's and Vitest's report, and the event lines of <c>go test -json</c>.</summary>
internal static class JsonResults
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    internal static void Read(string text, List<TestResult> results)
    {
        text = text.TrimStart('\uFEFF');
        if (TryParse(text) is { } document)
        {
            using (document)
                ReadReport(document.RootElement, results);
            return;
        }

        foreach (var range in text.AsSpan().Split('\n'))
        {
            if (results.Count >= TestResults.MaximumResults)
                return;
            var line = text[range].Trim();
            if (line.StartsWith('{') && line.Contains("\"Action\"", StringComparison.Ordinal) && TryParse(line) is { } happened)
            {
                using (happened)
                    ReadEvent(happened.RootElement, results);
            }
        }
    }

    private static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(Encoding.UTF8.GetBytes(text), Lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void ReadReport(JsonElement root, List<TestResult> results)
    {
        if (Text(root, "Action") is not null)
            ReadEvent(root, results);
        foreach (var test in List(Member(root, "results"), "tests"))
        {
            if (Text(test, "name") is { } name)
            {
                results.Add(new TestResult(name, XmlResults.Outcome(Text(test, "status"), TestOutcome.Skipped))
                {
                    Scope = Text(test, "suite") ?? string.Join(" > ", List(test, "suite").Select(static part => part.ValueKind == JsonValueKind.String ? part.GetString() : "")),
                    File = Text(test, "filePath"),
                    Message = Text(test, "message") is { } message ? XmlResults.FirstLine(message) : null,
                });
            }
        }

        foreach (var file in List(root, "testResults"))
        {
            foreach (var test in List(file, "assertionResults"))
            {
                if (Text(test, "title") is { } title)
                {
                    results.Add(new TestResult(title, XmlResults.Outcome(Text(test, "status"), TestOutcome.Skipped))
                    {
                        Scope = string.Join(" > ", List(test, "ancestorTitles").Select(static part => part.ValueKind == JsonValueKind.String ? part.GetString() : "")),
                        File = Text(file, "name"),
                        Message = List(test, "failureMessages").Select(static part => part.ValueKind == JsonValueKind.String ? XmlResults.FirstLine(part.GetString() ?? "") : "").FirstOrDefault(),
                    });
                }
            }
        }
    }

    private static void ReadEvent(JsonElement happened, List<TestResult> results)
    {
        if (Text(happened, "Test") is not { } test || Text(happened, "Action") is not ("pass" or "fail" or "skip"))
            return;
        results.Add(new TestResult(test, XmlResults.Outcome(Text(happened, "Action"), TestOutcome.Skipped)) { Scope = Text(happened, "Package") ?? "" });
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static JsonElement.ArrayEnumerator List(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    private static string? Text(JsonElement element, string name)
    {
        if (Member(element, name) is not { ValueKind: JsonValueKind.String } member)
            return null;
        try
        {
            return member.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }
}
