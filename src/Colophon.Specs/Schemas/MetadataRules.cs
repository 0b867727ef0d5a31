using Colophon.Specs.Parsing;

namespace Colophon.Specs.Schemas;

/// <summary>What a valid <c>.openspec.yaml</c> looks like, with the CLI's words for what is wrong.</summary>
internal static class MetadataRules
{
    /// <summary>The problems in the CLI's order.</summary>
    internal static List<ShapeIssue> Check(object? value)
    {
        var check = new ShapeCheck();
        if (value is Dictionary<string, object?> map)
            Check(map, check);
        else
            check.Expected("object", value);
        return check.Issues;
    }

    private static void Check(Dictionary<string, object?> map, ShapeCheck check)
    {
        check.Member<string>(map, "schema", "string", required: true, text => check.NotEmpty(text, "schema is required"));
        check.Member<string>(map, "created", "string", required: false, text =>
        {
            if (!IsDate(text))
                check.Add(ShapeFault.Pattern, "created must be YYYY-MM-DD format", @"/^\d{4}-\d{2}-\d{2}$/");
        });
        check.Member<string>(map, "goal", "string", required: false, text => check.NotEmpty(text));
        check.Member<List<object?>>(map, "affected_areas", "array", required: false, areas =>
        {
            for (var i = 0; i < areas.Count; i++)
            {
                check.At(i, () =>
                {
                    if (areas[i] is string area)
                        check.NotEmpty(area);
                    else
                        check.Expected("string", areas[i]);
                });
            }
        });
        check.Member<Dictionary<string, object?>>(map, "initiative", "object", required: false, link => CheckInitiative(link, check));
        check.Member<bool>(map, "skip_specs", "boolean", required: false);
        check.Member<bool>(map, "retire_capabilities", "boolean", required: false);
    }

    private static void CheckInitiative(Dictionary<string, object?> link, ShapeCheck check)
    {
        foreach (var (key, label) in (ReadOnlySpan<(string, string)>)[("store", "Store id"), ("id", "Initiative id")])
        {
            check.Member<string>(link, key, "string", required: true, text =>
            {
                if (!KebabName.Is(text))
                    check.Add(ShapeFault.Custom, $"{label} must be kebab-case with lowercase letters, numbers, and single hyphen separators");
            });
        }

        var unknown = link.Keys.Where(static key => key is not ("store" or "id")).ToList();
        if (unknown.Count > 0)
        {
            var list = string.Join(", ", unknown.Select(static key => $"\"{key}\""));
            check.Add(ShapeFault.UnknownKeys, $"Unrecognized key{(unknown.Count == 1 ? "" : "s")}: {list}", string.Join('\n', unknown));
        }
    }

    private static bool IsDate(string text)
    {
        var valid = text.Length == 10 && text[4] == '-' && text[7] == '-';
        for (var i = 0; valid && i < text.Length; i++)
            valid = i is 4 or 7 || char.IsAsciiDigit(text[i]);
        return valid;
    }
}
