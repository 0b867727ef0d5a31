using Colophon.Specs.OpenSpec.Settings;
using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.OpenSpec.Setup.Moves;
using Colophon.Specs.OpenSpec.Setup.State;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>What <c>update</c> tells people.</summary>
internal sealed class UpdateNotes(Installation install, List<string> wanted, Delivery delivery, bool isCustom)
{
    private readonly Session _session = install.Files.Session;

    internal void ShowNothing(List<Move> declined, List<AiTool> tools)
    {
        foreach (var move in declined)
        {
            _session.Line(_session.Paint(Color.Yellow, $"Nothing to update: this project's OpenSpec files are still in {move.From.Root}/, which OpenSpec no longer writes."));
            Dim($"Re-run \"openspec update\" and accept the move to {move.To}/ to resume updates.");
        }

        if (declined.Count > 0)
            return;
        UpdateCloud.Sync(install.Files, tools);
        _session.Line(_session.Paint(Color.Yellow, "No configured tools found."));
        Dim("Run \"openspec init\" to set up tools.");
    }

    internal void ShowUpToDate(List<AiTool> configured, List<AiTool> tools)
    {
        _session.Line(_session.Paint(Color.Green, $"✓ All {configured.Count} tool(s) up to date (v{OpenSpecProgram.Version})"));
        Dim($"  Tools: {Ids(configured)}");
        _session.Line();
        Dim("Use --force to refresh files anyway.");
        UpdateCloud.Sync(install.Files, tools);
        ShowNewTools(configured);
        ShowProfile(configured);
        ProfileNotes.ShowSetup(_session, configured);
    }

    internal void ShowPlan(bool force, List<AiTool> configured, List<AiTool> stale, List<ToolVersion> versions, List<AiTool> edited)
    {
        if (force)
        {
            _session.Line($"Force updating {configured.Count} tool(s): {Ids(configured)}");
        }
        else if (stale.Count == 0)
        {
            _session.Line("No additional refresh needed after legacy migration.");
        }
        else
        {
            var plan = stale.Select(tool => versions.Find(version => version.Tool == tool) is { IsOld: true } version
                ? $"{tool.Id} ({version.Version ?? "unknown"} → {OpenSpecProgram.Version})"
                : $"{tool.Id} ({(edited.Contains(tool) ? "skill files differ from the generated content" : "config sync")})");
            _session.Line($"Updating {stale.Count} tool(s): {string.Join(", ", plan)}");
            var current = configured.FindAll(tool => !stale.Contains(tool));
            if (current.Count > 0)
                Dim($"Already up to date: {Ids(current)}");
        }

        _session.Line();
    }

    internal void ShowResults(UpdateResults results, LegacyUpgrade upgrade, List<AiTool> tools, Func<AiTool, IReadOnlyCollection<string>> workflows)
    {
        var updated = string.Join(", ", results.Updated.Select(static tool => tool.Name));
        _session.Line();
        if (results.Updated.Count > 0)
            _session.Line(_session.Paint(Color.Green, $"✓ Updated: {updated} (v{OpenSpecProgram.Version})"));
        if (results.Failed.Count > 0)
            _session.Line(_session.Paint(Color.Red, $"✗ Failed: {string.Join(", ", results.Failed.Select(static failed => $"{failed.Tool.Name} ({failed.Why})"))}"));
        ShowRemovals(results);
        ShowStart(upgrade, workflows);
        UpdateCloud.Sync(install.Files, tools);
        ShowNewTools(tools);
        ShowProfile(tools);
        ProfileNotes.ShowSetup(_session, tools);
        if (results.Updated.Count > 0)
            Dim($"Tools: {updated}");
        _session.Line();
        if (ProfileNotes.Restart(upgrade.Tools.Concat(results.Updated), delivery) is { } restart)
            Dim(restart);
    }

    private void ShowRemovals(UpdateResults results)
    {
        if (results.WithSkillsAsCommands.Count > 0)
            Dim($"Commands skipped for: {string.Join(", ", results.WithSkillsAsCommands)} (uses skills)");
        if (results.RemovedCommands > 0)
            Dim($"Removed: {results.RemovedCommands} command files (delivery: skills)");
        if (results.RemovedSkills > 0)
            Dim($"Removed: {results.RemovedSkills} skill directories (delivery: commands)");
        if (results.Emptied.Count > 0)
        {
            _session.Line(_session.Paint(
                Color.Yellow,
                $"No skills or commands remain for {string.Join(", ", results.Emptied)}: delivery is set to 'commands' but {(results.Emptied.Count == 1 ? "it supports" : "they support")} only skills. Run 'openspec config set delivery both' to generate skills."));
        }

        if (results.DeselectedCommands > 0)
            Dim($"Removed: {results.DeselectedCommands} command files (deselected workflows)");
        if (results.DeselectedSkills > 0)
            Dim($"Removed: {results.DeselectedSkills} skill directories (deselected workflows)");
    }

    /// <summary>How to begin with tools that are set up now; where they spell a command differently, its skill is named.</summary>
    private void ShowStart(LegacyUpgrade upgrade, Func<AiTool, IReadOnlyCollection<string>> workflows)
    {
        if (upgrade.Tools.Count == 0)
            return;
        var installed = upgrade.Tools.SelectMany(workflows).ToHashSet(StringComparer.Ordinal);
        (string Workflow, string Text)[] steps = [("propose", "Start a change"), ("new", "Scaffold a change"), ("continue", "Next artifact"), ("apply", "Implement tasks")];
        var lines = steps.Where(step => installed.Contains(step.Workflow)).Select(step => (Name: Spelled($"/opsx:{step.Workflow}", upgrade.Tools), step.Text)).ToList();
        _session.Line();
        if (lines.Count > 0)
        {
            var width = lines.Max(static line => line.Name.Length);
            _session.Line(_session.Paint(Color.Bold, "Getting started:"));
            foreach (var (name, text) in lines)
                _session.Line($"  {name.PadRight(width)}  {text}");
            _session.Line();
        }

        _session.Line($"Learn more: {_session.Paint(Color.Cyan, "https://github.com/Fission-AI/OpenSpec")}");
    }

    private string Spelled(string command, List<AiTool> tools)
    {
        var forms = tools.Select(tool => tool.GetsCommands(delivery) ? References.ForSkill(command, tool, delivery) : References.AsSkills(command, tool)).Distinct(StringComparer.Ordinal).ToList();
        return forms.Count == 1 ? forms[0] : $"the {References.AsSkills(command, null)[1..]} skill";
    }

    private void ShowNewTools(List<AiTool> known)
    {
        var found = install.States.Available().FindAll(tool => !known.Contains(tool));
        if (found.Count == 0)
            return;
        _session.Line();
        _session.Line(_session.Paint(
            Color.Yellow,
            $"Detected new {(found.Count == 1 ? "tool" : "tools")}: {string.Join(", ", found.Select(static tool => tool.Name))}. Run 'openspec init' to add {(found.Count == 1 ? "it" : "them")}."));
    }

    private void ShowProfile(List<AiTool> tools)
    {
        var extra = install.States.Installed(tools).Count(workflow => !wanted.Contains(workflow));
        if (extra > 0)
            Dim($"Note: {extra} extra workflows not in profile (use `openspec config profile` to manage)");
        var missing = isCustom ? Profiles.Core.Where(workflow => !wanted.Contains(workflow)).ToList() : [];
        if (missing.Count > 0)
        {
            Dim($"Note: Your custom profile is missing {missing.Count} core {(missing.Count == 1 ? "workflow" : "workflows")}: {string.Join(", ", missing)}");
            Dim($"Run `openspec config profile` to add {(missing.Count == 1 ? "it" : "them")}, or `openspec config profile core` to use the core set.");
        }

        if (extra > 0 || missing.Count > 0 || !tools.Exists(tool => tool.GetsSkills(delivery) || tool.GetsCommands(delivery)))
            return;
        foreach (var line in ProfileNotes.LeftOut(wanted))
            Dim(line);
    }

    private static string Ids(List<AiTool> tools) => string.Join(", ", tools.Select(static tool => tool.Id));

    private void Dim(string text) => _session.Line(_session.Paint(Color.Dim, text));
}
