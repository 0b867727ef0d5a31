using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Colophon.Specs.Tests.Golden;

/// <summary>A recorded scenario: a home and a project, a few command lines, what the npm CLI answered, and what it changed on the disk.</summary>
internal sealed partial class Surroundings : IDisposable
{
    private const string Place = "<BOX>";

    private readonly JsonElement _recorded;
    private readonly TemporaryTree _box = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public Surroundings(JsonElement recorded)
    {
        _recorded = recorded;
        _box.AddFolder("home").AddFolder("project");
        _environment["HOME"] = $"{_box.Path}/home";
        _environment["NO_COLOR"] = "1";
        _environment["SHELL"] = "/bin/tcsh";
        foreach (var (name, value) in Texts("env"))
            _environment[name] = Local(value);
        foreach (var unset in _environment.Where(static entry => entry.Value == "<UNSET>").ToList())
            _environment.Remove(unset.Key);
        if (recorded.TryGetProperty("files", out var files))
        {
            foreach (var file in files.EnumerateObject())
                Add(file.Name, file.Value);
        }

        if (!recorded.TryGetProperty("modes", out var modes))
            return;
        foreach (var mode in modes.EnumerateObject())
            File.SetUnixFileMode($"{_box.Path}/{mode.Name}", (UnixFileMode)mode.Value.GetInt32());
    }

    private string Name => _recorded.GetProperty("name").GetString() ?? "";

    /// <summary>Runs the lines and tells what differs from the record.</summary>
    public IEnumerable<string> Differences()
    {
        var before = Snapshot();
        var directory = $"{_box.Path}/{(_recorded.TryGetProperty("cwd", out var cwd) ? cwd.GetString() : "project")}";
        foreach (var step in _recorded.GetProperty("steps").EnumerateArray())
        {
            var words = step.GetProperty("args").EnumerateArray().Select(word => Local(word.GetString() ?? "")).ToArray();
            var run = DropInRun.Of(directory, _environment, Text(step, "stdin"), words);
            var title = $"{Name}: {string.Join(' ', words)}";
            if (run.ExitCode != step.GetProperty("exit").GetInt32())
                yield return $"{title}: exit {run.ExitCode}";
            if (Compare(Text(step, "out"), run.Output) is { } output)
                yield return $"{title}: {output}";
            if (Compare(Text(step, "err"), run.Error) is { } error)
                yield return $"{title}: stderr {error}";
        }

        var after = Snapshot();
        var changed = Texts("changed").ToDictionary();
        foreach (var path in before.Keys.Union(after.Keys).Union(changed.Keys).Order(StringComparer.Ordinal))
        {
            var expected = changed.TryGetValue(path, out var recorded) ? recorded : before.GetValueOrDefault(path);
            if (Compare(Expand(expected ?? "(none)"), after.GetValueOrDefault(path) ?? "(none)") is { } difference)
                yield return $"{Name}: {path}: {difference}";
        }
    }

    public void Dispose()
    {
        foreach (var folder in new[] { _box.Path }.Concat(Directory.EnumerateDirectories(_box.Path, "*", SearchOption.TopDirectoryOnly)))
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _box.Dispose();
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";

    private IEnumerable<KeyValuePair<string, string?>> Texts(string name) =>
        _recorded.TryGetProperty(name, out var map) ? map.EnumerateObject().Select(static entry => KeyValuePair.Create(entry.Name, entry.Value.GetString())) : [];

    private string Local(string? text) => (text ?? "").Replace(Place, _box.Path, StringComparison.Ordinal);

    private void Add(string path, JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String && path.EndsWith('/'))
            _box.AddFolder(path);
        else if (content.ValueKind == JsonValueKind.String)
            _box.Add(path, Local(content.GetString()));
        else if (content.TryGetProperty("b64", out var bytes))
            _box.Add(path, bytes.GetBytesFromBase64());
        else
            Link(path, Local(content.GetProperty("link").GetString()));
    }

    private void Link(string path, string target)
    {
        _box.AddFolder(Path.GetDirectoryName(path) ?? "");
        File.CreateSymbolicLink($"{_box.Path}/{path}", target);
    }

    /// <summary>Files with their texts, links with their targets, and folders that hold nothing.</summary>
    private Dictionary<string, string?> Snapshot()
    {
        var found = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var top in (string[])["home", "project"])
        {
            foreach (var entry in Directory.EnumerateFileSystemEntries($"{_box.Path}/{top}", "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
            {
                var path = Normalise(Path.GetRelativePath(_box.Path, entry));
                if (path.StartsWith("home/.cache", StringComparison.Ordinal))
                    continue;
                if (new FileInfo(entry).LinkTarget is { } target)
                    found[path] = "-> " + Normalise(target);
                else if (File.Exists(entry))
                    found[path] = Normalise(Encoding.UTF8.GetString(File.ReadAllBytes(entry)));
                else if (!Directory.EnumerateFileSystemEntries(entry).Any())
                    found[path + "/"] = "";
            }
        }

        return found;
    }

    private string? Compare(string recorded, string actual)
    {
        actual = Normalise(actual);
        recorded = WithoutWarning(recorded);
        if (recorded == actual)
            return null;
        var (left, right) = (recorded.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
            line++;
        return $"line {line + 1}\n  recorded: {left.ElementAtOrDefault(line)}\n  ours:     {right.ElementAtOrDefault(line)}";
    }

    private string Expand(string recorded) =>
        recorded.StartsWith("<SCRIPT ", StringComparison.Ordinal) ? Normalise(DropInRun.Of("/", "completion", "generate", recorded[8..^1]).Output)[..^1] : recorded;

    private string Normalise(string text)
    {
        text = text.Replace($"{_box.Path}/home/.cache/colophon/openspec-1.13.2/schemas", "<PKG>", StringComparison.Ordinal).Replace(_box.Path, Place, StringComparison.Ordinal);
        return WithoutWarning(Duration().Replace(BackupTime().Replace(text, "backup-<TIME>"), "\"durationMs\": 0"));
    }

    /// <summary>Whether the bash-completion package is there is the machine's business.</summary>
    private static string WithoutWarning(string text)
    {
        var start = text.IndexOf("\n⚠️  Warning: bash-completion", StringComparison.Ordinal);
        const string last = "bash_completion.sh\"\n";
        return start < 0 ? text : text.Remove(start, text.IndexOf(last, start, StringComparison.Ordinal) + last.Length - start);
    }

    [GeneratedRegex(@"backup-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d\d\dZ")]
    private static partial Regex BackupTime();

    [GeneratedRegex("\"durationMs\": [0-9]+")]
    private static partial Regex Duration();
}
