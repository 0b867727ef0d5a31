using System.Text;
using System.Text.Json;

namespace Colophon.Specs.Tests.Golden;

/// <summary>One recorded case: a tree and what the OpenSpec CLI answered about it.</summary>
internal sealed class GoldenCase
{
    private readonly JsonElement _case;

    private GoldenCase(JsonElement recorded) => _case = recorded;

    public string Id => _case.GetProperty("id").GetString() ?? "";

    public IEnumerable<GoldenStep> Steps => _case.GetProperty("steps").EnumerateArray().Select(step => new GoldenStep(step));

    public IEnumerable<GoldenStep> ArchiveSteps => _case.GetProperty("archiveSteps").EnumerateArray().Select(step => new GoldenStep(step));

    public IEnumerable<GoldenStep> ArchiveJsonSteps => _case.GetProperty("archiveJsonSteps").EnumerateArray().Select(step => new GoldenStep(step));

    public GoldenStep PostArchiveValidate => new(_case.GetProperty("postArchiveValidate"));

    public static GoldenCase Load(string file) => new(JsonDocument.Parse(File.ReadAllBytes(file)).RootElement);

    public TemporaryTree Unpack()
    {
        var tree = new TemporaryTree();
        foreach (var entry in _case.GetProperty("input").EnumerateObject())
            Write(tree, entry.Name, entry.Value);
        foreach (var change in _case.GetProperty("mtimes").EnumerateObject())
            Stamp(Path.Combine(tree.Path, "openspec/changes", change.Name), change.Value.GetDateTimeOffset());
        return tree;
    }

    /// <summary>The tree after the recorded archives.</summary>
    public TemporaryTree UnpackAfter()
    {
        var tree = new TemporaryTree();
        var input = _case.GetProperty("input");
        foreach (var entry in _case.GetProperty("after").EnumerateObject())
        {
            var path = entry.Name.Replace("<DATE>", "2026-11-20", StringComparison.Ordinal);
            if (entry.Value.ValueKind == JsonValueKind.Null)
                tree.AddFolder(path);
            else if (entry.Value.TryGetProperty("same", out var same))
                Write(tree, path, input.GetProperty(same.GetString() ?? ""));
            else if (entry.Value.TryGetProperty("text", out var text))
                Write(tree, path, text);
            else
                Write(tree, path, entry.Value);
        }

        return tree;
    }

    private static void Write(TemporaryTree tree, string path, JsonElement content)
    {
        if (path.EndsWith('/'))
            tree.AddFolder(path);
        else if (content.ValueKind == JsonValueKind.Object)
            tree.Add(path, content.GetProperty("b64").GetBytesFromBase64());
        else
            tree.Add(path, Encoding.UTF8.GetBytes(content.GetString() ?? ""));
    }

    private static void Stamp(string directory, DateTimeOffset time)
    {
        foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, time.UtcDateTime);
        foreach (var folder in Directory.EnumerateDirectories(directory, "*", SearchOption.AllDirectories).OrderByDescending(path => path.Length))
            Directory.SetLastWriteTimeUtc(folder, time.UtcDateTime);
        Directory.SetLastWriteTimeUtc(directory, time.UtcDateTime);
    }
}

/// <summary>One run of the CLI.</summary>
internal readonly struct GoldenStep(JsonElement step)
{
    public string[] Arguments { get; } = [.. step.GetProperty("argv").EnumerateArray().Select(argument => argument.GetString() ?? "")];

    public int ExitCode { get; } = step.GetProperty("exit").GetInt32();

    public JsonElement? Json { get; } = step.TryGetProperty("json", out var json) ? json : null;

    public string Text { get; } = step.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "";

    public string Error { get; } = step.TryGetProperty("stderr", out var error) ? error.GetString() ?? "" : "";
}
