using Colophon.Specs.Layout;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary>Finds out whether a name is a change's or a spec's.</summary>
internal static class Items
{
    /// <summary>The kind asked for by <c>--type</c>, or else what the name is.</summary>
    /// <returns>Null where it is neither or both; the answer was given then.</returns>
    internal static ItemKind? Resolve(Session session, SpecTree tree, string name, string verb)
    {
        var asked = session.Command.Value("--type")?.ToLowerInvariant() switch
        {
            "change" => ItemKind.Change,
            "spec" => ItemKind.Spec,
            _ => (ItemKind?)null,
        };
        if (asked is not null)
            return asked;
        var (changes, specs) = (tree.Changes, tree.Specs);
        var (isChange, isSpec) = (changes.Contains(name), specs.Contains(name));
        if (isChange != isSpec)
            return isChange ? ItemKind.Change : ItemKind.Spec;
        if (isChange)
            Refuse(session, $"Ambiguous item '{name}' matches both a change and a spec.", "ambiguous_item", verb);
        else
            Refuse(session, Unknown(name, NearestName.Ranked(name, [.. changes, .. specs], 5)), "unknown_item", null);
        return null;
    }

    private static void Refuse(Session session, string message, string code, string? verb)
    {
        if (session.Json)
        {
            session.FailJson(new OpenSpecFailure(message, code, verb is null ? null : "Pass --type change|spec."), code);
            return;
        }

        session.ErrorLine(message);
        if (verb is not null)
            session.ErrorLine(session.StoreId is null ? $"Pass --type change|spec, or use: openspec change {verb} / openspec spec {verb}" : "Pass --type change|spec.");
        session.ExitCode = 1;
    }

    private static string Unknown(string name, List<string> nearest) =>
        nearest.Count == 0 ? $"Unknown item '{name}'." : $"Unknown item '{name}'. Did you mean: {string.Join(", ", nearest)}?";
}
