using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>A MODIFIED block replaces the whole requirement: scenarios of today's spec that it does not repeat would be lost.</summary>
internal static class ScenarioLoss
{
    private const int ListedAdditions = 3;

    internal static void Check(DeltaPlan plan, string path, MainSpec? target, string? failure, Issues issues)
    {
        if (failure is not null)
            issues.Error(path, "delta-target-unreadable", failure);
        if (target is null)
            return;
        var current = new Dictionary<string, RequirementBlock>(StringComparer.Ordinal);
        foreach (var block in target.Blocks)
            current[block.Key] = block;
        var fromOf = new Dictionary<string, string>(StringComparer.Ordinal);
        var renamedAway = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (from, to) in plan.Renamed)
        {
            fromOf[Headers.NormaliseName(to).ToString()] = Headers.NormaliseName(from).ToString();
            renamedAway.Add(Headers.NormaliseName(from).ToString());
        }

        foreach (var block in plan.Modified)
        {
            if (renamedAway.Contains(block.Key) || Origin(block.Key, current, fromOf) is not { } origin || Describe(origin, block) is not { } loss)
                continue;
            issues.Error(path, "delta-scenario-loss", $"MODIFIED \"{block.Name}\" omits scenario(s) the current spec still has: {loss} {Messages.CopyScenarios}", at: block.Line);
        }
    }

    /// <summary>The lost scenarios and the balance, or null where none is lost.</summary>
    internal static string? Describe(RequirementBlock current, RequirementBlock incoming)
    {
        var (today, then) = (current.ScenarioNames(), incoming.ScenarioNames());
        var missing = Unmatched(today, then);
        if (missing.Count == 0)
            return null;
        var added = Unmatched(then, today);
        var balance = $"The modified block has {Count(then.Count)}; the current spec has {Count(today.Count)}.";
        if (added.Count == 0)
            return $"{Quote(missing, missing.Count)}. {balance} It adds none.";
        var rest = added.Count > ListedAdditions ? $" and {added.Count - ListedAdditions} more" : "";
        return $"{Quote(missing, missing.Count)}. {balance} It adds {Count(added.Count)} not in the current spec: {Quote(added, ListedAdditions)}{rest}.";
    }

    private static RequirementBlock? Origin(string name, Dictionary<string, RequirementBlock> current, Dictionary<string, string> fromOf)
    {
        var visited = new HashSet<string>(StringComparer.Ordinal);
        for (var key = name; key is not null && visited.Add(key); key = fromOf.GetValueOrDefault(key))
        {
            if (current.TryGetValue(key, out var block))
                return block;
        }

        return null;
    }

    private static List<string> Unmatched(List<string> names, List<string> against)
    {
        var left = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in against)
            left[name] = left.GetValueOrDefault(name) + 1;
        var unmatched = new List<string>();
        foreach (var name in names)
        {
            if (left.GetValueOrDefault(name) is > 0 and var count)
                left[name] = count - 1;
            else
                unmatched.Add(name);
        }

        return unmatched;
    }

    private static string Count(int number) => $"{number} {(number == 1 ? "scenario" : "scenarios")}";

    private static string Quote(List<string> names, int limit) => string.Join(", ", names.Take(limit).Select(static name => $"\"{name}\""));
}
