namespace Colophon.Specs.Schemas;

/// <summary>What a valid <c>.openspec.yaml</c> looks like, with the CLI's words for the first thing that is wrong.</summary>
internal static class MetadataRules
{
    /// <summary>The first problem, or null.</summary>
    internal static string? Check(object? value)
    {
        if (value is not Dictionary<string, object?> map)
            return Expected("", "object", value, present: true);
        return CheckText(map, "schema", required: true, "schema is required")
            ?? CheckCreated(map)
            ?? CheckText(map, "goal", required: false, "Too small: expected string to have >=1 characters")
            ?? CheckAreas(map)
            ?? CheckInitiative(map)
            ?? CheckFlag(map, "skip_specs")
            ?? CheckFlag(map, "retire_capabilities");
    }

    private static string? CheckText(Dictionary<string, object?> map, string key, bool required, string empty, string prefix = "")
    {
        var present = map.TryGetValue(key, out var value);
        if (!present && !required)
            return null;
        return value is not string text ? Expected(prefix + key, "string", value, present) : text.Length == 0 ? $"{prefix}{key}: {empty}" : null;
    }

    private static string? CheckCreated(Dictionary<string, object?> map)
    {
        if (!map.TryGetValue("created", out var value))
            return null;
        if (value is not string text)
            return Expected("created", "string", value, present: true);
        var valid = text.Length == 10 && text[4] == '-' && text[7] == '-';
        for (var i = 0; valid && i < text.Length; i++)
            valid = i is 4 or 7 || char.IsAsciiDigit(text[i]);
        return valid ? null : "created: created must be YYYY-MM-DD format";
    }

    private static string? CheckAreas(Dictionary<string, object?> map)
    {
        if (!map.TryGetValue("affected_areas", out var value))
            return null;
        if (value is not List<object?> areas)
            return Expected("affected_areas", "array", value, present: true);
        for (var i = 0; i < areas.Count; i++)
        {
            if (areas[i] is not string area)
                return Expected($"affected_areas.{i}", "string", areas[i], present: true);
            if (area.Length == 0)
                return $"affected_areas.{i}: Too small: expected string to have >=1 characters";
        }

        return null;
    }

    private static string? CheckInitiative(Dictionary<string, object?> map)
    {
        if (!map.TryGetValue("initiative", out var value))
            return null;
        if (value is not Dictionary<string, object?> initiative)
            return Expected("initiative", "object", value, present: true);
        foreach (var (key, label) in (ReadOnlySpan<(string, string)>)[("store", "Store id"), ("id", "Initiative id")])
        {
            var present = initiative.TryGetValue(key, out var id);
            if (id is not string text)
                return Expected($"initiative.{key}", "string", id, present);
            if (!IsKebab(text))
                return $"initiative.{key}: {label} must be kebab-case with lowercase letters, numbers, and single hyphen separators";
        }

        foreach (var key in initiative.Keys)
        {
            if (key is not ("store" or "id"))
                return $"initiative: Unrecognized key: \"{key}\"";
        }

        return null;
    }

    private static string? CheckFlag(Dictionary<string, object?> map, string key) =>
        map.TryGetValue(key, out var value) && value is not bool ? Expected(key, "boolean", value, present: true) : null;

    private static bool IsKebab(string text)
    {
        var letter = false;
        foreach (var c in text)
        {
            if (c == '-' ? !letter : !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
                return false;
            letter = c != '-';
        }

        return letter;
    }

    private static string Expected(string path, string type, object? value, bool present)
    {
        var received = !present ? "undefined" : value switch
        {
            null => "null",
            string => "string",
            bool => "boolean",
            double number => double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? "Infinity" : "number",
            List<object?> => "array",
            _ => "object",
        };
        return $"{(path.Length == 0 ? "" : path + ": ")}Invalid input: expected {type}, received {received}";
    }
}
