using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Setup.State;

/// <summary>What a tool's files were written by.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Version">The version, or null where it cannot be told.</param>
/// <param name="IsOld">Whether they have to be written anew.</param>
internal readonly record struct ToolVersion(AiTool Tool, string? Version, bool IsOld)
{
    /// <summary>Looks at a tool that the project is set up for.</summary>
    internal static ToolVersion Of(AiTool tool, ToolStates states, SharedSkills shared, IReadOnlyCollection<string> workflows, Delivery delivery)
    {
        var skill = Workflows.InFileOrder.SelectMany(workflow => states.SkillFiles(tool, workflow)).FirstOrDefault(DiskEntry.ExistsAt);
        var version = skill is null ? null : SkillContent.Version(skill);
        var (hasSkills, hasCommands) = (states.HasSkill(tool), states.HasCommand(tool));
        // Commands carry no version: those that say what would be written now are of this one.
        if (!hasSkills && hasCommands && CommandsAreCurrent(tool, states, workflows))
            version = OpenSpecProgram.Version;
        var marked = shared.IsTarget(tool);
        if (!hasSkills && !hasCommands && marked && !tool.GetsSkills(delivery) && !tool.GetsCommands(delivery))
            version = OpenSpecProgram.Version;
        var drifted = hasSkills && hasCommands && tool.GetsCommands(delivery) && !CommandsAreCurrent(tool, states, workflows);
        return new ToolVersion(tool, version, (hasSkills || hasCommands || marked) && (version != OpenSpecProgram.Version || drifted));
    }

    private static bool CommandsAreCurrent(AiTool tool, ToolStates states, IReadOnlyCollection<string> workflows)
    {
        var files = GeneratedFiles.Commands(tool, workflows).ToList();
        return files.Count > 0
            && files.TrueForAll(file => tool.Commands is not null && Says(states.At(file.Path), file.Text))
            && Workflows.All.Except(workflows).All(workflow => states.CommandFile(tool, workflow) is not { } path || !DiskEntry.ExistsAt(path));
    }

    private static bool Says(string path, string text) => ProjectFiles.ReadOrNull(path) is { } found && SkillContent.Normalise(found) == text;
}
