using Colophon.Specs.Json;
using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Ordering;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;
using Colophon.Specs.Validating;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary>The old <c>change …</c> commands: they warn, and work on the current folder whatever is above it.</summary>
internal static class ChangeCommands
{
    internal static void Run(Session session)
    {
        session.ErrorLine("Warning: The \"openspec change ...\" commands are deprecated. Prefer verb-first commands (e.g., \"openspec list\", \"openspec validate --changes\").");
        var tree = SpecTree.At(session.Directory, null);
        try
        {
            switch (session.Command.Path)
            {
                case "change list":
                    session.ErrorLine("Warning: \"openspec change list\" is deprecated. Use \"openspec list\".");
                    List(session, tree);
                    break;
                case "change show":
                    if (Name(session, tree) is { } shown)
                        ShowCommand.ShowChange(session, tree, shown);
                    break;
                default:
                    if (Name(session, tree) is { } checkedName)
                        Validate(session, tree, checkedName);
                    break;
            }
        }
        catch (Exception e) when (e is OpenSpecFailure or SpecException)
        {
            session.ErrorLine($"Error: {OpenSpecFailure.From(e).Message}");
            session.ExitCode = 1;
        }
    }

    private static string? Name(Session session, SpecTree tree)
    {
        if (session.Command.Argument(0) is { Length: > 0 } name)
            return name;
        var known = tree.Changes;
        if (known.Count > 0 && session.IsInteractive)
        {
            var verb = session.Command.Path == "change show" ? "show" : "validate";
            return Prompt.Select(session, $"Select a change to {verb}", [.. known.Select(static id => new Choice(id, id))]) ?? throw Prompt.NoAnswer();
        }

        session.ErrorLine(known.Count == 0 ? "No change specified. No active changes found." : $"No change specified. Available IDs: {string.Join(", ", known)}");
        session.ErrorLine("Hint: use \"openspec change list\" to view available changes.");
        session.ExitCode = 1;
        return null;
    }

    private static void List(Session session, SpecTree tree)
    {
        var schemas = new SchemaLibrary(tree.Root);
        var names = tree.Changes;
        if (session.Json || session.Command.Has("--long"))
            ConfigWarnings.Repeat(session, tree, names.Select(name => $"{tree.ChangesPath}/{name}"));
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.BeginArray();
                foreach (var name in names.OrderBy(static name => name, Comparer<string>.Create(RootOrder.Compare)))
                    WriteChange(json, tree, name, schemas);
                json.EndArray();
            });
            return;
        }

        if (names.Count == 0)
            session.Line("No items found");
        foreach (var name in names)
            session.Line(session.Command.Has("--long") ? $"{name}: {Describe(tree, name)}{Tasks(tree, name, schemas)}" : name);
    }

    private static void WriteChange(JsonText json, SpecTree tree, string name, SchemaLibrary schemas)
    {
        var (done, all) = TaskFiles.Progress($"{tree.ChangesPath}/{name}", schemas);
        var (title, deltas, missing) = Read(tree, name);
        json.BeginObject();
        json.Text("id", name);
        json.Text("title", missing ? name : title ?? "Unknown");
        json.Number("deltaCount", title is null ? 0 : deltas);
        json.Name("taskStatus");
        json.BeginObject();
        json.Number("total", all);
        json.Number("completed", done);
        json.EndObject();
        json.EndObject();
    }

    private static string Describe(SpecTree tree, string name)
    {
        var (title, deltas, missing) = Read(tree, name);
        return missing ? "(no proposal.md yet)" : title is null ? "(unable to read)" : $"{title} [deltas {deltas}]";
    }

    private static string Tasks(SpecTree tree, string name, SchemaLibrary schemas)
    {
        var (done, all) = TaskFiles.Progress($"{tree.ChangesPath}/{name}", schemas);
        return all > 0 ? $" [tasks {done}/{all}]" : "";
    }

    private static (string? Title, int Deltas, bool Missing) Read(SpecTree tree, string name)
    {
        var directory = $"{tree.ChangesPath}/{name}";
        var file = FileText.Read($"{directory}/proposal.md");
        if (file.Text is not { } text)
            return (null, 0, file.Missing);
        var proposal = ProposalReader.Read(text);
        if (proposal.Why.Length == 0 || proposal.WhatChanges.Length == 0 || File.Exists($"{directory}/specs"))
            return (null, 0, false);
        return (ProposalReader.Title(text, name), ShowChangeJson.ReadDeltas($"{directory}/specs", proposal, null).Count, false);
    }

    private static void Validate(Session session, SpecTree tree, string name)
    {
        var directory = $"{tree.ChangesPath}/{name}";
        if (!SpecTree.IsName(name) || !Path.Exists(directory))
            throw new OpenSpecFailure($"Change \"{name}\" not found at {Path.GetFullPath(directory)}");
        var item = new ValidationRun(tree, session.Command.Has("--strict")).Change(name);
        if (session.Json)
        {
            // An invalid change leaves the exit code alone here: the original's way.
            ReportWithoutRoot(session, item);
            return;
        }

        if (item.Valid)
            session.Line($"Change \"{name}\" is valid");
        else
            session.ErrorLine($"Change \"{name}\" has issues");
        foreach (var issue in item.Issues)
            session.ErrorLine($"{ValidateText.Sign(issue)} [{ReportJson.LevelOf(issue)}] {issue.Path}: {issue.Message}");
        if (item.Valid)
            return;
        session.ExitCode = 1;
        session.ErrorLine("Next steps:");
        foreach (var step in NextSteps(item))
            session.ErrorLine($"  - {step}");
    }

    internal static void ReportWithoutRoot(Session session, ValidationItem item) => session.WriteJson(json =>
    {
        json.BeginObject();
        json.Flag("valid", item.Valid);
        ReportJson.WriteIssues(json, item.Issues);
        json.Name("summary");
        json.BeginObject();
        json.Number("errors", item.Issues.Count(static issue => issue.Level == IssueLevel.Error));
        json.Number("warnings", item.Issues.Count(static issue => issue.Level == IssueLevel.Warning));
        json.Number("info", item.Issues.Count(static issue => issue.Level == IssueLevel.Info));
        json.EndObject();
        json.EndObject();
    });

    private static string[] NextSteps(ValidationItem item)
    {
        if (item.Issues.Any(static issue => issue.Code == "skip-specs-conflict"))
        {
            return
            [
                "This change declares skip_specs (no spec deltas): delete the files under specs/, or remove skip_specs from .openspec.yaml if requirements do change",
                "skip_specs is only honored when .openspec.yaml is valid change metadata (schema: <name> is required)",
            ];
        }

        if (item.Issues.Any(static issue => issue.Code == "skip-specs-invalid"))
        {
            return
            [
                "Fix .openspec.yaml so the skip_specs marker can be honored (schema: <name> is required)",
                "Or remove skip_specs from .openspec.yaml and add delta specs instead",
            ];
        }

        return
        [
            "Ensure change has deltas in specs/: use headers ## ADDED/MODIFIED/REMOVED/RENAMED Requirements",
            "Each requirement MUST include at least one #### Scenario: block",
            "Debug parsed deltas: openspec change show <id> --json --deltas-only",
        ];
    }
}
