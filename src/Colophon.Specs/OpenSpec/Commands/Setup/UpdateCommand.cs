using Colophon.Specs.OpenSpec.Settings;
using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.OpenSpec.Setup.Legacy;
using Colophon.Specs.OpenSpec.Setup.Moves;
using Colophon.Specs.OpenSpec.Setup.State;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary><c>update</c>: refreshes what was written for assistants, as a person's settings ask for it.</summary>
internal sealed class UpdateCommand
{
    private readonly Session _session;
    private readonly Installation _install;
    private readonly bool _force;

    private UpdateCommand(Session session, string project, bool force) => (_session, _install, _force) = (session, new Installation(session, project), force);

    internal static void Run(Session session) => Run(session, session.Command.Argument(0) ?? ".", session.Command.Has("--force"));

    /// <summary>Updates a project.</summary>
    /// <param name="session">The run.</param>
    /// <param name="target">The project's folder, from the current one.</param>
    /// <param name="force">Whether files are written that are as they should be, and old ones removed without asking.</param>
    /// <exception cref="OpenSpecFailure">There is no tree, or a tool could not be updated.</exception>
    internal static void Run(Session session, string target, bool force) => new UpdateCommand(session, InitCommand.Resolve(session, target), force).Execute();

    private void Execute()
    {
        var files = _install.Files;
        if (!files.FolderExists(files.At("openspec")))
            throw new OpenSpecFailure("No OpenSpec directory found. Run 'openspec init' first.");
        foreach (var move in _install.Former.Apply())
            move.Report(_session);
        var declined = UpdateMoves.Offer(_install, _force);
        ProfileMigration.Run(files, _install.States, _install.Shared, _install.States.Available());
        var config = GlobalConfig.Read(_session);
        var delivery = Workflows.DeliveryOf(config);
        var wanted = Workflows.Known(Workflows.Of(config.Profile, config.Workflows));
        var upgrade = LegacyUpgrade.Run(_install, wanted, delivery, _force);
        var configured = _install.States.Configured();
        var tools = configured.Union(upgrade.Tools).ToList();
        var notes = new UpdateNotes(_install, wanted, delivery, isCustom: config.Profile is "custom");
        if (tools.Count == 0)
        {
            SettlePrompts(upgrade);
            ThrowIfAny(upgrade.Failed);
            notes.ShowNothing(declined, tools);
            return;
        }

        IReadOnlyCollection<string> WorkflowsOf(AiTool tool) => upgrade.CodexWorkflows is { } own && tool.Id == "codex" ? own : wanted;
        var drift = new Drift(files, _install.States, _install.Shared);
        var versions = configured.ConvertAll(tool => ToolVersion.Of(tool, _install.States, _install.Shared, WorkflowsOf(tool), delivery));
        var old = versions.FindAll(version => version.IsOld && (delivery != Delivery.Commands || version.Tool.HomeSkillsRoot is null)).ConvertAll(static version => version.Tool);
        var astray = configured.FindAll(tool => drift.HasFiles(tool, wanted, delivery));
        var edited = configured.FindAll(tool => drift.HasTexts(tool, WorkflowsOf(tool), delivery));
        var stale = old.Union(astray).Union(edited).ToList();
        if (!_force && stale.Count == 0 && upgrade.Tools.Count == 0)
        {
            SettlePrompts(upgrade);
            notes.ShowUpToDate(configured, tools);
            ThrowIfAny(upgrade.Failed);
            return;
        }

        notes.ShowPlan(_force, configured, stale, versions, edited);
        var results = new UpdateWriter(_install, _install.Shared.Writers(tools), delivery).Write(_force ? configured : stale, WorkflowsOf);
        results.Failed.InsertRange(0, upgrade.Failed);
        SettlePrompts(upgrade);
        notes.ShowResults(results, upgrade, tools, WorkflowsOf);
        ThrowIfAny(results.Failed);
    }

    private void SettlePrompts(LegacyUpgrade upgrade)
    {
        if (upgrade.Prompts is { } prompts)
            LegacyPrompts.Settle(_install.Files, _install.States, prompts);
    }

    private static void ThrowIfAny(List<(AiTool Tool, string Why)> failed)
    {
        if (failed.Count > 0)
            throw new OpenSpecFailure($"OpenSpec update failed for: {string.Join(", ", failed.Select(static entry => entry.Tool.Name))}");
    }
}
