using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.Checking;

/// <summary>Turns OpenSpec's findings into ours: its words, with a code, a file, a line and a hint.</summary>
internal static class IssueMapping
{
    private const string NoScenario = "requirement-no-scenario";
    private const string ScenarioFormat = "requirement-scenario-format";

    /// <summary>The findings about a change.</summary>
    /// <param name="root">The tree's root.</param>
    /// <param name="name">The change.</param>
    /// <param name="issues">OpenSpec's findings.</param>
    /// <param name="linesOf">The lines of a file by its path relative to the root, or null.</param>
    /// <param name="found">Receives ours.</param>
    internal static void OfChange(string root, string name, IReadOnlyList<ValidationIssue> issues, Func<string, MarkdownLines?> linesOf, List<SpecFinding> found)
    {
        foreach (var issue in issues)
        {
            // The rehearsal tells it with its place, as the error it is.
            if (issue.Code == "archive-refuses")
                continue;
            var path = PathOf(root, name, issue);
            var rule = RuleTable.Of(issue.Code);
            var level = rule == SpecRule.DeltaHeaderIgnored ? IssueLevel.Warning : issue.Level;
            new FileFindings(path, issue.At > 0 ? linesOf(path) : null, found).Add(rule, level, issue.At, Message(issue), HintOf(rule, issue));
        }
    }

    /// <summary>The findings about a main spec.</summary>
    internal static void OfSpec(string path, MainSpec? spec, IReadOnlyList<ValidationIssue> issues, List<SpecFinding> found)
    {
        var findings = new FileFindings(path, spec?.Lines, found);
        foreach (var issue in issues)
        {
            // OpenSpec tells a missing scenario twice.
            if (issue.Code == ScenarioFormat && issues.Any(other => other.Code == NoScenario && other.At == issue.At))
                continue;
            var rule = RuleTable.Of(issue.Code);
            var line = issue.At > 0 || spec is null ? issue.At
                : rule is SpecRule.SpecPurposeBrief or SpecRule.SpecPurposePlaceholder ? LineOf(spec.Lines, "Purpose")
                : rule == SpecRule.SpecNoRequirements ? LineOf(spec.Lines, "Requirements") : 0;
            findings.Add(rule, issue.Level, line, Message(issue), HintOf(rule, issue));
        }
    }

    private static string HintOf(SpecRule rule, ValidationIssue issue) =>
        rule is SpecRule.SpecUnreadable or SpecRule.ItemUnreadable or SpecRule.DeltaTargetUnreadable && FileText.IsTooLarge(issue.Message) ? FileText.TooLargeHint : RuleTable.HintOf(rule);

    private static string PathOf(string root, string name, ValidationIssue issue)
    {
        var change = $"openspec/changes/{name}";
        if (issue.Path == "file")
            return issue.Code == "change-no-deltas" && File.Exists($"{root}/{change}/proposal.md") ? $"{change}/proposal.md" : change;
        return issue.Code.StartsWith("delta-", StringComparison.Ordinal) ? $"{change}/specs/{issue.Path}" : $"{change}/{issue.Path}";
    }

    private static int LineOf(MarkdownLines lines, string section)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (!lines.IsFenced(i) && Headers.Level(lines[i]) is > 0 and var level && Headers.TryTitle(lines[i], level, out var title)
                && title.Equals(section, StringComparison.OrdinalIgnoreCase))
                return i + 1;
        }

        return 0;
    }

    /// <summary>OpenSpec's sentence without its advice about commands of its own and its examples over several lines.</summary>
    private static string Message(ValidationIssue issue)
    {
        var message = issue.Message;
        if (message.IndexOf(" Tip: run ", StringComparison.Ordinal) is > 0 and var tip)
            message = message[..tip];
        return message.IndexOf('\n') is > 0 and var end ? message[..end] : message;
    }
}
