using Colophon.Specs.Json;
using Colophon.Specs.OpenSpec.Stores;

namespace Colophon.Specs.OpenSpec.Commands.Stores;

/// <summary>How commands about stores answer and fail.</summary>
internal static class StoreOutput
{
    /// <summary>Runs a command; a failure is answered in the way of these commands.</summary>
    /// <param name="session">The run.</param>
    /// <param name="fallbackCode">The code of a failure that has none of its own.</param>
    /// <param name="empty">The members of the answer where there is none.</param>
    /// <param name="run">The command.</param>
    internal static void Guard(Session session, string fallbackCode, Action<JsonText> empty, Action<Session> run)
    {
        try
        {
            run(session);
        }
        catch (Exception e) when (e is OpenSpecFailure or SpecException or IOException or UnauthorizedAccessException)
        {
            var failure = OpenSpecFailure.From(e);
            session.ExitCode = 1;
            if (session.Json)
            {
                session.FailJson(failure, fallbackCode, empty);
                return;
            }

            session.ErrorLine($"Error: {failure.Message}");
            if (failure.Fix is { } fix)
                session.ErrorLine($"Fix: {fix}");
        }
    }

    /// <summary>A path as people write it: below the home folder with a tilde.</summary>
    internal static string Short(Session session, string path)
    {
        var home = UserFolders.Home(session);
        return path == home ? "~" : path.StartsWith(home + "/", StringComparison.Ordinal) ? $"~{path[home.Length..]}" : path;
    }

    internal static void WriteStore(JsonText json, string id, string root, bool withMetadata)
    {
        json.Text("id", id);
        json.Text("root", root);
        if (withMetadata)
            json.Text("metadata_path", StoreMetadata.PathOf(root));
    }

    internal static void Notes(Session session, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            session.Line($"{(diagnostic.Severity == "error" ? "Issue" : "Note")}: {diagnostic.Message}");
    }
}
