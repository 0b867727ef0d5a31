using Colophon.Specs.Tracing.Links;

namespace Colophon.Specs.Tracing.Results;

/// <summary>
/// Reads what test runners leave: JUnit, TRX, NUnit and xUnit XML, CTRF, Jest's JSON, <c>go test -json</c>, TAP, and what common runners print. The content tells which it
/// is. Never fails: what cannot be read gives no results.
/// </summary>
public static class TestResults
{
    /// <summary>A file above this many characters is cut.</summary>
    public const int MaximumLength = 64 * 1024 * 1024;

    /// <summary>The most results that are kept of one text.</summary>
    public const int MaximumResults = 500_000;

    /// <summary>The results in the order of the text; a test that is told twice is there twice.</summary>
    public static IReadOnlyList<TestResult> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumLength)
            text = text[..MaximumLength];
        var start = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        var results = new List<TestResult>();
        if (start.StartsWith("<"))
            XmlResults.Read(text, results);
        else if (start.StartsWith("{") || start.StartsWith("["))
            JsonResults.Read(text, results);
        if (results.Count == 0)
            ConsoleResults.Read(text, results);
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i].Name.Contains("@spec(", StringComparison.Ordinal))
                results[i] = results[i] with { References = [.. results[i].References, .. LinkScanner.References(results[i].Name)] };
        }

        return results;
    }
}
