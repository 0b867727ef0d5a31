using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.OpenSpec.Setup.Copilot;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>What became of the tools.</summary>
internal sealed class InitResults
{
    internal List<AiTool> Created { get; } = [];

    internal List<AiTool> Refreshed { get; } = [];

    internal List<(AiTool Tool, string Why)> Failed { get; } = [];

    internal List<string> WithoutCommands { get; } = [];

    internal List<string> WithSkillsAsCommands { get; } = [];

    internal int RemovedCommands { get; set; }

    internal int RemovedSkills { get; set; }

    internal List<AiTool> Successful => [.. Created, .. Refreshed];
}

/// <summary>Writes what every chosen tool gets. A tool that fails does not stop the others.</summary>
internal sealed class InitWriter(Installation install, InitOptions options)
{
    internal InitResults Write(List<ChosenTool> tools, bool cloud)
    {
        var results = new InitResults();
        var session = install.Files.Session;
        var delivery = options.Delivery;
        var workflows = options.ActiveWorkflows();
        foreach (var tool in tools)
        {
            session.Waiting($"Setting up {tool.Tool.Name}...");
            try
            {
                Write(tool, workflows, delivery, results);
                if (cloud && tool.Tool.Id == "github-copilot")
                    new CloudFiles(install.Files).Write();
                session.Succeeded($"Setup complete for {tool.Tool.Name}");
                (tool.WasConfigured ? results.Refreshed : results.Created).Add(tool.Tool);
            }
            catch (OpenSpecFailure failure)
            {
                session.Failed($"Failed for {tool.Tool.Name}");
                results.Failed.Add((tool.Tool, failure.Message));
            }
        }

        foreach (var tool in results.Successful)
            install.Former.Finish(tool);
        return results;
    }

    private void Write(ChosenTool chosen, List<string> workflows, Delivery delivery, InitResults results)
    {
        var tool = chosen.Tool;
        if (tool.GetsSkills(delivery) && chosen.WritesSkills)
            install.WriteSkills(tool, workflows, delivery);
        if (tool.LosesSkills(delivery) && chosen.WritesSkills && tool.HomeSkillsRoot is null)
        {
            results.RemovedSkills += install.RemoveSkills(tool, Workflows.All);
            install.Shared.WriteTarget(tool);
        }

        if (tool.GetsCommands(delivery))
            install.WriteCommands(tool, workflows);
        else if (delivery != Delivery.Skills)
            (tool.Surface == CommandSurface.Skills ? results.WithSkillsAsCommands : results.WithoutCommands).Add(tool.Id);
        if (tool.LosesCommands(delivery))
            results.RemovedCommands += install.RemoveCommands(tool, Workflows.All);
    }
}
