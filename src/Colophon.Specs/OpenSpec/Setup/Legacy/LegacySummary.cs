namespace Colophon.Specs.OpenSpec.Setup.Legacy;

/// <summary>What people are told before anything is taken away.</summary>
internal static class LegacySummary
{
    /// <summary>What will go from the project and what will change; empty where there is nothing to tell.</summary>
    internal static string OfProject(Session session, LegacyFindings findings)
    {
        List<string> removed =
        [
            .. findings.Folders.Select(static folder => $"{folder.Path}/"),
            .. findings.Files.Select(static file => file.Path),
            .. findings.HasAgents ? ["openspec/AGENTS.md"] : Array.Empty<string>(),
        ];
        if (removed.Count == 0 && findings.BlockFiles.Count == 0 && !findings.HasProject)
            return "";
        List<string> lines =
        [
            session.Paint(Color.Bold, "Upgrading to the new OpenSpec"),
            "",
            "OpenSpec now uses agent skills, the emerging standard across coding",
            "agents. This simplifies your setup while keeping everything working",
            "as before.",
            "",
        ];
        if (removed.Count > 0)
        {
            lines.Add(session.Paint(Color.Bold, "Files to remove"));
            lines.Add(session.Paint(Color.Dim, "No user content to preserve:"));
            lines.AddRange(removed.Select(static path => $"  • {path}"));
        }

        if (findings.BlockFiles.Count > 0)
        {
            if (removed.Count > 0)
                lines.Add("");
            lines.Add(session.Paint(Color.Bold, "Files to update"));
            lines.Add(session.Paint(Color.Dim, "OpenSpec markers will be removed, your content preserved:"));
            lines.AddRange(findings.BlockFiles.Select(static path => $"  • {path}"));
        }

        if (findings.HasProject)
        {
            if (removed.Count + findings.BlockFiles.Count > 0)
                lines.Add("");
            lines.AddRange(ProjectHint(session));
        }

        return string.Join('\n', lines);
    }

    /// <summary>The prompts that wait for the skills that replace them; empty where there are none.</summary>
    internal static string OfPrompts(Session session, LegacyFindings findings) => findings.Prompts.Count == 0 ? "" : string.Join(
        '\n',
        [
            session.Paint(Color.Bold, "Deferred global prompts cleanup"),
            session.Paint(Color.Dim, "These global prompts will only be removed after matching replacement skills are installed."),
            .. findings.Prompts.Select(static prompt => $"  • codex: {prompt.Path}"),
        ]);

    internal static string[] ProjectHint(Session session) =>
    [
        session.Paint(Color.Yellow, session.Paint(Color.Bold, "Needs your attention")),
        "  • openspec/project.md",
        session.Paint(Color.Dim, "    We won't delete this file. It may contain useful project context."),
        "",
        session.Paint(Color.Dim, "    The new openspec/config.yaml has a \"context:\" section for planning"),
        session.Paint(Color.Dim, "    context. This is included in every OpenSpec request and works more"),
        session.Paint(Color.Dim, "    reliably than the old project.md approach."),
        "",
        session.Paint(Color.Dim, "    Review project.md, move any useful content to config.yaml's context"),
        session.Paint(Color.Dim, "    section, then delete the file when ready."),
    ];
}
