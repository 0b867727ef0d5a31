using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Setup.State;

/// <summary>
/// Several tools read the same folder of skills, which can hold one spelling of each: a file in it names the tool that it is written for, and where there
/// is none, the skills themselves tell.
/// </summary>
internal sealed class SharedSkills(ProjectFiles files)
{
    private const string Marker = ".openspec-target";

    /// <summary>The tool that the folder says it is written for.</summary>
    internal string? Target(string skillsRoot)
    {
        var path = files.At($"{skillsRoot}/skills/{Marker}");
        return files.IsInside(path) && ProjectFiles.ReadOrNull(path) is { } text && Js.Trim(text) is { IsEmpty: false } target ? target.ToString() : null;
    }

    internal bool IsTarget(AiTool tool) => tool.SkillsRoot is { } root && Target(root) == tool.Id;

    /// <summary>Writes down who a shared folder is written for.</summary>
    internal void WriteTarget(AiTool tool)
    {
        if (tool.SkillsRoot is null || ToolTable.Sharing(tool).Length < 2)
            return;
        ProjectFiles.Write(files.Inside($"{tool.SkillsRoot}/skills/{Marker}"), $"{tool.Id}\n");
    }

    /// <summary>Whether a skill is left in a folder that the tool read before.</summary>
    internal bool HasFormerSkills(AiTool tool) => tool.FormerSkillsRoots.Any(HasSkills);

    /// <summary>The one tool of each folder that may write its skills.</summary>
    internal HashSet<string> Writers(IEnumerable<AiTool> tools) =>
        [.. tools.Where(static tool => tool.SkillsRoot is not null).GroupBy(static tool => tool.SkillsRoot ?? "").Select(group => Writer(group.Key, [.. group]).Id)];

    /// <summary>Of several tools with one folder, the one that it belongs to.</summary>
    internal List<AiTool> Reconcile(IEnumerable<AiTool> tools) =>
        [.. tools.Where(static tool => tool.SkillsRoot is not null).GroupBy(static tool => tool.SkillsRoot ?? "").Select(group => Owner(group.Key, [.. group]))];

    /// <summary>Whether the tool's folder of skills belongs to it.</summary>
    internal bool IsActive(AiTool tool)
    {
        var sharing = ToolTable.Sharing(tool);
        return sharing.Length == 1 || (sharing.Length > 1 && Reconcile(sharing).Contains(tool));
    }

    /// <summary>The other tool that a shared folder shows signs of belonging to.</summary>
    internal string? OtherOwner(AiTool tool)
    {
        if (tool.SkillsRoot is not { } root || ToolTable.Sharing(tool) is not { Length: > 1 } sharing || (Target(root) is null && !HasSkills(root)))
            return null;
        var owner = Reconcile(sharing)[0].Id;
        return owner == tool.Id ? null : owner;
    }

    private AiTool Writer(string root, List<AiTool> group)
    {
        if (group.Count == 1)
            return group[0];
        group.Sort(static (a, b) => Array.IndexOf(ToolTable.All, a) - Array.IndexOf(ToolTable.All, b));
        // What is written for a tool without command files can be used by all others too.
        var native = group.FindAll(static tool => tool.Surface != CommandSurface.Files);
        var pool = native.Count > 0 ? native : group;
        var (marked, inferred) = (Target(root), Infer(root));
        return pool.Find(tool => tool.Id == marked) ?? pool.Find(tool => tool.Id == inferred)
            ?? (HasSkills(root) ? pool.Find(static tool => tool.Id == ToolTable.Universal) : null)
            ?? pool.Find(static tool => tool.Id == "codex") ?? pool[0];
    }

    private AiTool Owner(string root, List<AiTool> group)
    {
        if (group.Count == 1)
            return group[0];
        var marked = Target(root);
        if (group.Find(tool => tool.Id == marked) is { } named)
            return named;
        var inferred = Infer(root);
        if (inferred == ToolTable.Universal && group.Find(tool => tool.Id == "codex" && HasFormerSkills(tool)) is { } codex)
            return codex;
        if (group.Find(tool => tool.Id == inferred) is { } spelled)
            return spelled;
        var universal = group.Find(static tool => tool.Id == ToolTable.Universal) ?? group[0];
        return HasSkills(root) ? universal : group.Find(HasFormerSkills) ?? universal;
    }

    /// <summary>The tool whose spelling the skills have.</summary>
    private string? Infer(string root)
    {
        var generic = false;
        foreach (var workflow in Workflows.InFileOrder)
        {
            var path = SkillFile(root, workflow);
            if (!files.IsInside(path) || ProjectFiles.ReadOrNull(path) is not { } text)
                continue;
            if (text.Contains("$openspec-", StringComparison.Ordinal))
                return "codex";
            generic |= text.Contains("/openspec-", StringComparison.Ordinal);
        }

        return generic ? ToolTable.Universal : null;
    }

    private bool HasSkills(string root) => Workflows.InFileOrder.Any(workflow => SkillFile(root, workflow) is var path && files.IsInside(path) && DiskEntry.ExistsAt(path));

    private string SkillFile(string root, string workflow) => files.At($"{root}/skills/{Workflows.Skill(workflow)}/SKILL.md");
}
