namespace Colophon.Specs.Schemas;

/// <summary>What a valid <c>schema.yaml</c> looks like, with the CLI's words for what is wrong.</summary>
internal static class SchemaRules
{
    private const int MostArtifacts = 1000;
    private const double LargestInteger = 9007199254740991;

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
        check.Member<string>(map, "name", "string", required: true, text => check.NotEmpty(text, "Schema name is required"));
        check.Member<double>(map, "version", "number", required: true, number => CheckVersion(number, check));
        check.Member<string>(map, "description", "string", required: false);
        check.Member<List<object?>>(map, "artifacts", "array", required: true, list => CheckArtifacts(list, check));
        check.Member<Dictionary<string, object?>>(map, "apply", "object", required: false, apply => CheckApply(apply, check));
    }

    private static void CheckVersion(double number, ShapeCheck check)
    {
        if (!double.IsFinite(number) || number != Math.Floor(number))
            check.Add(ShapeFault.Type, double.IsFinite(number) ? "Invalid input: expected int, received number" : "Invalid input: expected number, received " + (double.IsNaN(number) ? "NaN" : "Infinity"), "int");
        else if (number > LargestInteger)
            check.Add(ShapeFault.Custom, $"Too big: expected int to be <={LargestInteger:F0}");
        else if (number < -LargestInteger)
            check.Add(ShapeFault.Custom, $"Too small: expected int to be >=-{LargestInteger:F0}");
        else if (number <= 0)
            check.Add(ShapeFault.Custom, "Version must be a positive integer");
    }

    private static void CheckArtifacts(List<object?> list, ShapeCheck check)
    {
        for (var i = 0; i < list.Count; i++)
        {
            check.At(i, () =>
            {
                if (list[i] is Dictionary<string, object?> artifact)
                    CheckArtifact(artifact, check);
                else
                    check.Expected("object", list[i]);
            });
        }

        if (list.Count == 0)
            check.Add(ShapeFault.Custom, "At least one artifact required");
        else if (list.Count > MostArtifacts)
            check.Add(ShapeFault.Custom, $"A schema may declare at most {MostArtifacts} artifacts");
    }

    private static void CheckArtifact(Dictionary<string, object?> map, ShapeCheck check)
    {
        check.Member<string>(map, "id", "string", required: true, text => check.NotEmpty(text, "Artifact ID is required"));
        check.Member<string>(map, "generates", "string", required: true, path => CheckPath(path, "generates field", check));
        check.Member<string>(map, "description", "string", required: true);
        check.Member<string>(map, "template", "string", required: true, path => CheckPath(path, "template field", check));
        check.Member<string>(map, "instruction", "string", required: false);
        check.Member<List<object?>>(map, "requires", "array", required: false, list => CheckTexts(list, check));
    }

    private static void CheckApply(Dictionary<string, object?> map, ShapeCheck check)
    {
        check.Member<List<object?>>(map, "requires", "array", required: true, list =>
        {
            CheckTexts(list, check);
            if (list.Count == 0)
                check.Add(ShapeFault.Custom, "At least one required artifact");
        });
        if (map.GetValueOrDefault("tracks") is not null)
            check.Member<string>(map, "tracks", "string", required: false, path => CheckPath(path, "apply.tracks", check));
        check.Member<string>(map, "instruction", "string", required: false);
    }

    private static void CheckTexts(List<object?> list, ShapeCheck check)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not string)
                check.At(i, () => check.Expected("string", list[i]));
        }
    }

    private static void CheckPath(string path, string what, ShapeCheck check)
    {
        if (path.Length == 0)
            check.Add(ShapeFault.TooShort, $"{what} is required");
        else if (!StaysInside(path))
            check.Add(ShapeFault.Custom, $"{what} must be a relative path inside its allowed directory");
    }

    private static bool StaysInside(string path) =>
        path[0] is not ('/' or '\\') && !path.Contains('\0') && !(path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]))
        && Array.IndexOf(path.Split('/', '\\'), "..") < 0;
}
