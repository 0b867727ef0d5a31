using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>What became of the tools.</summary>
internal sealed class UpdateResults
{
    internal List<AiTool> Updated { get; } = [];

    internal List<(AiTool Tool, string Why)> Failed { get; } = [];

    internal List<string> WithSkillsAsCommands { get; } = [];

    /// <summary>Tools that have nothing left.</summary>
    internal List<string> Emptied { get; } = [];

    internal int RemovedCommands { get; set; }

    internal int RemovedSkills { get; set; }

    internal int DeselectedCommands { get; set; }

    internal int DeselectedSkills { get; set; }
}

/// <summary>Writes anew what tools get, and removes what they get no longer. A tool that fails does not stop the others.</summary>
internal sealed class UpdateWriter(Installation install, HashSet<string> writers, Delivery delivery)
{
    private readonly UpdateResults _results = new();

    internal UpdateResults Write(IEnumerable<AiTool> tools, Func<AiTool, IReadOnlyCollection<string>> workflows)
    {
        var session = install.Files.Session;
        foreach (var tool in tools)
        {
            session.Waiting($"Updating {tool.Name}...");
            try
            {
                Write(tool, workflows(tool));
                session.Succeeded($"Updated {tool.Name}");
                _results.Updated.Add(tool);
                install.Former.Finish(tool);
            }
            catch (OpenSpecFailure failure)
            {
                session.Failed($"Failed to update {tool.Name}");
                _results.Failed.Add((tool, failure.Message));
            }
        }

        return _results;
    }

    private void Write(AiTool tool, IReadOnlyCollection<string> workflows)
    {
        var writes = tool.SkillsRoot is null || writers.Contains(tool.Id);
        if (tool.GetsSkills(delivery) && writes)
        {
            install.WriteSkills(tool, workflows, delivery);
            _results.DeselectedSkills += install.RemoveSkills(tool, Workflows.All.Except(workflows));
        }

        if (tool.LosesSkills(delivery) && writes && tool.HomeSkillsRoot is null)
        {
            _results.RemovedSkills += install.RemoveSkills(tool, Workflows.All);
            install.Shared.WriteTarget(tool);
            if (!tool.GetsCommands(delivery))
                _results.Emptied.Add(tool.Name);
        }

        if (tool.GetsCommands(delivery))
        {
            install.WriteCommands(tool, workflows);
            _results.DeselectedCommands += install.RemoveCommands(tool, Workflows.All.Except(workflows));
        }
        else if (delivery != Delivery.Skills && tool.Surface == CommandSurface.Skills)
        {
            _results.WithSkillsAsCommands.Add(tool.Id);
        }

        if (tool.LosesCommands(delivery))
            _results.RemovedCommands += install.RemoveCommands(tool, Workflows.All);
    }
}
