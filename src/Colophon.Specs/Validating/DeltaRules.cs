using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>The rules of one delta file, in the CLI's order.</summary>
internal static class DeltaRules
{
    /// <summary>Checks one file.</summary>
    /// <param name="plan">The file.</param>
    /// <param name="path">Its path below the change's <c>specs/</c>.</param>
    /// <param name="target">The main spec it changes, or null where there is none.</param>
    /// <param name="targetFailure">Why the main spec cannot be read, or null.</param>
    /// <param name="issues">Receives the findings.</param>
    internal static void Check(DeltaPlan plan, string path, MainSpec? target, string? targetFailure, Issues issues)
    {
        foreach (var header in plan.Skipped)
            issues.Info(path, "delta-header-ignored", Messages.Skipped(header), header.Line);
        foreach (var rename in plan.Unpaired)
            issues.Error(path, "delta-rename-unpaired", Messages.Unpaired(rename), rename.Line);
        foreach (var orphan in plan.Orphans)
            issues.Warning(path, "delta-requirement-orphaned", Messages.Orphan(orphan), orphan.Line);
        var added = CheckBlocks("ADDED", plan.Added, path, issues);
        var modified = CheckBlocks("MODIFIED", plan.Modified, path, issues);
        if (plan.Modified.Count > 0)
            ScenarioLoss.Check(plan, path, target, targetFailure, issues);
        var removed = new List<string>(plan.Removed.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, line) in plan.Removed)
        {
            var key = Headers.NormaliseName(name).ToString();
            if (seen.Add(key))
                removed.Add(key);
            else
                issues.Error(path, "delta-duplicate", $"Duplicate requirement in REMOVED: \"{name}\"", at: line);
        }

        DeltaConflicts.Check(plan, path, added, modified, removed, issues);
    }

    /// <summary>The distinct names in order.</summary>
    private static List<string> CheckBlocks(string operation, List<RequirementBlock> blocks, string path, Issues issues)
    {
        var names = new List<string>(blocks.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var block in blocks)
        {
            if (seen.Add(block.Key))
                names.Add(block.Key);
            else
                issues.Error(path, "delta-duplicate", $"Duplicate requirement in {operation}: \"{block.Name}\"", at: block.Line);
            var body = block.Body();
            if (body.Length == 0)
            {
                issues.Error(path, "delta-no-text", block.IsNormative(block.Name)
                    ? Messages.NoKeyword($"{operation} \"{block.Name}\"", block, guidance: false)
                    : $"{operation} \"{block.Name}\" is missing requirement text", at: block.Line);
            }
            else if (!block.IsNormative(body))
            {
                issues.Warning(path, "delta-no-keyword", Messages.NoKeyword($"{operation} \"{block.Name}\"", block, guidance: true), at: block.Line);
            }

            var (full, empty) = block.CountScenarios();
            if (full == 0)
            {
                var hint = empty == 0 ? "" : " (a scenario header with no body under it does not count; add its steps, e.g. \"- **WHEN** ...\" and \"- **THEN** ...\")";
                issues.Error(path, "delta-no-scenario", $"{operation} \"{block.Name}\" must include at least one scenario{hint}", at: block.Line);
            }
        }

        return names;
    }
}
