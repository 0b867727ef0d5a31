using Colophon.Specs.Json;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary>The answers of <c>validate</c> for people: what is good on the output, what is not on the error stream.</summary>
internal static class ValidateText
{
    internal static void WriteOne(Session session, ValidationItem item)
    {
        var subject = $"{(item.Kind == ItemKind.Change ? "Change" : "Specification")} '{item.Id}'";
        if (item.Valid)
            session.Line($"{subject} is valid");
        else
            session.ErrorLine($"{subject} has issues");
        foreach (var issue in item.Issues)
            session.ErrorLine($"{Sign(issue)} [{ReportJson.LevelOf(issue)}] {issue.Path}: {issue.Message}");
        if (item.Valid)
            return;
        session.ErrorLine("Next steps:");
        foreach (var step in NextSteps(session, item))
            session.ErrorLine($"  - {step}");
    }

    internal static void WriteBulk(Session session, ValidationReport report)
    {
        if (report.Items.Count == 0)
        {
            session.Line("No items found to validate.");
            return;
        }

        foreach (var item in report.Items)
        {
            Headline(session, item);
            foreach (var issue in item.Issues)
                session.ErrorLine($"  {Sign(issue)} [{ReportJson.LevelOf(issue)}] {issue.Path}: {issue.Message}");
        }

        Totals(session, report);
        Details(session, report);
    }

    internal static void WriteArchived(Session session, ValidationReport report)
    {
        if (report.Items.Count == 0)
        {
            session.Line("No archived changes found.");
            return;
        }

        foreach (var item in report.Items)
        {
            Headline(session, item);
            foreach (var issue in item.Issues)
                session.ErrorLine($"  {Sign(issue)} {issue.Message}");
        }

        Totals(session, report);
    }

    internal static void WriteFindings(Session session, ValidationReport report, string scope)
    {
        session.Line($"Scope: {scope} ({report.Items.Count} items)");
        var found = report.Items.Where(static item => item.Issues.Count > 0).ToList();
        if (found.Count == 0)
            session.Line("No item findings.");
        foreach (var item in found)
        {
            session.ErrorLine($"{ReportJson.NameOf(item.Kind)}/{item.Id}");
            foreach (var issue in item.Issues)
                session.ErrorLine($"  [{ReportJson.LevelOf(issue)}] {issue.Path}: {issue.Message}");
        }

        Totals(session, report);
        if (scope != "archived")
            Details(session, report);
    }

    internal static string Sign(ValidationIssue issue) => issue.Level switch { IssueLevel.Error => "✗", IssueLevel.Warning => "⚠", _ => "ℹ" };

    private static void Headline(Session session, ValidationItem item)
    {
        var name = $"{ReportJson.NameOf(item.Kind)}/{item.Id}";
        if (item.Valid)
            session.Line($"✓ {name}");
        else
            session.ErrorLine($"✗ {name}");
    }

    private static void Totals(Session session, ValidationReport report)
    {
        var passed = report.Items.Count(static item => item.Valid);
        session.Line($"Totals: {passed} passed, {report.Items.Count - passed} failed ({report.Items.Count} items)");
    }

    private static void Details(Session session, ValidationReport report)
    {
        if (report.Items.FirstOrDefault(static item => !item.Valid) is { } first)
            session.Line($"Details: openspec validate {first.Id} --type {ReportJson.NameOf(first.Kind)}{(session.StoreId is { } store ? $" --store {store}" : "")}");
    }

    private static string[] NextSteps(Session session, ValidationItem item)
    {
        if (item.Kind == ItemKind.Spec)
        {
            return
            [
                "Ensure spec includes ## Purpose and ## Requirements sections",
                "Each requirement MUST include at least one #### Scenario: block",
                "Re-run with --json to see structured report",
            ];
        }

        bool Has(string code) => item.Issues.Any(issue => issue.Code == code);
        if (Has("change-nested"))
        {
            return
            [
                "Move each nested change directly under openspec/changes/, folding the namespace into its name",
                "Only specs may be nested by domain; change directories are always flat",
            ];
        }

        if (Has("skip-specs-conflict"))
        {
            return
            [
                "This change declares skip_specs (no spec deltas): delete the files under specs/, or remove skip_specs from .openspec.yaml if requirements do change",
                "skip_specs is only honored when .openspec.yaml is valid change metadata (schema: <name> naming a known schema is required)",
            ];
        }

        if (Has("skip-specs-invalid"))
        {
            return
            [
                "Fix .openspec.yaml so the skip_specs marker can be honored (schema: <name> naming a known schema is required)",
                "Or remove skip_specs from .openspec.yaml and add delta specs instead",
            ];
        }

        return
        [
            "Ensure change has deltas in specs/: use headers ## ADDED/MODIFIED/REMOVED/RENAMED Requirements",
            "Each requirement MUST include at least one #### Scenario: block",
            $"Debug parsed deltas: {session.Hint($"openspec show {item.Id} --json --deltas-only")}",
        ];
    }
}
