using Colophon.Specs.OpenSpec.Commands.Setup;
using Colophon.Specs.OpenSpec.Settings;
using Colophon.Specs.OpenSpec.Setup.State;
using Colophon.Specs.OpenSpec.Setup.Texts;

namespace Colophon.Specs.OpenSpec.Commands.Config;

/// <summary><c>config profile</c>: which workflows are installed, and how; asked for, or the preset <c>core</c>.</summary>
internal static class ProfileCommand
{
    private static readonly Choice[] s_actions =
    [
        new("both", "Delivery and workflows") { Description = "Update install mode and available actions together" },
        new("delivery", "Delivery only") { Description = "Change where workflows are installed" },
        new("workflows", "Workflows only") { Description = "Change which workflow actions are available" },
        new("keep", "Keep current settings (exit)") { Description = "Leave configuration unchanged and exit" },
    ];

    private static readonly Choice[] s_deliveries =
    [
        new("both", "Both (skills + commands)") { Description = "Install workflows as both skills and slash commands" },
        new("skills", "Skills only") { Description = "Install workflows only as skills" },
        new("commands", "Commands only") { Description = "Install workflows only as slash commands" },
    ];

    private static readonly Choice[] s_workflows =
    [
        new("propose", "Propose change") { Description = "Create proposal, design, and tasks from a request" },
        new("explore", "Explore ideas") { Description = "Investigate a problem before implementation" },
        new("new", "New change") { Description = "Create a new change scaffold quickly" },
        new("continue", "Continue change") { Description = "Resume work on an existing change" },
        new("apply", "Apply tasks") { Description = "Implement tasks from the current change" },
        new("update", "Update change") { Description = "Revise the planning artifacts of an existing change" },
        new("ff", "Fast-forward") { Description = "Run a faster implementation workflow" },
        new("sync", "Sync specs") { Description = "Sync change artifacts with specs" },
        new("archive", "Archive change") { Description = "Finalize and archive a completed change" },
        new("bulk-archive", "Bulk archive") { Description = "Archive multiple completed changes together" },
        new("verify", "Verify change") { Description = "Run verification checks against a change" },
        new("onboard", "Onboard") { Description = "Guided onboarding flow for OpenSpec" },
    ];

    private sealed record State(string Profile, string Delivery, List<string> Workflows);

    internal static void Run(Session session)
    {
        if (ConfigCommand.RefusesUnreadable(session))
            return;
        var preset = session.Command.Argument(0);
        if (preset == "core")
        {
            var config = GlobalConfig.Read(session).Merged;
            config["profile"] = "core";
            config["workflows"] = new List<object?>(Profiles.Core);
            GlobalConfig.Save(session, config);
            Guide(session);
        }
        else if (!string.IsNullOrEmpty(preset))
        {
            ConfigCommand.Refuse(session, $"Error: Unknown profile preset \"{preset}\". Available presets: core");
        }
        else if (!session.Host.OutputIsTerminal)
        {
            ConfigCommand.Refuse(session, "Interactive mode required. Use `openspec config profile core` or set config via environment/flags.");
        }
        else if (!AskAndSave(session))
        {
            session.Line("Config profile cancelled.");
            session.ExitCode = Prompt.Cancelled;
        }
    }

    private static bool AskAndSave(Session session)
    {
        var config = GlobalConfig.Read(session);
        var before = new State(ConfigValues.Text(config.Profile), ConfigValues.Text(config.Delivery), Workflows.Of(config.Profile, config.Workflows as List<object?>));
        session.Line(session.Paint(Color.Bold, "\nCurrent profile settings"));
        session.Line($"  Delivery: {before.Delivery}");
        session.Line($"  Workflows: {before.Workflows.Count} selected ({before.Profile})");
        session.Line(session.Paint(Color.Dim, "  Delivery = where workflows are installed (skills, commands, or both)"));
        session.Line(session.Paint(Color.Dim, "  Workflows = which actions are available (propose, explore, apply, etc.)"));
        session.Line();
        if (Prompt.Select(session, "What do you want to configure?", s_actions) is not { } action)
            return false;
        if (action == "keep")
        {
            session.Line("No config changes.");
            WarnOfDrift(session);
            return true;
        }

        var after = before;
        if (action is "both" or "delivery")
        {
            var choices = s_deliveries.Select(choice => choice.Value == before.Delivery ? choice with { Name = choice.Name + " [current]" } : choice).ToList();
            if (Prompt.Select(session, "Delivery mode (how workflows are installed):", choices, before.Delivery) is not { } delivery)
                return false;
            after = after with { Delivery = delivery };
        }

        if (action is "both" or "workflows")
        {
            if (Prompt.SelectMany(session, "Select workflows to make available:", s_workflows, before.Workflows) is not { } workflows)
                return false;
            after = after with { Workflows = workflows, Profile = IsSame(workflows, before.Workflows) ? before.Profile : IsSame(workflows, Profiles.Core) ? "core" : "custom" };
        }

        Save(session, config.Merged, before, after);
        return true;
    }

    private static void Save(Session session, OrderedDictionary<string, object?> config, State before, State after)
    {
        var lines = Difference(before, after);
        if (lines.Count == 0)
        {
            session.Line("No config changes.");
            WarnOfDrift(session);
            return;
        }

        session.Line(session.Paint(Color.Bold, "\nConfig changes:"));
        foreach (var line in lines)
            session.Line($"  {line}");
        session.Line();
        config["profile"] = after.Profile;
        config["delivery"] = after.Delivery;
        if (before.Profile != "custom" || !IsSame(before.Workflows, after.Workflows))
            config["workflows"] = new List<object?>(after.Workflows);
        GlobalConfig.Save(session, config);
        if (Path.Exists($"{session.Directory}/openspec") && Prompt.Confirm(session, "Apply changes to this project now?", fallback: true) == true)
            Apply(session);
        else
            Guide(session);
    }

    private static void Apply(Session session)
    {
        try
        {
            UpdateCommand.Run(session, ".", force: false);
            session.Line("Run `openspec update` in your other projects to apply.");
        }
        catch (OpenSpecFailure failure)
        {
            session.ErrorLine($"`openspec update` failed: {failure.Message}");
            session.ErrorLine("Please run it manually to apply the profile changes.");
            session.ExitCode = 1;
        }
    }

    /// <summary>Says where the current project has something else installed than the settings ask for.</summary>
    private static void WarnOfDrift(Session session)
    {
        if (Path.Exists($"{session.Directory}/openspec") && Drift.IsIn(session, session.Directory))
            session.Line(session.Paint(Color.Yellow, "Warning: Global config is not applied to this project. Run `openspec update` to sync."));
    }

    private static List<string> Difference(State before, State after)
    {
        var lines = new List<string>();
        if (before.Delivery != after.Delivery)
            lines.Add($"delivery: {before.Delivery} -> {after.Delivery}");
        if (before.Profile != after.Profile)
            lines.Add($"profile: {before.Profile} -> {after.Profile}");
        var added = Ordered(after.Workflows.Except(before.Workflows, StringComparer.Ordinal));
        var removed = Ordered(before.Workflows.Except(after.Workflows, StringComparer.Ordinal));
        var parts = new List<string>();
        if (added.Count > 0)
            parts.Add($"added {string.Join(", ", added)}");
        if (removed.Count > 0)
            parts.Add($"removed {string.Join(", ", removed)}");
        if (parts.Count > 0)
            lines.Add($"workflows: {string.Join("; ", parts)}");
        return lines;
    }

    /// <summary>The known workflows in their order, then the others by name.</summary>
    private static List<string> Ordered(IEnumerable<string> workflows)
    {
        var names = workflows.ToList();
        return [.. Profiles.All.Where(names.Contains), .. names.Except(Profiles.All, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static bool IsSame(List<string> one, ICollection<string> other) => one.Count == other.Count && one.All(other.Contains);

    private static void Guide(Session session) => session.Line("Config updated. Run `openspec update` in your projects to apply.");
}
