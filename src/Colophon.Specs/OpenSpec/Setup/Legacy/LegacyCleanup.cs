namespace Colophon.Specs.OpenSpec.Setup.Legacy;

/// <summary>Takes away what older versions wrote, and nothing that a person did. What cannot be taken away is reported.</summary>
internal sealed class LegacyCleanup(ProjectFiles files)
{
    private readonly List<string> _deleted = [];
    private readonly List<string> _folders = [];
    private readonly List<string> _changed = [];
    private readonly List<string> _kept = [];
    private readonly List<string> _errors = [];
    private readonly HashSet<string> _prompts = new(StringComparer.Ordinal);

    /// <summary>Does it and tells people.</summary>
    internal static void Run(ProjectFiles files, LegacyFindings findings)
    {
        var session = files.Session;
        session.Waiting("Cleaning up legacy files...");
        var cleanup = new LegacyCleanup(files);
        cleanup.Remove(findings);
        session.Succeeded("Legacy files cleaned up");
        var summary = cleanup.Summary(findings.HasProject);
        if (summary.Length > 0)
        {
            session.Line();
            session.Line(summary);
        }

        session.Line();
    }

    private void Remove(LegacyFindings findings)
    {
        foreach (var name in findings.BlockFiles)
        {
            Try($"Failed to modify {name}", () =>
            {
                var path = files.At(name);
                ProjectFiles.WriteSafely(path, MarkerBlock.Remove(ProjectFiles.Read(path)));
                _changed.Add(name);
            });
        }

        foreach (var folder in findings.Folders)
            Try($"Failed to delete directory {folder.Path}", () => RemoveFolder(folder.Path));
        var partly = new List<string>();
        foreach (var path in findings.Files)
            Try($"Failed to delete {path.Path}", () => RemoveFile(path.Path, partly));
        foreach (var folder in partly.Distinct(StringComparer.Ordinal))
            Try($"Failed to delete directory {folder}", () => Settle(folder));
        foreach (var prompt in findings.Prompts)
        {
            Try($"Failed to delete {prompt.Path}", () =>
            {
                Unlink(prompt.Path);
                _deleted.Add(prompt.Path);
                _prompts.Add(prompt.Path);
            });
        }

        if (findings.HasAgents && files.FileExists(files.At("openspec/AGENTS.md")))
        {
            Try("Failed to delete openspec/AGENTS.md", () =>
            {
                Unlink(files.At("openspec/AGENTS.md"));
                _deleted.Add("openspec/AGENTS.md");
            });
        }
    }

    private void RemoveFolder(string folder)
    {
        var names = Array.Find(LegacyCommands.All, commands => commands.Folder == folder)?.Names ?? [];
        if (LegacyFindings.Split(files.At(folder), names) is not { } parts)
            return;
        foreach (var name in parts.Ours)
            Unlink(files.At($"{folder}/{name}"));
        if (!Settle(folder))
            _deleted.AddRange(parts.Ours.Select(name => $"{folder}/{name}"));
    }

    private void RemoveFile(string path, List<string> partly)
    {
        if (Array.Find(LegacyCommands.All, commands => commands.Folder is { } folder && commands.Names.Any(name => path == $"{folder}/{name}")) is { Folder: { } own })
        {
            partly.Add(own);
            if (!LegacyFindings.IsGenerated(files.At(path)))
                return;
        }

        Unlink(files.At(path));
        _deleted.Add(path);
    }

    /// <summary>Removes a folder that is empty by now, or lists what is left in it.</summary>
    private bool Settle(string folder)
    {
        var path = files.At(folder);
        if (LegacyFindings.Split(path, []) is not { } left)
            return false;
        if (left.Others.Count > 0)
        {
            _kept.AddRange(left.Others.Select(name => $"{folder}/{name}"));
            return false;
        }

        try
        {
            Directory.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpenSpecFailure(NodeError.Describe(e, "rmdir", path));
        }

        _folders.Add(folder);
        return true;
    }

    private static void Unlink(string path)
    {
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
            throw new OpenSpecFailure($"EISDIR: illegal operation on a directory, unlink '{path}'");
        ProjectFiles.Delete(path);
    }

    private void Try(string failed, Action action)
    {
        try
        {
            action();
        }
        catch (OpenSpecFailure failure)
        {
            _errors.Add($"{failed}: {failure.Message}");
        }
    }

    private string Summary(bool hasProject)
    {
        var lines = new List<string>();
        if (_deleted.Count + _folders.Count + _changed.Count + _kept.Count > 0)
        {
            lines.Add("Cleaned up legacy files:");
            lines.AddRange(_deleted.Select(path => $"  ✓ Removed {path}{(_prompts.Contains(path) ? " (replaced by Codex skills)" : "")}"));
            lines.AddRange(_folders.Select(static folder => $"  ✓ Removed {folder}/ (replaced by OpenSpec skills and commands)"));
            lines.AddRange(_kept.Select(static path => $"  • Kept {path} (not created by OpenSpec)"));
            lines.AddRange(_changed.Select(static path => $"  ✓ Removed OpenSpec markers from {path}"));
        }

        if (hasProject)
        {
            if (lines.Count > 0)
                lines.Add("");
            lines.AddRange(LegacySummary.ProjectHint(files.Session));
        }

        if (_errors.Count > 0)
        {
            if (lines.Count > 0)
                lines.Add("");
            lines.Add("Errors during cleanup:");
            lines.AddRange(_errors.Select(static error => $"  ⚠ {error}"));
        }

        return string.Join('\n', lines);
    }
}
