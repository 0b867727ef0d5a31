using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.OpenSpec.Setup.Legacy;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>Sets tools up that a project has only files of older versions for, and then takes those away.</summary>
internal sealed class LegacyUpgrade
{
    /// <summary>The tools that were set up.</summary>
    internal List<AiTool> Tools { get; } = [];

    internal List<(AiTool Tool, string Why)> Failed { get; } = [];

    /// <summary>The workflows that Codex had prompts for, which it keeps; null where they do not matter.</summary>
    internal List<string>? CodexWorkflows { get; private set; }

    /// <summary>The prompts in the person's home that wait for their replacement; null where nothing may be removed.</summary>
    internal LegacyFindings? Prompts { get; private set; }

    internal static LegacyUpgrade Run(Installation install, List<string> wanted, Delivery delivery, bool force)
    {
        var upgrade = new LegacyUpgrade();
        var session = install.Files.Session;
        var found = LegacyFindings.Find(install.Files);
        if (found.IsEmpty)
            return upgrade;
        Show(session, found);
        var asks = session.HasSomebodyToAsk;
        if (!force && !asks)
        {
            session.Line(session.Paint(Color.Yellow, "⚠ Run with --force to auto-cleanup legacy files, or run interactively."));
            session.Line();
            return upgrade;
        }

        if (!force && Prompt.Confirm(session, "Upgrade and clean up legacy files?", fallback: true) != true)
        {
            session.Line(session.Paint(Color.Dim, "Skipping legacy cleanup. Continuing with skill update..."));
            session.Line();
            return upgrade;
        }

        var skipped = upgrade.SetUp(install, found, wanted, delivery, asks && !force);
        var rest = found.InProject.Without(skipped);
        if (!rest.IsEmpty)
            LegacyCleanup.Run(install.Files, rest);
        upgrade.Prompts = new LegacyFindings { Prompts = found.Prompts };
        return upgrade;
    }

    private static void Show(Session session, LegacyFindings found)
    {
        var (summary, waiting) = (LegacySummary.OfProject(session, found), LegacySummary.OfPrompts(session, found));
        session.Line();
        foreach (var text in new[] { summary, waiting })
        {
            if (text.Length == 0)
                continue;
            session.Line(text);
            session.Line();
        }
    }

    /// <summary>Sets the tools up.</summary>
    /// <returns>The tools whose files stay, since nothing could be written in their place.</returns>
    private List<string> SetUp(Installation install, LegacyFindings found, List<string> wanted, Delivery delivery, bool ask)
    {
        var session = install.Files.Session;
        var configured = install.States.Configured();
        var tools = found.Tools.Select(ToolTable.Find).OfType<AiTool>().Where(tool => !configured.Contains(tool)).ToList();
        if (tools.Count == 0)
            return [];
        session.Line(session.Paint(Color.Bold, "Tools detected from legacy artifacts:"));
        foreach (var tool in tools)
            session.Line($"  • {tool.Name}");
        session.Line();
        if (!ask)
        {
            session.Line($"Setting up skills for: {string.Join(", ", tools.Select(static tool => tool.Id))}");
        }
        else
        {
            var chosen = Prompt.SelectMany(session, "Select tools to set up with the new skill system:", tools.ConvertAll(static tool => new Choice(tool.Id, tool.Name)), tools.Select(static tool => tool.Id));
            tools.RemoveAll(tool => chosen?.Contains(tool.Id) != true);
        }

        if (tools.Count == 0)
        {
            session.Line(session.Paint(Color.Dim, "Skipping tool setup."));
            session.Line();
            return [];
        }

        var prompted = Workflows.WithSync([.. found.Prompts.Select(static prompt => prompt.Workflow).Distinct(StringComparer.Ordinal)]);
        var all = configured.Union(tools).ToList();
        var writers = install.Shared.Writers(all);
        var skipped = new List<string>();
        foreach (var tool in tools)
        {
            if (tool.Id == "codex" && prompted.Count > 0)
                CodexWorkflows = prompted;
            if (!SetUp(install, tool, tool.Id == "codex" && prompted.Count > 0 ? prompted : wanted, delivery, all, writers))
                skipped.Add(tool.Id);
        }

        if (Tools.Count > 0)
            session.Line();
        return skipped;
    }

    private bool SetUp(Installation install, AiTool tool, List<string> workflows, Delivery delivery, List<AiTool> all, HashSet<string> writers)
    {
        var session = install.Files.Session;
        session.Waiting($"Setting up {tool.Name}...");
        try
        {
            var writes = tool.SkillsRoot is null || writers.Contains(tool.Id);
            if (tool.GetsSkills(delivery) && !writes && !tool.GetsCommands(delivery)
                && all.Find(other => other.SkillsRoot == tool.SkillsRoot && writers.Contains(other.Id)) is { } owner)
            {
                session.Skipped($"Skipped {tool.Name}: {tool.SkillsRoot}/skills is already managed by another tool ({owner.Name}).");
                return false;
            }

            if (tool.GetsSkills(delivery) && writes)
                install.WriteSkills(tool, workflows, delivery);
            if (tool.GetsCommands(delivery))
                install.WriteCommands(tool, workflows);
            session.Succeeded($"Setup complete for {tool.Name}");
            Tools.Add(tool);
            install.Former.Finish(tool);
        }
        catch (OpenSpecFailure failure)
        {
            session.Failed($"Failed to set up {tool.Name}");
            session.Line(session.Paint(Color.Red, $"  {failure.Message}"));
            Failed.Add((tool, failure.Message));
        }

        return true;
    }
}
