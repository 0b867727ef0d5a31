using System.Text;

namespace Colophon.Specs.Tests.Incremental;

/// <summary>Edits a tree at random, as people, editors and scripts do, and says which paths a watcher would name.</summary>
internal sealed class RandomEdits(TemporaryTree tree, Random random)
{
    private static readonly string[] s_changes = ["add-a", "add-b", "fix-c"];
    private static readonly string[] s_capabilities = ["auth", "Auth", "data/cache", "data", "ui"];

    private static readonly string[] s_lines =
    [
        "## Purpose", "## Requirements", "## ADDED Requirements", "## MODIFIED Requirements", "## REMOVED Requirements", "## RENAMED Requirements", "### Requirement: Alpha",
        "### Requirement: Beta", "### Requirement: alpha", "The system SHALL answer.", "It answers.", "#### Scenario: One", "#### Scenario: Two", "- **WHEN** asked", "```", "- FROM: `### Requirement: Alpha`",
        "- TO: `### Requirement: Gamma`", "- `### Requirement: Beta`", "", "TBD", "- [ ] 1.1 First", "- [x] 1.2 Second", "## 1. Work", "## 2. More", "* item", "é\u2028#",
    ];

    private const string Main = "# x\n\n## Purpose\nThis capability exists so that a random edit has something to break, and to mend again.\n\n## Requirements\n\n"
        + "### Requirement: Alpha\nThe system SHALL answer.\n\n#### Scenario: One\n- **WHEN** asked\n\n### Requirement: Beta\nThe system SHALL ask.\n\n#### Scenario: Two\n- **WHEN** told\n";

    private const string Delta = "## MODIFIED Requirements\n\n### Requirement: Alpha\nThe system SHALL answer soon.\n\n#### Scenario: One\n- **WHEN** asked\n\n"
        + "## ADDED Requirements\n\n### Requirement: Gamma\nThe system SHALL stay.\n\n#### Scenario: Three\n- **WHEN** left\n";

    /// <summary>A tree with something of everything.</summary>
    internal static TemporaryTree Start()
    {
        var tree = new TemporaryTree().Add("openspec/config.yaml", "schema: spec-driven\n");
        tree.Add("openspec/specs/auth/spec.md", Main).Add("openspec/specs/data/cache/spec.md", Main);
        tree.Add("openspec/changes/add-a/specs/auth/spec.md", Delta).Add("openspec/changes/add-a/tasks.md", "## 1. Work\n- [ ] 1.1 First\n");
        tree.Add("openspec/changes/add-a/.openspec.yaml", "schema: spec-driven\n");
        return tree.Add("openspec/changes/add-b/specs/data/cache/spec.md", Delta).Add("openspec/changes/add-b/proposal.md", "# B\n").AddFolder("openspec/changes/archive");
    }

    /// <summary>Makes one edit.</summary>
    /// <returns>The paths, relative to the root, at which something came, went or was written.</returns>
    internal string[] Next() => random.Next(14) switch
    {
        0 => Write(AnyFile(), Main),
        1 => Write(AnyFile(), Delta),
        2 => Write($"openspec/changes/{Any(s_changes)}/.openspec.yaml", Any("schema: spec-driven\n", "schema: spec-driven\nskip_specs: true\n", "schema: nope\n", ": [", "schema: own\n")),
        3 => Write($"openspec/changes/{Any(s_changes)}/tasks.md", Any("## 1. W\n- [ ] 1.1 a\n- [x] 1.1 b\n", "- plain\n", "## 2. W\n- [x] 1.1 a\n")),
        4 => Delete(ExistingFile()),
        5 => DeleteFolder(Any($"openspec/changes/{Any(s_changes)}", $"openspec/changes/{Any(s_changes)}/specs", $"openspec/specs/{Any(s_capabilities)}", "openspec/specs", "openspec/changes/archive")),
        6 => Move($"openspec/changes/{Any(s_changes)}", Any($"openspec/changes/{Any(s_changes)}", $"openspec/changes/archive/2026-01-0{random.Next(1, 9)}-x", "elsewhere")),
        7 => Move($"openspec/specs/{Any(s_capabilities)}", Any($"openspec/specs/{Any(s_capabilities)}", "elsewhere", "openspec/specs/.hidden")),
        8 => Move("elsewhere", Any($"openspec/changes/{Any(s_changes)}", $"openspec/specs/{Any(s_capabilities)}")),
        9 => Write(Any("openspec/config.yaml", "openspec/schemas/own/schema.yaml"), Any("schema: own\n", "schema: spec-driven\n", "name: own\nversion: 1\nartifacts:\n  - id: tasks\n    generates: \"*.md\"\n    template: t.md\n", "[")),
        10 => Link(),
        11 => Write($"openspec/changes/{Any(s_changes)}/specs/{Any("spec.md", "loose.md", "auth/notes.md")}", Delta),
        _ => EditLine(ExistingFile()),
    };

    private string[] Write(string path, string text)
    {
        var made = Blockers(path);
        if (made is null)
            return [];
        tree.Add(path, text);
        return [.. made, path];
    }

    /// <summary>The folders that writing a path will make, which a watcher names too; null where a file stands in the way.</summary>
    private List<string>? Blockers(string path)
    {
        var made = new List<string>();
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            var folder = path[..slash];
            if (File.Exists($"{tree.Path}/{folder}") || new FileInfo($"{tree.Path}/{folder}").LinkTarget is not null)
                return null;
            if (!Directory.Exists($"{tree.Path}/{folder}"))
                made.Add(folder);
        }

        return Directory.Exists($"{tree.Path}/{path}") || new FileInfo($"{tree.Path}/{path}").LinkTarget is not null ? null : made;
    }

    private string[] EditLine(string? path)
    {
        if (path is null || new FileInfo($"{tree.Path}/{path}").LinkTarget is not null)
            return [];
        var bytes = File.ReadAllBytes($"{tree.Path}/{path}");
        var lines = Encoding.UTF8.GetString(bytes).Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(4))
        {
            case 0:
                lines[at] = Any(s_lines);
                break;
            case 1:
                lines.Insert(at, Any(s_lines));
                break;
            case 2:
                lines.RemoveAt(at);
                break;
            default:
                var index = random.Next(bytes.Length + 1);
                File.WriteAllBytes($"{tree.Path}/{path}", [.. bytes[..index], (byte)random.Next(256), .. bytes[index..]]);
                return [path];
        }

        var text = string.Join(random.Next(5) == 0 ? "\r\n" : "\n", lines);
        if (random.Next(2) == 0)
        {
            // As editors save: a new file beside it, then over it.
            File.WriteAllText($"{tree.Path}/{path}.tmp~", text);
            File.Move($"{tree.Path}/{path}.tmp~", $"{tree.Path}/{path}", overwrite: true);
            return [$"{path}.tmp~", path];
        }

        File.WriteAllText($"{tree.Path}/{path}", text);
        return [path];
    }

    private string[] Delete(string? path)
    {
        if (path is null)
            return [];
        File.Delete($"{tree.Path}/{path}");
        return [path];
    }

    private string[] DeleteFolder(string path)
    {
        if (!Directory.Exists($"{tree.Path}/{path}") || new FileInfo($"{tree.Path}/{path}").LinkTarget is not null)
            return [];
        Directory.Delete($"{tree.Path}/{path}", recursive: true);
        return [path];
    }

    private string[] Move(string from, string to)
    {
        if (!Directory.Exists($"{tree.Path}/{from}") || Path.Exists($"{tree.Path}/{to}") || (to + "/").StartsWith(from + "/", StringComparison.Ordinal) || Blockers(to) is not { } made)
            return [];
        Directory.CreateDirectory(Path.GetDirectoryName($"{tree.Path}/{to}") ?? "/");
        Directory.Move($"{tree.Path}/{from}", $"{tree.Path}/{to}");
        return [.. made, from, to];
    }

    private string[] Link()
    {
        var change = $"openspec/changes/{Any(s_changes)}";
        var (path, target) = random.Next(3) switch
        {
            0 => ($"{change}/tasks.md", $"../{Any(s_changes)}/tasks.md"),
            1 => ($"{change}/specs/ui/spec.md", Any("real.md", "../../tasks.md", "spec.md")),
            _ => ($"openspec/specs/{Any(s_capabilities)}/linked/spec.md", Any("real.md", "../spec.md")),
        };
        if (Blockers(path) is not { } made || Path.Exists($"{tree.Path}/{path}"))
            return [];
        Directory.CreateDirectory(Path.GetDirectoryName($"{tree.Path}/{path}") ?? "/");
        File.CreateSymbolicLink($"{tree.Path}/{path}", target);
        return [.. made, path];
    }

    private string AnyFile() => Any(
        $"openspec/specs/{Any(s_capabilities)}/spec.md", $"openspec/changes/{Any(s_changes)}/specs/{Any(s_capabilities)}/spec.md",
        $"openspec/specs/{Any(s_capabilities)}/real.md", $"openspec/changes/{Any(s_changes)}/specs/ui/real.md", "openspec/specs/spec.md");

    private string? ExistingFile()
    {
        var files = Directory.GetFiles(tree.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });
        return files.Length == 0 ? null : Path.GetRelativePath(tree.Path, files.Order(StringComparer.Ordinal).ElementAt(random.Next(files.Length)));
    }

    private T Any<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
