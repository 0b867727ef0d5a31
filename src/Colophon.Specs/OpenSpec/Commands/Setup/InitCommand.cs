using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.OpenSpec.Setup.Legacy;
using Colophon.Specs.OpenSpec.Setup.Moves;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary><c>init</c>: the tree, and skills and commands for assistants. <c>experimental</c> is its former name.</summary>
internal static class InitCommand
{
    internal static void Run(Session session)
    {
        if (session.Command.Path == "experimental")
        {
            session.Line("Note: \"openspec experimental\" is deprecated. Use \"openspec init\" instead.");
            Execute(session, ".", new InitOptions(session, session.Command.Value("--tool")));
            return;
        }

        var target = session.Command.Argument(0) ?? ".";
        var path = Resolve(session, target);
        var entry = DiskEntry.At(path);
        if (entry.Failure is { } failure)
        {
            var reason = $"{failure}, stat '{path}'";
            throw new OpenSpecFailure(failure.Contains("not a directory", StringComparison.Ordinal) ? reason : $"Cannot access path \"{target}\": {reason}");
        }

        if (entry is { Exists: true, IsFolder: false })
            throw new OpenSpecFailure($"Path \"{target}\" is not a directory");
        if (!entry.Exists)
            session.Line($"Directory \"{target}\" doesn't exist, it will be created.");
        Execute(session, target, new InitOptions(session, session.Command.Value("--tools")));
    }

    internal static string Resolve(Session session, string target)
    {
        var path = Path.GetFullPath(target, session.Directory);
        return path.Length > 1 ? path.TrimEnd('/') : path;
    }

    private static void Execute(Session session, string target, InitOptions options)
    {
        var language = InitLanguage.Read(session.Command.Value("--language"));
        var install = new Installation(session, Resolve(session, target));
        var files = install.Files;
        var extends = files.FolderExists(files.At("openspec"));
        if (!WriteProbe.CanWrite(files, files.Root))
            throw new OpenSpecFailure($"Insufficient permissions to write to {files.Root}");
        RootSelection.RefusePointer(files.Root);
        language?.Check(files);
        if (!TryCleanUp(files, options, out var prompts))
            return;
        install.Former.Apply();
        var detected = install.States.Available();
        if (extends)
            ProfileMigration.Run(files, install.States, install.Shared, detected);
        options.CheckProfile();
        var choice = new InitChoice(install, options, install.States.WithSkills());
        var tools = choice.Tools(choice.Ids(extends, detected));
        foreach (var move in install.Former.Apply([.. tools.Select(static tool => tool.Tool)]))
            move.Report(session);
        var cloud = new InitCloud(files, options, tools);
        InitTree.Create(files, extends);
        var results = new InitWriter(install, options).Write(tools, cloud.Writes);
        if (prompts is not null)
            LegacyPrompts.Settle(files, install.States, prompts);
        var config = InitTree.CreateConfig(files, language);
        cloud.Settle();
        InitReport.Show(install, options, results, config, cloud);
        if (results.Failed.Count > 0)
            throw new OpenSpecFailure($"OpenSpec setup failed for: {string.Join(", ", results.Failed.Select(static failed => failed.Tool.Name))}");
    }

    /// <summary>Cleans the project up at once; false where somebody said no.</summary>
    /// <param name="files">The project.</param>
    /// <param name="options">Whether to ask.</param>
    /// <param name="waiting">What stays until the skills that replace it are there; null where nothing does.</param>
    private static bool TryCleanUp(ProjectFiles files, InitOptions options, out LegacyFindings? waiting)
    {
        waiting = null;
        var session = files.Session;
        var found = LegacyFindings.Find(files);
        if (found.IsEmpty)
            return true;
        var summary = LegacySummary.OfProject(session, found);
        if (summary.Length > 0)
        {
            session.Line();
            session.Line(summary);
            session.Line();
        }

        var deferred = LegacySummary.OfPrompts(session, found);
        if (deferred.Length > 0)
        {
            session.Line(deferred);
            session.Line();
        }

        if (!options.Force && options.MayAsk && Prompt.Confirm(session, "Upgrade and clean up legacy files?", fallback: true) != true)
        {
            session.Line(session.Paint(Color.Dim, "Initialization cancelled."));
            session.Line(session.Paint(Color.Dim, "Run with --force to skip this prompt, or manually remove legacy files."));
            return false;
        }

        if (!found.InProject.IsEmpty)
            LegacyCleanup.Run(files, found.InProject);
        waiting = found.Prompts.Count > 0 ? found : null;
        return true;
    }
}
