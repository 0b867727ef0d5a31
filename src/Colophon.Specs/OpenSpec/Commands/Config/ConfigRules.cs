using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands.Config;

/// <summary>What the settings may be, with the CLI's words for what is wrong. Keys it does not know are left alone.</summary>
internal static class ConfigRules
{
    /// <summary>The problems on one line, or null.</summary>
    internal static string? Check(object? value)
    {
        var check = new ShapeCheck();
        if (value is OrderedDictionary<string, object?> map)
            Check(map, check);
        else
            check.Expected("object", value);
        return check.Issues.Count == 0 ? null : string.Join("; ", check.Issues.Select(static issue => issue.Line));
    }

    private static void Check(OrderedDictionary<string, object?> map, ShapeCheck check)
    {
        Member<OrderedDictionary<string, object?>>(map, "featureFlags", "record", check, flags =>
        {
            foreach (var key in flags.Keys)
                Member<bool>(flags, key, "boolean", check);
        });
        Choice(map, "profile", ["core", "custom"], check);
        Choice(map, "delivery", ["both", "skills", "commands"], check);
        Member<List<object?>>(map, "workflows", "array", check, list =>
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is not string)
                    check.At(i, () => check.Expected("string", list[i]));
            }
        });
        Member<string>(map, "defaultStore", "string", check);
        Member<OrderedDictionary<string, object?>>(map, "telemetry", "object", check, telemetry => Member<bool>(telemetry, "enabled", "boolean", check));
        Member<bool>(map, "completionTipSeen", "boolean", check);
    }

    private static void Member<T>(OrderedDictionary<string, object?> map, string key, string type, ShapeCheck check, Action<T>? inside = null)
    {
        if (!map.TryGetValue(key, out var value))
            return;
        check.At(key, () =>
        {
            if (value is T typed)
                inside?.Invoke(typed);
            else
                check.Expected(type, value);
        });
    }

    private static void Choice(OrderedDictionary<string, object?> map, string key, string[] choices, ShapeCheck check)
    {
        if (map.TryGetValue(key, out var value) && (value is not string text || Array.IndexOf(choices, text) < 0))
            check.At(key, () => check.Add(ShapeFault.Custom, $"Invalid option: expected one of {string.Join('|', choices.Select(static choice => $"\"{choice}\""))}"));
    }
}
