using System.Text;

namespace Colophon.Specs.Tracing.Results;

/// <summary>
/// Results as runners print them: TAP, dotnet test, xUnit, pytest, unittest, go test, cargo, nextest, Gradle, XCTest, minitest, and the ticks of node:test, Jest, Vitest, Mocha and
/// bats. One look at each line; lines that are no result are stepped over.
/// </summary>
internal static class ConsoleResults
{
    private const int LongestLine = 4000;
    private static readonly System.Buffers.SearchValues<char> Figures = System.Buffers.SearchValues.Create("0123456789.,");

    private const string Ticks = "✓✔√";
    private const string Crosses = "✗✘✕✖×";
    private const string Circles = "○◯﹣↓⚬";

    internal static void Read(string text, List<TestResult> results)
    {
        var suites = new List<(int Indent, string Name)>();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            if (results.Count >= TestResults.MaximumResults)
                return;
            var raw = text.AsSpan(range);
            if (raw.Length > LongestLine)
                continue;
            var line = WithoutColour(raw.TrimEnd());
            var trimmed = line.TrimStart();
            if (trimmed.IsEmpty)
                continue;
            var indent = line.Length - trimmed.Length;
            if ((Tap(trimmed) ?? Go(trimmed) ?? Pytest(trimmed) ?? Cargo(trimmed) ?? DotNet(trimmed, indent) ?? XUnit(trimmed) ?? Other(trimmed)) is { } result)
                results.Add(result);
            else if (Marked(trimmed) is { } marked)
                results.Add(marked with { Scope = string.Join(" > ", suites.Where(suite => suite.Indent < indent).Select(static suite => suite.Name)) });
            else
                Enter(suites, indent, trimmed);
        }
    }

    // The heading of a suite stands above its tests and is indented less.
    private static void Enter(List<(int Indent, string Name)> suites, int indent, ReadOnlySpan<char> line)
    {
        suites.RemoveAll(suite => suite.Indent >= indent);
        if (suites.Count < 16 && line.Length < 300)
            suites.Add((indent, line.TrimStart("▶❯ ").Trim().ToString()));
    }

    // ok 1 - name # SKIP why
    private static TestResult? Tap(ReadOnlySpan<char> line)
    {
        var failed = line.StartsWith("not ok ");
        if (!failed && !line.StartsWith("ok "))
            return null;
        // "ok  	example.com/pkg	0.01s" is go's verdict on a package.
        if (line.StartsWith("ok  \t"))
            return null;
        var name = line[(failed ? 7 : 3)..].TrimStart();
        var digits = name.IndexOfAnyExceptInRange('0', '9');
        if (digits > 0 && name[digits] == ' ')
            name = name[digits..].TrimStart();
        if (name.StartsWith("- "))
            name = name[2..].TrimStart();
        var skipped = false;
        if (name.LastIndexOf(" #") is >= 0 and var hash && name[(hash + 2)..].TrimStart() is var directive
            && (directive.StartsWith("skip", StringComparison.OrdinalIgnoreCase) || directive.StartsWith("todo", StringComparison.OrdinalIgnoreCase) || directive.StartsWith("time=")))
        {
            skipped = !directive.StartsWith("time=");
            name = name[..hash].TrimEnd();
        }

        return Of(name, skipped ? TestOutcome.Skipped : failed ? TestOutcome.Failed : TestOutcome.Passed);
    }

    // --- PASS: TestX/sub (0.00s)
    private static TestResult? Go(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("--- ") || line.Length < 10 || line[8..].IndexOf(':') != 0)
            return null;
        var outcome = line[4..8] switch { "PASS" => TestOutcome.Passed, "FAIL" => TestOutcome.Failed, "SKIP" => TestOutcome.Skipped, _ => (TestOutcome?)null };
        return outcome is { } known ? Of(WithoutTime(line[9..]), known) : null;
    }

    // tests/test_a.py::TestX::test_y[1] PASSED [ 50%], and the summary's FAILED tests/test_a.py::test_y - why
    private static TestResult? Pytest(ReadOnlySpan<char> line)
    {
        if (line.IndexOf("::") < 0)
            return null;
        foreach (var word in (ReadOnlySpan<string>)["PASSED", "FAILED", "ERROR", "SKIPPED", "XFAIL", "XPASS"])
        {
            var outcome = word switch { "PASSED" or "XPASS" => TestOutcome.Passed, "FAILED" or "ERROR" => TestOutcome.Failed, _ => TestOutcome.Skipped };
            if (line.StartsWith(word) && line.Length > word.Length && line[word.Length] == ' ')
            {
                var rest = line[(word.Length + 1)..].TrimStart();
                var end = rest.IndexOf(" - ");
                return rest.IndexOf(".py::") > 0 ? FromNode(end < 0 ? rest : rest[..end], outcome, end < 0 ? null : rest[(end + 3)..].ToString()) : null;
            }

            var at = line.IndexOf($" {word}");
            if (at > 0 && line[..at].IndexOf(".py::") > 0)
                return FromNode(line[..at], outcome, null);
        }

        return null;
    }

    private static TestResult FromNode(ReadOnlySpan<char> node, TestOutcome outcome, string? message)
    {
        var end = node.IndexOf("::");
        return new TestResult(node[(end + 2)..].Trim().ToString(), outcome) { File = node[..end].Trim().ToString(), Message = message };
    }

    // test module::name ... ok; PASS [ 0.005s] crate module::name
    private static TestResult? Cargo(ReadOnlySpan<char> line)
    {
        if (line.StartsWith("test ") && line.LastIndexOf(" ... ") is > 0 and var dots)
        {
            var verdict = line[(dots + 5)..];
            var outcome = verdict.StartsWith("ok") ? TestOutcome.Passed : verdict.StartsWith("FAILED") ? TestOutcome.Failed : verdict.StartsWith("ignored") ? TestOutcome.Skipped : (TestOutcome?)null;
            var name = line[5..dots];
            return outcome is { } known ? Of(name.EndsWith(" - should panic") ? name[..^15] : name, known) : null;
        }

        if (!line.StartsWith("PASS [") && !line.StartsWith("FAIL [") && !line.StartsWith("SKIP ["))
            return null;
        var close = line.IndexOf(']');
        return close > 0 ? Of(line[(close + 1)..], line[0] switch { 'P' => TestOutcome.Passed, 'F' => TestOutcome.Failed, _ => TestOutcome.Skipped }) : null;
    }

    // Passed Ns.Class.Method(x: 1) [12 ms]; passed Ns.Class.Method (12ms)
    private static TestResult? DotNet(ReadOnlySpan<char> line, int indent)
    {
        var blank = line.IndexOf(' ');
        if (blank is not (6 or 7))
            return null;
        var outcome = line[..blank] switch
        {
            "Passed" when indent > 0 => TestOutcome.Passed,
            "Failed" when indent > 0 => TestOutcome.Failed,
            "Skipped" when indent > 0 => TestOutcome.Skipped,
            "passed" => TestOutcome.Passed,
            "failed" => TestOutcome.Failed,
            "skipped" => TestOutcome.Skipped,
            _ => (TestOutcome?)null,
        };
        if (outcome is not { } known)
            return null;
        var name = line[(blank + 1)..].TrimEnd();
        if (name.EndsWith("]") && name.LastIndexOf(" [") is > 0 and var open)
            name = name[..open];
        else
            name = WithoutTime(name);
        return Of(name, known);
    }

    // Ns.Class.Method(x: 1) [FAIL]
    private static TestResult? XUnit(ReadOnlySpan<char> line)
    {
        if (!line.EndsWith("]"))
            return null;
        foreach (var (mark, outcome) in (ReadOnlySpan<(string, TestOutcome)>)[(" [PASS]", TestOutcome.Passed), (" [FAIL]", TestOutcome.Failed), (" [SKIP]", TestOutcome.Skipped)])
        {
            if (line.EndsWith(mark))
                return Of(line[..^mark.Length], outcome);
        }

        return null;
    }

    private static TestResult? Other(ReadOnlySpan<char> line)
    {
        // Test Case '-[Module.Class name]' passed (0.001 seconds).
        if (line.StartsWith("Test Case '") && line.LastIndexOf("' ") is > 11 and var quote && (line[(quote + 2)..].StartsWith("passed") || line[(quote + 2)..].StartsWith("failed") || line[(quote + 2)..].StartsWith("skipped")))
        {
            var name = line[11..quote].TrimStart("-[").TrimEnd(']').ToString().Replace(' ', '.');
            return Of(name, line[(quote + 2)..][0] switch { 'p' => TestOutcome.Passed, 'f' => TestOutcome.Failed, _ => TestOutcome.Skipped });
        }

        // name (module.Class.name) ... ok
        if (line.LastIndexOf(") ... ") is > 0 and var dots && line.IndexOf(" (") is > 0 and var open && open < dots)
        {
            var verdict = line[(dots + 6)..];
            var outcome = verdict.StartsWith("ok") ? TestOutcome.Passed : verdict.StartsWith("FAIL") || verdict.StartsWith("ERROR") ? TestOutcome.Failed : verdict.StartsWith("skipped") ? TestOutcome.Skipped : (TestOutcome?)null;
            return outcome is { } known ? new TestResult(line[..open].ToString(), known) { Scope = line[(open + 2)..dots].ToString() } : null;
        }

        // Class > name PASSED
        foreach (var (mark, outcome) in (ReadOnlySpan<(string, TestOutcome)>)[(" PASSED", TestOutcome.Passed), (" FAILED", TestOutcome.Failed), (" SKIPPED", TestOutcome.Skipped)])
        {
            if (line.EndsWith(mark) && line.Contains(" > ", StringComparison.Ordinal))
                return Of(line[..^mark.Length], outcome);
        }

        // Class#test_name = 0.00 s = .
        if (line.Length > 8 && line[^4..^1] is " = " && line.IndexOf('#') > 0 && line.IndexOf(" = ") is > 0 and var equals && equals < line.Length - 4)
            return Of(line[..equals], line[^1] switch { '.' => TestOutcome.Passed, 'S' => TestOutcome.Skipped, _ => TestOutcome.Failed });
        return null;
    }

    // ✓ name (3 ms); ✖ name; ○ skipped name; ✓ file.test.ts > suite > name 3ms
    private static TestResult? Marked(ReadOnlySpan<char> line)
    {
        var outcome = Ticks.Contains(line[0], StringComparison.Ordinal) ? TestOutcome.Passed : Crosses.Contains(line[0], StringComparison.Ordinal) ? TestOutcome.Failed
            : Circles.Contains(line[0], StringComparison.Ordinal) ? TestOutcome.Skipped : (TestOutcome?)null;
        if (outcome is not { } known || line.Length < 3 || line[1] is not (' ' or '\uFE0F'))
            return null;
        var name = line[2..].Trim();
        if (known == TestOutcome.Skipped && name.StartsWith("skipped "))
            name = name[8..];
        foreach (var mark in (ReadOnlySpan<string>)[" # SKIP", " [skipped]"])
        {
            if (name.EndsWith(mark))
            {
                name = name[..^mark.Length];
                known = TestOutcome.Skipped;
            }
        }

        // Swift: Test "name" passed after 0.001 seconds.
        if (name.StartsWith("Test ") && name.IndexOf(" passed after ") is > 5 and var passed)
            name = name[5..passed].Trim('"');
        else if (name.StartsWith("Test ") && name.IndexOf(" failed after ") is > 5 and var failed)
            name = name[5..failed].Trim('"');
        name = WithoutTime(name);
        var parts = name.IndexOf(" > ");
        var file = parts > 0 && name[..parts].IndexOf('.') > 0 && !name[..parts].Contains(' ') ? name[..parts].ToString() : null;
        return name.IsEmpty ? null : new TestResult((file is null ? name : name[(parts + 3)..]).ToString(), known) { File = file };
    }

    private static TestResult? Of(ReadOnlySpan<char> name, TestOutcome outcome)
    {
        name = name.Trim();
        return name.IsEmpty ? null : new TestResult(name.ToString(), outcome);
    }

    // "name (0.00s)", "name (3 ms)", "name 12ms"
    private static ReadOnlySpan<char> WithoutTime(ReadOnlySpan<char> name)
    {
        name = name.Trim();
        if (name.EndsWith(")") && name.LastIndexOf(" (") is > 0 and var open && IsTime(name[(open + 2)..^1]))
            return name[..open].TrimEnd();
        var blank = name.LastIndexOf(' ');
        return blank > 0 && IsTime(name[(blank + 1)..]) && name[^1] == 's' ? name[..blank].TrimEnd() : name;
    }

    private static bool IsTime(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsAsciiDigit(text[0]))
            return false;
        var rest = text[(text.IndexOfAnyExcept(Figures) is >= 0 and var end ? end : text.Length)..].Trim();
        return rest is "s" or "ms" or "µs" or "μs" or "m" or "sec" or "seconds";
    }

    private static ReadOnlySpan<char> WithoutColour(ReadOnlySpan<char> line)
    {
        if (!line.Contains('\e'))
            return line;
        var plain = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\e' || i + 1 >= line.Length || line[i + 1] != '[')
            {
                plain.Append(line[i]);
                continue;
            }

            for (i += 2; i < line.Length && line[i] is not (>= '@' and <= '~'); i++)
            {
                // The parameters of the sequence.
            }
        }

        return plain.ToString();
    }
}
