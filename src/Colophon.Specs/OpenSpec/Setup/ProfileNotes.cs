using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Setup;

/// <summary>Notes that <c>init</c> and <c>update</c> end with.</summary>
internal static class ProfileNotes
{
    /// <summary>The workflows that were left out, in two lines; none where all are there.</summary>
    internal static string[] LeftOut(IReadOnlyCollection<string> installed)
    {
        var missing = Workflows.All.Where(workflow => !installed.Contains(workflow)).ToList();
        return missing.Count == 0 ? [] :
        [
            $"Note: {missing.Count} more {(missing.Count == 1 ? "workflow is" : "workflows are")} available ({string.Join(", ", missing)}).",
            $"Add {(missing.Count == 1 ? "it" : "them")} with `openspec config profile`.",
        ];
    }

    /// <summary>That an editor has to be restarted, or null.</summary>
    internal static string? Restart(IEnumerable<AiTool> tools, Delivery delivery)
    {
        var resident = tools.Where(static tool => tool.LivesInEditor).ToList();
        var surface = resident.Exists(tool => tool.GetsCommands(delivery)) ? "commands" : resident.Exists(tool => tool.GetsSkills(delivery)) ? "skills" : null;
        return surface is null ? null : $"Restart your IDE to refresh {surface}.";
    }

    /// <summary>What has to be done by hand.</summary>
    internal static void ShowSetup(Session session, IEnumerable<AiTool> tools)
    {
        foreach (var tool in tools.Where(static tool => tool.SetupNote is not null))
            session.Line(session.Paint(Color.Yellow, $"Setup required for {tool.Name}: {tool.SetupNote}"));
    }

    /// <summary>The files for GitHub's own agent that are somebody's own.</summary>
    internal static void ShowForeign(Session session, IReadOnlyCollection<string> paths)
    {
        if (paths.Count > 0)
            session.Line(session.Paint(Color.Dim, $"Left your existing {string.Join(" and ", paths)} untouched — add the OpenSpec install step by hand so the Copilot cloud agent can run openspec."));
    }
}
