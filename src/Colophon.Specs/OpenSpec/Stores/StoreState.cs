using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Stores;

/// <summary>Reads the two YAML files of stores with the CLI's strictness: no key too many.</summary>
internal sealed class StoreState(string label, string code, string target, string fix)
{
    /// <summary>The file's value, its shape checked.</summary>
    /// <exception cref="OpenSpecFailure">It is no YAML, or of another shape.</exception>
    internal Dictionary<string, object?> Read(string path, Action<Dictionary<string, object?>, ShapeCheck> rules)
    {
        var file = FileText.Read(path);
        var text = file.Text ?? throw new OpenSpecFailure(SystemError.Describe(file.Failure ?? "missing", path));
        if (!Yaml.TryRead(text, out var value))
            throw Invalid(YamlError.Describe(text));
        var check = new ShapeCheck();
        if (value is Dictionary<string, object?> map)
            rules(map, check);
        else
            check.Expected("object", value);
        if (check.Issues.Count > 0)
            throw Invalid(string.Join("; ", check.Issues.Select(static issue => issue.Path.Count == 0 ? $"root: {issue.Message}" : issue.Line)));
        return value as Dictionary<string, object?> ?? [];
    }

    internal OpenSpecFailure Invalid(string why) => new($"Invalid {label}: {why}", code, fix, target);

    /// <summary>Exactly this value.</summary>
    internal static void Literal(Dictionary<string, object?> map, string key, object value, string shown, ShapeCheck check)
    {
        if (!Equals(map.GetValueOrDefault(key), value))
            check.At(key, () => check.Add(ShapeFault.Custom, $"Invalid input: expected {shown}"));
    }

    /// <summary>A text that is not empty, where it is there.</summary>
    internal static void Optional(Dictionary<string, object?> map, string key, ShapeCheck check) =>
        check.Member<string>(map, key, "string", required: false, text => check.NotEmpty(text));

    internal static void NoOther(Dictionary<string, object?> map, string[] known, ShapeCheck check)
    {
        var unknown = map.Keys.Where(key => !known.Contains(key)).ToList();
        if (unknown.Count > 0)
            check.Add(ShapeFault.UnknownKeys, $"Unrecognized key{(unknown.Count == 1 ? "" : "s")}: {string.Join(", ", unknown.Select(static key => $"\"{key}\""))}");
    }
}
