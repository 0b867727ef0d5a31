using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.OpenSpec.Setup.Copilot;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>What <c>init</c> tells people when it is done.</summary>
internal sealed class InitReport
{
    private readonly Installation _install;
    private readonly Session _session;
    private readonly InitResults _results;
    private readonly List<AiTool> _tools;
    private readonly List<string> _workflows;
    private readonly Delivery _delivery;

    private InitReport(Installation install, InitOptions options, InitResults results)
    {
        (_install, _session, _results) = (install, install.Files.Session, results);
        (_tools, _workflows, _delivery) = (results.Successful, options.ActiveWorkflows(), options.Delivery);
    }

    internal static void Show(Installation install, InitOptions options, InitResults results, InitConfig config, InitCloud cloud)
    {
        var report = new InitReport(install, options, results);
        var session = install.Files.Session;
        session.Line();
        session.Line(session.Paint(Color.Bold, results.Failed.Count > 0 ? "OpenSpec Setup Incomplete" : "OpenSpec Setup Complete"));
        session.Line();
        report.ShowTools();
        report.ShowLeftOut();
        report.ShowCloud(cloud);
        ProfileNotes.ShowSetup(session, report._tools);
        report.ShowConfig(config);
        session.Line();
        report.ShowStart();
        session.Line();
        session.Line($"Learn more: {session.Paint(Color.Cyan, "https://github.com/Fission-AI/OpenSpec")}");
        session.Line($"Feedback:   {session.Paint(Color.Cyan, "https://github.com/Fission-AI/OpenSpec/issues")}");
        if (ProfileNotes.Restart(report._tools, report._delivery) is { } restart)
        {
            session.Line();
            session.Line(session.Paint(Color.White, restart));
        }

        session.Line();
    }

    private static string Names(IEnumerable<AiTool> tools) => string.Join(", ", tools.Select(static tool => tool.Name));

    private void ShowTools()
    {
        if (_results.Created.Count > 0)
            _session.Line($"Created: {Names(_results.Created)}");
        if (_results.Refreshed.Count > 0)
            _session.Line($"Refreshed: {Names(_results.Refreshed)}");
        if (_tools.Exists(static tool => tool.HomeSkillsRoot is not null))
            ShowEveryCount();
        else if (_tools.Count > 0)
            ShowCount();
    }

    private void ShowCount()
    {
        var folders = string.Join(", ", _tools.Select(static tool => tool.SkillsRoot).Distinct(StringComparer.Ordinal));
        var count = WorkflowText.Of(_workflows).Count();
        var skills = _tools.Exists(tool => tool.GetsSkills(_delivery)) && count > 0;
        var commands = _tools.Exists(tool => tool.GetsCommands(_delivery)) && count > 0;
        if (skills || commands)
            _session.Line($"{string.Join(" and ", [.. skills ? [$"{count} skills"] : Array.Empty<string>(), .. commands ? [$"{count} commands"] : Array.Empty<string>()])} in {folders}/");
    }

    /// <summary>Where skills are in a person's home, the paths are told in full.</summary>
    private void ShowEveryCount()
    {
        var ids = WorkflowText.Of(_workflows).Select(static text => text.Id).ToList();
        var skilled = _tools.FindAll(tool => tool.GetsSkills(_delivery));
        if (skilled.Count * ids.Count > 0)
            _session.Line($"{skilled.Count * ids.Count} skills in {string.Join(", ", skilled.Select(_install.States.SkillsFolder).Distinct(StringComparer.Ordinal))}");
        var commanded = _tools.FindAll(tool => tool.GetsCommands(_delivery));
        if (commanded.Count * ids.Count == 0)
            return;
        var folders = commanded.SelectMany(tool => ids.Select(id => Path.GetDirectoryName(_install.States.CommandFile(tool, id)))).Distinct(StringComparer.Ordinal);
        _session.Line($"{commanded.Count * ids.Count} commands in {string.Join(", ", folders)}");
    }

    private void ShowLeftOut()
    {
        if (_results.Failed.Count > 0)
            _session.Line(_session.Paint(Color.Red, $"Failed: {string.Join(", ", _results.Failed.Select(static failed => $"{failed.Tool.Name} ({failed.Why})"))}"));
        if (_results.WithoutCommands.Count > 0)
            Dim($"Commands skipped for: {string.Join(", ", _results.WithoutCommands)} (no adapter)");
        if (_results.WithSkillsAsCommands.Count > 0)
            Dim($"Commands skipped for: {string.Join(", ", _results.WithSkillsAsCommands)} (uses skills)");
        if (_results.RemovedCommands > 0)
            Dim($"Removed: {_results.RemovedCommands} command files (delivery: skills)");
        if (_results.RemovedSkills > 0)
            Dim($"Removed: {_results.RemovedSkills} skill directories (delivery: commands)");
    }

    private void ShowCloud(InitCloud cloud)
    {
        if (!_tools.Exists(static tool => tool.Id == "github-copilot"))
            return;
        if (cloud.Writes)
        {
            var files = new CloudFiles(_install.Files);
            var present = files.Managed().ToList();
            if (present.Count > 0)
                _session.Line($"GitHub Copilot cloud files: {string.Join(", ", present)}");
            ProfileNotes.ShowForeign(_session, [.. files.Foreign()]);
        }
        else if (cloud.Removed > 0)
        {
            Dim($"Removed: {cloud.Removed} Copilot cloud agent file(s) (opted out of cloud files)");
        }
        else if (cloud.IsUndecided)
        {
            Dim("Skipped GitHub Copilot cloud files (opt-in). Enable with 'openspec init --copilot-cloud'.");
        }
    }

    private void ShowConfig(InitConfig config)
    {
        if (config == InitConfig.Created)
            _session.Line($"Config: openspec/config.yaml (schema: {Schemas.SchemaLibrary.BuiltIn})");
        else if (config == InitConfig.Exists)
            _session.Line($"Config: openspec/{(DiskEntry.ExistsAt(_install.Files.At("openspec/config.yaml")) ? "config.yaml" : "config.yml")} (exists)");
        else
            Dim("Config: skipped (non-interactive mode)");
    }

    private void ShowStart()
    {
        var empty = _tools.FindAll(tool => !tool.GetsSkills(_delivery) && !tool.GetsCommands(_delivery));
        if (empty.Count > 0)
        {
            _session.Line(_session.Paint(
                Color.Yellow,
                $"No skills or commands were generated for {Names(empty)}: delivery is set to 'commands' but {(empty.Count == 1 ? "it supports" : "they support")} only skills. Run 'openspec config set delivery both' to generate skills."));
        }

        if (_tools.Count > 0 && empty.Count == _tools.Count)
            return;
        var command = _workflows.Contains("propose") ? "/opsx:propose" : _workflows.Contains("new") ? "/opsx:new" : null;
        if (command is null)
        {
            _session.Line("Done. Run 'openspec config profile' to configure your workflows.");
            return;
        }

        _session.Line(_session.Paint(Color.Bold, "Getting started:"));
        foreach (var line in Hints(command))
            _session.Line($"  {line}");
        if (_tools.Count == 0 || ProfileNotes.LeftOut(_workflows) is not { Length: > 0 } note)
            return;
        _session.Line();
        foreach (var line in note)
            Dim(line);
    }

    /// <summary>How to begin, as each tool spells it; tools that agree share a line.</summary>
    private List<string> Hints(string command)
    {
        var hints = new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var tool in _tools.Where(tool => tool.GetsCommands(_delivery) || tool.GetsSkills(_delivery)))
        {
            var hint = $"Start your first change: {Hint(tool, command)}";
            if (!hints.TryGetValue(hint, out var names))
                hints.Add(hint, names = []);
            names.Add(tool.Name);
        }

        return hints.Count switch
        {
            0 => [$"Start your first change: {command} \"your idea\""],
            1 => [hints.GetAt(0).Key],
            _ => [.. hints.Select(static hint => $"{hint.Key} ({string.Join(", ", hint.Value)})")],
        };
    }

    private string Hint(AiTool tool, string command)
    {
        if (tool.GetsCommands(_delivery))
            return $"{References.ForSkill(command, tool, _delivery)} \"your idea\"";
        var skill = References.AsSkills(command, tool);
        return References.ArePhrases(tool) ? $"ask {tool.Name} to use {skill} with \"your idea\""
            : tool.Id == "codex" ? $"{skill} \"your idea\" (Codex CLI or IDE); in the Codex desktop app, select {skill[1..]} from Skills in the sidebar"
            : $"{skill} \"your idea\"";
    }

    private void Dim(string text) => _session.Line(_session.Paint(Color.Dim, text));
}
