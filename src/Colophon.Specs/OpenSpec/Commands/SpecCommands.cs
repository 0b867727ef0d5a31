using Colophon.Specs.Json;
using Colophon.Specs.Layout;
using Colophon.Specs.Validating;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary>The old <c>spec …</c> commands: they warn, and work on the current folder whatever is above it.</summary>
internal static class SpecCommands
{
    private const string Specs = "openspec/specs";

    internal static void Run(Session session)
    {
        session.ErrorLine("Warning: The \"openspec spec ...\" commands are deprecated. Prefer verb-first commands (e.g., \"openspec show\", \"openspec validate --specs\").");
        var tree = SpecTree.At(session.Directory, null);
        try
        {
            if (session.Command.Path == "spec list")
            {
                List(session, tree);
                return;
            }

            var id = session.Command.Argument(0);
            if (string.IsNullOrEmpty(id) && session.IsInteractive && tree.Specs is { Count: > 0 } known)
            {
                var verb = session.Command.Path == "spec show" ? "show" : "validate";
                id = Prompt.Select(session, $"Select a spec to {verb}", [.. known.Select(static spec => new Choice(spec, spec))]) ?? throw Prompt.NoAnswer();
            }

            if (string.IsNullOrEmpty(id))
                throw new OpenSpecFailure("Missing required argument <spec-id>");
            if (!Path.GetFullPath($"{tree.SpecsPath}/{id}").StartsWith(tree.SpecsPath, StringComparison.Ordinal))
                throw new OpenSpecFailure($"Path is outside the allowed directory: {Specs}/{id}/{SpecFiles.FileName}");
            if (!Path.Exists($"{tree.SpecsPath}/{id}/{SpecFiles.FileName}"))
                throw new OpenSpecFailure($"Spec '{id}' not found at {Specs}/{id}/{SpecFiles.FileName}");
            if (session.Command.Path == "spec show")
                ShowCommand.ShowSpec(session, tree, id);
            else
                Validate(session, tree, id);
        }
        catch (Exception e) when (e is OpenSpecFailure or SpecException)
        {
            session.ErrorLine($"Error: {OpenSpecFailure.From(e).Message}");
            session.ExitCode = 1;
        }
    }

    private static void List(Session session, SpecTree tree)
    {
        if (!Path.Exists(tree.SpecsPath))
        {
            session.Line("No items found");
            return;
        }

        var specs = SpecListing.Read(tree);
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.BeginArray();
                foreach (var (id, requirements) in specs)
                {
                    json.BeginObject();
                    json.Text("id", id);
                    json.Text("title", id);
                    json.Number("requirementCount", requirements);
                    json.EndObject();
                }

                json.EndArray();
            });
            return;
        }

        if (specs.Count == 0)
            session.Line("No items found");
        foreach (var (id, requirements) in specs)
            session.Line(session.Command.Has("--long") ? $"{id}: {id} [requirements {requirements}]" : id);
    }

    private static void Validate(Session session, SpecTree tree, string id)
    {
        var item = new ValidationRun(tree, session.Command.Has("--strict")).Spec(id);
        session.ExitCode = item.Valid ? 0 : 1;
        if (session.Json)
        {
            ChangeCommands.ReportWithoutRoot(session, item);
            return;
        }

        if (item.Valid)
        {
            session.Line($"Specification '{id}' is valid");
            return;
        }

        session.ErrorLine($"Specification '{id}' has issues");
        foreach (var issue in item.Issues)
            session.ErrorLine($"{ValidateText.Sign(issue)} [{ReportJson.LevelOf(issue)}] {issue.Path}: {issue.Message}");
    }
}
