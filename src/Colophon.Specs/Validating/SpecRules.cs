using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>The rules of a main spec, in the CLI's order.</summary>
internal static class SpecRules
{
    private const int MinimumPurpose = 50;
    private const int MaximumText = 500;

    internal static void Check(MainSpec spec, Issues issues)
    {
        if (spec.Refusal is { } refusal)
        {
            issues.Error("file", "spec-section-missing", $"{refusal}. {Messages.MissingSpecSections}");
            return;
        }

        var requirements = Requirements(spec);
        CheckShape(requirements, issues);
        foreach (var fault in SpecStructure.Find(spec.RawLines))
            issues.Error("file", fault.Code, fault.Message, fault.Line);
        if (PurposePlaceholder.Find(spec.Purpose, spec.RawLines, out var line))
            issues.Warning("overview", "spec-purpose-placeholder", Messages.Placeholder, line);
        else if (spec.Purpose.Length < MinimumPurpose)
            issues.Warning("overview", "spec-purpose-brief", $"Purpose section is too brief (less than {MinimumPurpose} characters)");
        CheckAdvice(requirements, issues);
        CheckKeywords(spec.Blocks, issues);
    }

    private static List<(string Text, int Scenarios, int Line)> Requirements(MainSpec spec)
    {
        var requirements = new List<(string, int, int)>();
        if (spec.Requirements is not { } section)
            return requirements;
        foreach (var child in section.Children)
        {
            var scenarios = 0;
            foreach (var scenario in child.Children)
                scenarios += scenario.Content.IsEmpty ? 0 : 1;
            requirements.Add((child.RequirementText(), scenarios, child.From));
        }

        return requirements;
    }

    private static void CheckShape(List<(string Text, int Scenarios, int Line)> requirements, Issues issues)
    {
        if (requirements.Count == 0)
            issues.Error("requirements", "spec-no-requirements", "Spec must have at least one requirement");
        for (var i = 0; i < requirements.Count; i++)
        {
            if (requirements[i].Text.Length == 0)
                issues.Error($"requirements.{i}.text", "requirement-empty", "Requirement text cannot be empty", at: requirements[i].Line);
            if (requirements[i].Scenarios == 0)
                issues.Error($"requirements.{i}.scenarios", "requirement-no-scenario", Messages.NoScenarios, at: requirements[i].Line);
        }
    }

    private static void CheckAdvice(List<(string Text, int Scenarios, int Line)> requirements, Issues issues)
    {
        for (var i = 0; i < requirements.Count; i++)
        {
            if (requirements[i].Text.Length > MaximumText)
                issues.Info($"requirements[{i}]", "requirement-long", $"Requirement text is very long (>{MaximumText} characters). Consider breaking it down.", at: requirements[i].Line);
            if (requirements[i].Scenarios == 0)
                issues.Warning($"requirements[{i}].scenarios", "requirement-scenario-format", $"{Messages.NoScenarios}. {Messages.ScenarioFormat}", at: requirements[i].Line);
        }
    }

    private static void CheckKeywords(List<RequirementBlock> blocks, Issues issues)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            var body = blocks[i].Body();
            if (body.Length == 0)
                issues.Error($"requirements[{i}]", "requirement-no-body", Messages.NoKeyword($"Requirement \"{blocks[i].Name}\"", blocks[i], guidance: false), at: blocks[i].Line);
            else if (!blocks[i].IsNormative(body))
                issues.Warning($"requirements[{i}]", "requirement-no-keyword", Messages.NoKeyword($"Requirement \"{blocks[i].Name}\"", blocks[i], guidance: true), at: blocks[i].Line);
        }
    }
}
