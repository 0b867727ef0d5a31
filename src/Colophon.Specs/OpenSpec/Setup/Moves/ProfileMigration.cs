using Colophon.Specs.OpenSpec.Settings;
using Colophon.Specs.OpenSpec.Setup.State;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Setup.Moves;

/// <summary>A person's settings from before profiles: what is installed in the project becomes the custom profile, once.</summary>
internal static class ProfileMigration
{
    internal static void Run(ProjectFiles files, ToolStates states, SharedSkills shared, List<AiTool> tools)
    {
        var session = files.Session;
        var config = GlobalConfig.Read(session);
        if (config.IsUnreadable || config.Stored?.ContainsKey("profile") == true)
            return;
        var (workflows, skills, commands) = Installed(files, states, shared, tools);
        if (workflows.Count == 0)
            return;
        var values = config.Merged;
        values["profile"] = "custom";
        values["workflows"] = workflows.ConvertAll(static workflow => (object?)workflow);
        if (config.Stored?.ContainsKey("delivery") != true)
            values["delivery"] = skills && commands ? "both" : commands ? "commands" : "skills";
        Save(session, config.Path, values);
        session.Line($"Migrated: custom profile with {workflows.Count} workflows");
        var spellings = tools.Select(tool => Propose(tool, Workflows.DeliveryOf(config))).Distinct(StringComparer.Ordinal).ToList();
        session.Line($"New in this version: {(spellings.Count == 1 ? spellings[0] : "the openspec-propose skill")}. Try 'openspec config profile core' for the streamlined experience.");
    }

    private static string Propose(AiTool tool, Delivery delivery)
    {
        const string command = "/opsx:propose";
        return tool.GetsCommands(delivery) ? References.ForSkill(command, tool, delivery) : References.AsSkills(command, tool);
    }

    private static void Save(Session session, string path, OrderedDictionary<string, object?> values)
    {
        try
        {
            GlobalConfig.Save(session, values);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpenSpecFailure(NodeError.Describe(e, "open", path));
        }
    }

    /// <summary>What is installed, former folders included.</summary>
    private static (List<string> Workflows, bool Skills, bool Commands) Installed(ProjectFiles files, ToolStates states, SharedSkills shared, List<AiTool> tools)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var (skills, commands) = (false, false);
        foreach (var tool in tools)
        {
            var own = tool.SkillsRoot is null || shared.IsActive(tool);
            foreach (var workflow in Workflows.All)
            {
                var (skill, command) = (own && states.SkillFiles(tool, workflow).Any(DiskEntry.ExistsAt), CommandPlaces(files, tool, workflow).Any(DiskEntry.ExistsAt));
                (skills, commands) = (skills || skill, commands || command);
                if (skill || command)
                    found.Add(workflow);
            }
        }

        return ([.. Workflows.All.Where(found.Contains)], skills, commands);
    }

    private static IEnumerable<string> CommandPlaces(ProjectFiles files, AiTool tool, string workflow)
    {
        if (tool.Commands is not { } commands)
            yield break;
        var current = commands.PathOf(workflow);
        yield return files.At(current);
        if (tool.SkillsRoot is not { } root || !current.StartsWith($"{root}/", StringComparison.Ordinal))
            yield break;
        foreach (var former in FormerRoot.All.Where(former => former.Tool == tool.Id))
            yield return files.At($"{former.Root}{current[root.Length..]}");
    }
}
