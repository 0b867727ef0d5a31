using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Setup.State;

/// <summary>Which tools a project is set up for, which it uses, and what is installed for them.</summary>
internal sealed class ToolStates(ProjectFiles files, SharedSkills shared)
{
    /// <summary>The folder of a tool's skills.</summary>
    internal string SkillsFolder(AiTool tool)
    {
        if (tool.HomeSkillsRoot is not { } root)
            return files.At($"{tool.SkillsRoot}/skills");
        var home = files.Session.Variable("USERPROFILE") ?? files.Session.Variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return $"{home.TrimEnd('/')}/{root}/skills";
    }

    /// <summary>Where a skill may not lead out of.</summary>
    internal string SkillsBoundary(AiTool tool) => tool.HomeSkillsRoot is null ? files.Root : SkillsFolder(tool);

    internal string At(string relative) => files.At(relative);

    internal string SkillFile(AiTool tool, string workflow) => $"{SkillsFolder(tool)}/{Workflows.Skill(workflow)}/SKILL.md";

    internal string? CommandFile(AiTool tool, string workflow) => tool.Commands is { } commands ? files.At(commands.PathOf(workflow)) : null;

    /// <summary>Whether the tool has a skill, in its folder or in a former one.</summary>
    internal bool HasSkill(AiTool tool) =>
        (tool.SkillsRoot is null || shared.IsActive(tool)) && Workflows.InFileOrder.Any(workflow => SkillFiles(tool, workflow).Any(DiskEntry.ExistsAt));

    internal bool HasCommand(AiTool tool) => Workflows.InFileOrder.Any(workflow => CommandFile(tool, workflow) is { } path && DiskEntry.ExistsAt(path));

    /// <summary>A skill's file, and where it would be in the tool's former folders.</summary>
    internal IEnumerable<string> SkillFiles(AiTool tool, string workflow) =>
        tool.FormerSkillsRoots.Select(root => files.At($"{root}/skills/{Workflows.Skill(workflow)}/SKILL.md")).Prepend(SkillFile(tool, workflow));

    /// <summary>The tools that <c>init</c> takes for set up already.</summary>
    internal HashSet<string> WithSkills()
    {
        var having = Array.FindAll(ToolTable.All, tool => shared.IsTarget(tool) || HasSkill(tool));
        var active = shared.Reconcile(having);
        return [.. having.Where(tool => tool.SkillsRoot is null || active.Contains(tool)).Select(static tool => tool.Id)];
    }

    /// <summary>The tools that <c>update</c> refreshes.</summary>
    internal List<AiTool> Configured()
    {
        var having = Array.FindAll(ToolTable.All, tool => HasSkill(tool) || HasCommand(tool) || HasFormer(tool) || shared.IsTarget(tool));
        var active = shared.Reconcile(having);
        return [.. having.Where(tool => tool.HomeSkillsRoot is not null || HasCommand(tool) || HasFormer(tool) || active.Contains(tool))];
    }

    /// <summary>The tools whose files or folders are in the project.</summary>
    internal List<AiTool> Available()
    {
        var present = Array.FindAll(ToolTable.All, IsPresent);
        var active = shared.Reconcile(present);
        return [.. present.Where(tool => tool.HomeSkillsRoot is not null || tool.Signs.Any(IsIndependentSign) || active.Contains(tool))];
    }

    /// <summary>The workflows that are installed for any of the tools.</summary>
    internal List<string> Installed(IEnumerable<AiTool> tools)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tool in tools)
        {
            var own = tool.SkillsRoot is null || shared.IsActive(tool);
            found.UnionWith(Workflows.All.Where(workflow => (own && DiskEntry.ExistsAt(SkillFile(tool, workflow)))
                || (CommandFile(tool, workflow) is { } command && DiskEntry.ExistsAt(command))));
        }

        return [.. Workflows.All.Where(found.Contains)];
    }

    private bool HasFormer(AiTool tool) => tool.Surface == CommandSurface.Files && shared.HasFormerSkills(tool);

    private bool IsPresent(AiTool tool) => tool switch
    {
        { HomeSkillsRoot: not null } => Workflows.InFileOrder.Any(workflow => DiskEntry.ExistsAt(SkillFile(tool, workflow))),
        { Signs.Length: > 0 } => tool.Signs.Any(sign => DiskEntry.ExistsAt(files.At(sign))),
        _ => DiskEntry.IsFolderAt(files.At(tool.SkillsRoot ?? "")),
    };

    /// <summary>A folder of skills alone does not tell who reads it.</summary>
    private bool IsIndependentSign(string sign) => !sign.EndsWith("/skills", StringComparison.Ordinal) && DiskEntry.ExistsAt(files.At(sign));
}
