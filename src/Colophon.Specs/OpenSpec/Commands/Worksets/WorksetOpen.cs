using Colophon.Specs.OpenSpec.Settings;
using Colophon.Specs.OpenSpec.Worksets;

namespace Colophon.Specs.OpenSpec.Commands.Worksets;

/// <summary><c>workset open</c>: the folders in the person's own editor.</summary>
internal static class WorksetOpen
{
    internal static void Run(Session session)
    {
        if (session.Json)
        {
            throw new OpenSpecFailure(
                "workset open hands this terminal to the chosen tool and has no JSON mode.", "workset_open_json_unsupported", "Inspect worksets with: openspec workset list --json", "workset.tool");
        }

        var name = session.Command.Arguments[0];
        var (workset, there, file) = new WorksetFile(session).Prepare(name);
        foreach (var member in workset.Members.Except(there))
            session.ErrorLine($"Skipped '{member.Name}' ({member.Path} is not available).");
        if (workset.Members[0] != there[0])
            session.ErrorLine($"Using '{there[0].Name}' ({there[0].Path}) as the primary for this open.");
        try
        {
            Launch(session, name, workset.Tool, file);
        }
        catch (OpenSpecFailure failure)
        {
            session.ExitCode = 1;
            session.ErrorLine($"Error: {failure.Message}");
            if (failure.Fix is { } fix)
                session.ErrorLine($"Fix: {fix}");
            session.ErrorLine("Open manually:");
            session.ErrorLine($"  Workspace file: {file}");
            session.ErrorLine("  Members:");
            foreach (var row in Workset.Rows(there))
                session.ErrorLine($"    {row}");
        }
    }

    /// <summary>Agents take folders only where the package's own switch says so.</summary>
    internal static bool IsEnabled(Session session, Opener opener) => opener.TakesFile || session.Variable("OPENSPEC_ENABLE_CLI_AGENT_OPENERS") == "1";

    internal static OpenSpecFailure Disabled(Opener opener, string name) => new(
        $"Opening a workset in {opener.Label} is temporarily disabled while CLI-agent opening is reworked. Worksets open in an IDE for now.",
        "workset_cli_opener_disabled", $"Open in VS Code or Cursor: openspec workset open {name} --tool code", "workset.tool");

    internal static OpenSpecFailure Unknown(Session session, string tool, List<Opener> table) => new(
        $"Unknown tool '{tool}'.",
        "workset_tool_unknown",
        $"Known tools: {string.Join(", ", table.Where(opener => IsEnabled(session, opener)).Select(static opener => opener.Id))}. Add new tools under \"openers\" in {GlobalConfig.PathOf(session)}.",
        "workset.tool");

    private static void Launch(Session session, string name, string? saved, string file)
    {
        var table = Openers.Read(session);
        var opener = (session.Command.Value("--tool") ?? saved) is { } id ? Named(session, table, id, name) : Chosen(session, table, name);
        if (!opener.TakesFile || session.Host.RunEditor is not { } run)
            throw new OpenSpecFailure($"Could not launch {opener.Label}: agents are not started from here.", "workset_launch_failed", $"Run: openspec workset open {name} --tool code", "workset.tool");
        session.Line($"Opening '{name}' in {opener.Label} (a window opens; this command returns).");
        session.Flush();
        var outcome = run([opener.Command, .. opener.Arguments, file]);
        if (outcome.Failure is { } failure)
        {
            var other = table.Find(candidate => candidate.Id != opener.Id && IsEnabled(session, candidate) && Openers.IsInstalled(session, candidate));
            throw new OpenSpecFailure(
                $"Could not launch {opener.Label}: {failure}", "workset_launch_failed",
                other is null ? $"Check that '{opener.Command}' runs from this terminal, or pass --tool with another installed tool." : $"Run: openspec workset open {name} --tool {other.Id}",
                "workset.tool");
        }

        session.ExitCode = outcome.ExitCode;
    }

    private static Opener Named(Session session, List<Opener> table, string id, string name)
    {
        var opener = table.Find(candidate => candidate.Id == id) ?? throw Unknown(session, id, table);
        if (!IsEnabled(session, opener))
            throw Disabled(opener, name);
        if (Openers.IsInstalled(session, opener))
            return opener;
        var other = table.Find(candidate => candidate.Id != id && IsEnabled(session, candidate) && Openers.IsInstalled(session, candidate));
        throw new OpenSpecFailure(
            $"{opener.Label} ('{opener.Command}') is not on PATH.",
            "workset_tool_unavailable",
            other is not null ? $"Install '{opener.Command}' or run: openspec workset open {name} --tool {other.Id}" : $"Install '{opener.Command}', then rerun: openspec workset open {name}",
            "workset.tool");
    }

    private static Opener Chosen(Session session, List<Opener> table, string name)
    {
        if (!session.HasSomebodyToAsk)
            throw new OpenSpecFailure($"Workset '{name}' has no saved tool.", "workset_tool_required", $"openspec workset open {name} --tool <id>", "workset.tool");
        var known = table.FindAll(opener => IsEnabled(session, opener));
        var available = known.FindAll(opener => Openers.IsInstalled(session, opener));
        if (available.Count == 0)
        {
            throw new OpenSpecFailure(
                "None of the known tools is on PATH.", "workset_tool_unavailable",
                $"Install one of: {string.Join(", ", known.Select(static opener => opener.Command))}. Then rerun: openspec workset open {name}", "workset.tool");
        }

        var id = Prompt.Select(session, "Open with:", available.ConvertAll(static opener => new Choice(opener.Id, opener.Label))) ?? throw Prompt.NoAnswer();
        return available.Find(opener => opener.Id == id) ?? available[0];
    }
}
