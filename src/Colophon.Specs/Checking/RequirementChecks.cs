using Colophon.Specs.Parsing;

namespace Colophon.Specs.Checking;

/// <summary>What OpenSpec never looks at in a requirement: its scenarios' names and steps.</summary>
internal static class RequirementChecks
{
    private const int ScenarioLevel = 4;

    internal static void Check(RequirementBlock block, FileFindings findings)
    {
        Dictionary<string, int>? names = null;
        for (var i = 1; i < block.Count; i++)
        {
            if (block.IsFenced(i) || Headers.Level(block.LineAt(i)) != ScenarioLevel)
                continue;
            var line = block.Line + i;
            var title = Js.Trim(block.LineAt(i)[ScenarioLevel..]);
            if (!Js.StartsWithIgnoringCase(title, "Scenario:"))
            {
                // Near misses and requirements of the wrong level have a finding of their own.
                if (!Js.StartsWithIgnoringCase(title, "Requirement:"))
                    ReportLabel(block, title, line, findings);
            }
            else
            {
                var name = block.ScenarioNameAt(i);
                if (!(names ??= new Dictionary<string, int>(StringComparer.Ordinal)).TryAdd(name, line))
                {
                    findings.Add(
                        SpecRule.ScenarioDuplicate,
                        IssueLevel.Warning,
                        line,
                        $"Requirement \"{block.Name}\" has a scenario \"{name}\" on line {names[name]} already.",
                        "Give one of the two another name.",
                        related: [new RelatedPlace(findings.Path, names[name], "the first one")]);
                }
            }

            CheckSteps(block, i, line, Js.Trim(block.WrittenAt(i)[ScenarioLevel..]), findings);
        }
    }

    private static bool Says(ReadOnlySpan<char> text, IReadOnlyList<string>? words)
    {
        foreach (var word in words ?? [])
        {
            if (WholeWord.IsIn(text, word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static void ReportLabel(RequirementBlock block, ReadOnlySpan<char> title, int line, FileFindings findings) => findings.Add(
        SpecRule.ScenarioLabel,
        IssueLevel.Warning,
        line,
        $"\"{title}\" counts as a scenario of requirement \"{block.Name}\", and is not called one.",
        "Write `#### Scenario: <name>`, or use bold text if it is none.");

    private static void CheckSteps(RequirementBlock block, int header, int line, ReadOnlySpan<char> title, FileFindings findings)
    {
        var (empty, when, then) = (true, false, false);
        for (var i = header + 1; i < block.Count && (block.IsFenced(i) || Headers.Level(block.LineAt(i)) is 0 or > ScenarioLevel); i++)
        {
            var text = block.WrittenAt(i);
            empty &= Js.IsBlank(text);
            when |= text.Contains("when", StringComparison.OrdinalIgnoreCase) || Says(text, block.Keywords?.When);
            then |= text.Contains("then", StringComparison.OrdinalIgnoreCase) || Says(text, block.Keywords?.Then);
        }

        if (empty)
        {
            findings.Add(SpecRule.ScenarioEmpty, IssueLevel.Warning, line, $"\"{title}\" has no steps, so it does not count.", "Write its steps, or remove the header.");
        }
        else if (!when || !then)
        {
            findings.Add(
                SpecRule.ScenarioIncomplete, IssueLevel.Info, line, $"\"{title}\" does not say {(when ? "THEN" : then ? "WHEN" : "WHEN and THEN")}.", "Add `- **WHEN** …` and `- **THEN** …`.");
        }
    }
}
