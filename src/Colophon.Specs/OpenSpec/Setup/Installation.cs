using Colophon.Specs.OpenSpec.Setup.Moves;
using Colophon.Specs.OpenSpec.Setup.State;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Setup;

/// <summary>Writes and removes a tool's files in one project.</summary>
internal sealed class Installation
{
    private readonly HashSet<string> _swept = new(StringComparer.Ordinal);

    internal Installation(Session session, string project)
    {
        Files = new ProjectFiles(session, project);
        Shared = new SharedSkills(Files);
        States = new ToolStates(Files, Shared);
        Former = new FormerRoots(Files);
    }

    internal ProjectFiles Files { get; }

    internal SharedSkills Shared { get; }

    internal ToolStates States { get; }

    internal FormerRoots Former { get; }

    /// <summary>Writes the tool's skills.</summary>
    /// <exception cref="OpenSpecFailure">A file cannot be written, or a link leads out.</exception>
    internal void WriteSkills(AiTool tool, IReadOnlyCollection<string> workflows, Delivery delivery)
    {
        var folder = States.SkillsFolder(tool);
        foreach (var file in GeneratedFiles.Skills(tool, workflows, delivery))
        {
            var path = $"{folder}/{file.Path}";
            Files.Assert(path, States.SkillsBoundary(tool));
            Write(path, file.Text);
        }

        Shared.WriteTarget(tool);
    }

    /// <summary>Writes the tool's commands.</summary>
    /// <exception cref="OpenSpecFailure">A file cannot be written, or a link leads out.</exception>
    internal void WriteCommands(AiTool tool, IReadOnlyCollection<string> workflows)
    {
        foreach (var file in GeneratedFiles.Commands(tool, workflows))
            Write(Files.Inside(file.Path), file.Text);
    }

    /// <summary>Removes skills, whole folders.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="OpenSpecFailure">A link leads out.</exception>
    internal int RemoveSkills(AiTool tool, IEnumerable<string> workflows)
    {
        var removed = 0;
        foreach (var workflow in workflows)
        {
            var folder = $"{States.SkillsFolder(tool)}/{Workflows.Skill(workflow)}";
            if (!DiskEntry.ExistsAt(folder))
                continue;
            Files.Assert(folder, States.SkillsBoundary(tool));
            removed += Delete(folder) ? 1 : 0;
        }

        return removed;
    }

    /// <summary>Removes command files.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="OpenSpecFailure">A link leads out.</exception>
    internal int RemoveCommands(AiTool tool, IEnumerable<string> workflows)
    {
        if (tool.Commands is not { } commands)
            return 0;
        var removed = 0;
        foreach (var workflow in workflows)
        {
            var path = Files.Inside(commands.PathOf(workflow));
            removed += DiskEntry.ExistsAt(path) && !IsFolder(path) && Delete(path) ? 1 : 0;
        }

        return removed;
    }

    private void Write(string path, string text)
    {
        if (Path.GetDirectoryName(path) is { } folder && _swept.Add(folder))
            ProjectFiles.Sweep(folder);
        ProjectFiles.Write(path, text);
    }

    private static bool IsFolder(string path) => Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null;

    private static bool Delete(string path)
    {
        try
        {
            if (IsFolder(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays; the count tells.
            return false;
        }
    }
}
