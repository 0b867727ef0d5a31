using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Settings;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Setup.State;

/// <summary>Whether what is installed for a tool differs from what a person's settings ask for.</summary>
internal sealed class Drift(ProjectFiles files, ToolStates states, SharedSkills shared)
{
    /// <summary>Whether anything in a project differs.</summary>
    internal static bool IsIn(Session session, string project)
    {
        var install = new Installation(session, project);
        var config = GlobalConfig.Read(session);
        var (wanted, delivery) = (Workflows.Known(Workflows.Of(config.Profile, config.Workflows)), Workflows.DeliveryOf(config));
        var drift = new Drift(install.Files, install.States, install.Shared);
        return install.States.Configured().Exists(tool => drift.HasFiles(tool, wanted, delivery));
    }

    /// <summary>Whether files are missing, are too many, or still lie in a former folder.</summary>
    internal bool HasFiles(AiTool tool, IReadOnlyCollection<string> wanted, Delivery delivery)
    {
        if (HasFormerSkill(tool, wanted))
            return true;
        if (tool.GetsSkills(delivery))
        {
            if (wanted.Any(workflow => !DiskEntry.ExistsAt(states.SkillFile(tool, workflow))) || AnySkillFolder(tool, Workflows.All.Except(wanted)))
                return true;
        }
        else if (tool.HomeSkillsRoot is null && AnySkillFolder(tool, Workflows.All))
        {
            return true;
        }

        if (tool.GetsCommands(delivery))
            return wanted.Any(workflow => !HasCommand(tool, workflow)) || Workflows.All.Except(wanted).Any(workflow => HasCommand(tool, workflow));
        return tool.LosesCommands(delivery) && Workflows.All.Any(workflow => HasCommand(tool, workflow));
    }

    /// <summary>Whether a skill says something else than would be written.</summary>
    internal bool HasTexts(AiTool tool, IReadOnlyCollection<string> wanted, Delivery delivery) =>
        tool.GetsSkills(delivery) && states.HasSkill(tool) && GeneratedFiles.Skills(tool, wanted, delivery).Any(file => Differs($"{states.SkillsFolder(tool)}/{file.Path}", file.Text));

    private static bool Differs(string path, string text) =>
        DiskEntry.ExistsAt(path) && (ProjectFiles.ReadOrNull(path) is not { } found || SkillContent.Normalise(found) != text);

    private bool AnySkillFolder(AiTool tool, IEnumerable<string> workflows) =>
        workflows.Any(workflow => DiskEntry.ExistsAt($"{states.SkillsFolder(tool)}/{Workflows.Skill(workflow)}"));

    private bool HasCommand(AiTool tool, string workflow) => states.CommandFile(tool, workflow) is { } path && DiskEntry.ExistsAt(path);

    private bool HasFormerSkill(AiTool tool, IReadOnlyCollection<string> wanted)
    {
        foreach (var root in tool.FormerSkillsRoots)
        {
            foreach (var workflow in wanted)
            {
                var former = files.At($"{root}/skills/{Workflows.Skill(workflow)}/SKILL.md");
                if (!DiskEntry.ExistsAt(former))
                    continue;
                var current = states.SkillFile(tool, workflow);
                if (!DiskEntry.ExistsAt(current) || !shared.IsTarget(tool))
                    return true;
                if (RealPaths.Of(former) == RealPaths.Of(current))
                    continue;
                // A copy that says something of its own stays where it is and asks for nothing.
                if (ProjectFiles.ReadOrNull(former) is not { } one || ProjectFiles.ReadOrNull(current) is not { } other || SkillContent.AreEquivalent(one, other))
                    return true;
            }
        }

        return false;
    }
}
