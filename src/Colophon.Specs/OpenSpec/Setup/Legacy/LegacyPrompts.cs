using Colophon.Specs.OpenSpec.Setup.State;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Setup.Legacy;

/// <summary>Codex's prompts in the person's home go when the skills that replace them are there.</summary>
internal static class LegacyPrompts
{
    internal static void Settle(ProjectFiles files, ToolStates states, LegacyFindings findings)
    {
        var installed = states.Installed(ToolTable.All.Where(static tool => tool.Id == "codex"));
        var replaced = findings.Prompts.Where(prompt => installed.Contains(prompt.Workflow)).ToList();
        if (replaced.Count > 0)
            LegacyCleanup.Run(files, new LegacyFindings { Prompts = replaced });
        var waiting = findings.Prompts.Except(replaced).ToList();
        if (waiting.Count == 0)
            return;
        var session = files.Session;
        session.Line(session.Paint(Color.Yellow, "Preserved deferred global prompts without replacement skills:"));
        foreach (var prompt in waiting)
            session.Line(session.Paint(Color.Dim, $"  - codex: {prompt.Path}"));
        session.Line();
    }
}
