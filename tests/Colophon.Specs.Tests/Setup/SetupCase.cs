using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Colophon.Specs.Tests.Golden;

namespace Colophon.Specs.Tests.Setup;

/// <summary>One recorded project: what is in it and in the person's home, and what a row of commands made of both.</summary>
internal sealed class SetupCase(JsonElement recorded)
{
    public string Id { get; } = recorded.GetProperty("id").GetString() ?? "";

    /// <summary>Reads all recorded cases.</summary>
    public static IEnumerable<SetupCase> Load(string file) => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.EnumerateArray().Select(static entry => new SetupCase(entry));

    /// <summary>Runs the case and says what came out differently.</summary>
    /// <returns>How many commands ran.</returns>
    public int Check(List<string> failures)
    {
        using var tree = new TemporaryTree();
        var (project, home) = ($"{tree.Path}/p", $"{tree.Path}/h");
        Directory.CreateDirectory(project);
        Directory.CreateDirectory(home);
        Fill("files", project, home);
        Fill("home", home, home);
        var runs = 0;
        foreach (var step in recorded.GetProperty("steps").EnumerateArray())
        {
            if (step.TryGetProperty("write", out var write))
            {
                foreach (var entry in write.EnumerateObject())
                    Put(At(entry.Name, project, home), entry.Value, home);
            }
            else if (step.TryGetProperty("delete", out var delete))
            {
                foreach (var path in delete.EnumerateArray())
                    Remove(At(path.GetString() ?? "", project, home));
            }
            else
            {
                Compare(step, project, home, failures);
                runs++;
            }
        }

        return runs;
    }

    private static string At(string path, string project, string home) => path is ['~', .. var rest] ? $"{home}/{rest}" : $"{project}/{path}";

    private void Fill(string property, string folder, string home)
    {
        if (!recorded.TryGetProperty(property, out var entries))
            return;
        foreach (var entry in entries.EnumerateObject())
            Put($"{folder}/{entry.Name}", entry.Value, home);
    }

    private static void Put(string path, JsonElement content, string home)
    {
        Directory.CreateDirectory(path.EndsWith('/') ? path : Path.GetDirectoryName(path) ?? "/");
        if (path.EndsWith('/'))
            return;
        if (content.ValueKind == JsonValueKind.Object)
            File.CreateSymbolicLink(path, (content.GetProperty("link").GetString() ?? "").Replace("<HOME>", home, StringComparison.Ordinal));
        else
            File.WriteAllBytes(path, Encoding.UTF8.GetBytes(content.GetString() ?? ""));
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else if (File.Exists(path))
            File.Delete(path);
    }

    private void Compare(JsonElement step, string project, string home, List<string> failures)
    {
        var arguments = step.GetProperty("argv").EnumerateArray().Select(static argument => argument.GetString() ?? "").ToArray();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home, ["NO_COLOR"] = "1" };
        if (recorded.TryGetProperty("env", out var variables))
        {
            foreach (var variable in variables.EnumerateObject())
                environment[variable.Name] = (variable.Value.GetString() ?? "").Replace("<HOME>", home, StringComparison.Ordinal);
        }

        var run = DropInRun.Of(project, environment, "", arguments);
        string Text(string name) => (step.GetProperty(name).GetString() ?? "").Replace("<ROOT>", project, StringComparison.Ordinal).Replace("<HOME>", home, StringComparison.Ordinal);
        var what = $"{Id}: {string.Join(' ', arguments)}";
        if (run.ExitCode != step.GetProperty("exit").GetInt32())
            failures.Add($"{what}: exit {run.ExitCode}");
        if (run.Output != Text("stdout"))
            failures.Add($"{what}: recorded\n{Text("stdout")}\nours\n{run.Output}");
        if (run.Error != Text("stderr"))
            failures.Add($"{what}: recorded on stderr\n{Text("stderr")}\nours\n{run.Error}");
        var lines = Entries(project, "").Concat(Entries(home, "~/")).Select(line => line.Replace(home, "<HOME>", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        if (lines.Count != step.GetProperty("entries").GetInt32() || Hash(Encoding.UTF8.GetBytes(string.Concat(lines))) != step.GetProperty("tree").GetString())
            failures.Add($"{what}: {lines.Count} entries, recorded {step.GetProperty("entries").GetInt32()}\n{string.Concat(lines.Take(60))}");
    }

    /// <summary>A line for every file, link and empty folder.</summary>
    private static IEnumerable<string> Entries(string folder, string prefix)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            var name = prefix + Path.GetFileName(path);
            if (new FileInfo(path).LinkTarget is { } target)
            {
                yield return $"{name} link {target}\n";
                continue;
            }

            if (File.Exists(path))
            {
                yield return $"{name} {Hash(File.ReadAllBytes(path))}\n";
                continue;
            }

            var below = Entries(path, $"{name}/").ToList();
            foreach (var line in below.Count > 0 ? below : [$"{name}/ \n"])
                yield return line;
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
}
