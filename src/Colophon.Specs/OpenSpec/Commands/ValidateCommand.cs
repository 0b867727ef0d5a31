using Colophon.Specs.Json;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Validating;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary><c>validate</c>: one item, everything of a kind, or the task lists of archived changes.</summary>
internal static class ValidateCommand
{
    /// <summary>How often the CLI reads the configuration to validate a change.</summary>
    private const int ReadsForValidation = 2;

    internal static void Run(Session session)
    {
        try
        {
            Validate(session);
        }
        catch (Exception e) when (session.Json && e is OpenSpecFailure or SpecException)
        {
            session.FailJson(OpenSpecFailure.From(e), "validate_error");
        }
    }

    private static void Validate(Session session)
    {
        var command = session.Command;
        var (all, archived) = (command.Has("--all"), command.Has("--archived"));
        var (changes, specs) = (all || command.Has("--changes"), all || command.Has("--specs"));
        var name = command.Argument(0);
        if (command.Value("--report") is { } report && ReportProblem(report, name, changes || specs, archived) is { } problem)
        {
            RefuseReport(session, problem);
            return;
        }

        if (RootSelection.TryResolve(session, allowImplicit: !(changes || specs)) is not { } tree)
            return;
        var scope = command.Value("--report") != "findings" ? null : archived ? "archived" : changes && specs ? "all" : changes ? "changes" : "specs";
        var strict = command.Has("--strict");
        if (archived)
            Archived(session, tree, scope);
        else if (changes || specs)
            Bulk(session, tree, changes, specs, scope);
        else if (string.IsNullOrEmpty(name))
            Choose(session, tree, strict);
        else if (Items.Resolve(session, tree, name, "validate") is { } kind)
            One(session, tree, kind, name, strict);
    }

    private static void One(Session session, SpecTree tree, ItemKind kind, string name, bool strict)
    {
        if (NameProblem(kind, name) is { } problem)
        {
            if (session.Json)
                session.FailJson(new OpenSpecFailure(problem, "invalid_item"), "invalid_item");
            else
                session.ErrorLine(problem);
            session.ExitCode = 1;
            return;
        }

        if (kind == ItemKind.Change && Directory.Exists($"{tree.ChangesPath}/{name}"))
            ConfigWarnings.Repeat(session, tree, [$"{tree.ChangesPath}/{name}"], ReadsForValidation);
        var run = new ValidationRun(tree, strict);
        var item = kind == ItemKind.Change ? run.Change(name) : run.Spec(name);
        session.ExitCode = item.Valid ? 0 : 1;
        if (session.Json)
            session.Write(output => ReportJson.Write(tree, new ValidationReport([item], [kind]), output));
        else
            ValidateText.WriteOne(session, item);
    }

    private static void Bulk(Session session, SpecTree tree, bool changes, bool specs, string? scope)
    {
        if (!session.Command.Has("--no-interactive"))
            session.Waiting("Validating...");
        var strict = session.Command.Has("--strict");
        if (changes)
            ConfigWarnings.Repeat(session, tree, tree.Changes.Select(name => $"{tree.ChangesPath}/{name}"), ReadsForValidation);
        var report = changes && specs ? Validation.All(tree, strict) : changes ? Validation.Changes(tree, strict) : Validation.Specs(tree, strict);
        session.ExitCode = report.Valid ? 0 : 1;
        Write(session, tree, report, scope);
    }

    private static void Archived(Session session, SpecTree tree, string? scope)
    {
        var ids = tree.ArchivedChanges;
        if (!session.Command.Has("--no-interactive"))
            session.Waiting("Validating archived changes...");
        ConfigWarnings.Repeat(session, tree, ids.Select(id => $"{tree.ArchivePath}/{id}"));
        var report = ArchivedTasks.Check(tree, ids);
        session.ExitCode = report.Valid ? 0 : 1;
        if (scope is not null || session.Json)
            Write(session, tree, report, scope);
        else
            ValidateText.WriteArchived(session, report);
    }

    private static void Write(Session session, SpecTree tree, ValidationReport report, string? scope)
    {
        if (session.Json && scope is not null)
            session.Write(output => ReportJson.WriteFindings(tree, report, scope, output));
        else if (session.Json)
            session.Write(output => ReportJson.Write(tree, report, output));
        else if (scope is not null)
            ValidateText.WriteFindings(session, report, scope);
        else
            ValidateText.WriteBulk(session, report);
    }

    private static string? ReportProblem(string report, string? name, bool bulk, bool archived) =>
        report is not ("full" or "findings") ? $"Unknown validation report '{report}'."
        : name is not null ? "A validation report cannot be combined with an item name."
        : archived && bulk ? "A validation report cannot combine archived and active scopes."
        : !archived && !bulk ? "A validation report requires an explicit bulk scope."
        : null;

    private static void RefuseReport(Session session, string problem)
    {
        const string fix = "Use --report full|findings with --all, --changes, --specs, or --archived, without an item name. Do not combine archived and active scopes.";
        if (session.Json)
        {
            session.FailJson(new OpenSpecFailure(problem, "invalid_validation_report_request", fix), "");
            return;
        }

        session.ErrorLine($"Error: {problem}\nFix: {fix}");
        session.ExitCode = 1;
    }

    /// <summary>Asks what to validate, where somebody can answer.</summary>
    private static void Choose(Session session, SpecTree tree, bool strict)
    {
        if (!session.IsInteractive)
        {
            RefuseNothing(session);
            return;
        }

        var choice = Prompt.Select(
            session, "What would you like to validate?",
            [new("all", "All (changes + specs)"), new("changes", "All changes"), new("specs", "All specs"), new("one", "Pick a specific change or spec")])
            ?? throw Prompt.NoAnswer();
        if (choice != "one")
        {
            Bulk(session, tree, choice != "specs", choice != "changes", null);
            return;
        }

        List<Choice> items = [.. tree.Changes.Select(static id => new Choice($"c{id}", $"change/{id}")), .. tree.Specs.Select(static id => new Choice($"s{id}", $"spec/{id}"))];
        if (items.Count == 0)
        {
            session.ErrorLine("No items found to validate.");
            session.ExitCode = 1;
            return;
        }

        var picked = Prompt.Select(session, "Pick an item", items) ?? throw Prompt.NoAnswer();
        One(session, tree, picked[0] == 'c' ? ItemKind.Change : ItemKind.Spec, picked[1..], strict);
    }

    private static void RefuseNothing(Session session)
    {
        session.ErrorLine("Nothing to validate. Try one of:");
        foreach (var what in (ReadOnlySpan<string>)["--all", "--changes", "--specs", "<item-name>"])
            session.ErrorLine($"  {session.Hint($"openspec validate {what}")}");
        session.ErrorLine("Or run in an interactive terminal.");
        session.ExitCode = 1;
    }

    private static string? NameProblem(ItemKind kind, string name)
    {
        if (kind == ItemKind.Change)
            return FolderName.Problem(name, "Change name");
        foreach (var segment in name.Split('/'))
        {
            if (FolderName.Problem(segment, "Spec id") is { } problem)
                return problem;
        }

        return null;
    }
}
