using Colophon.Specs.Layout;
using Colophon.Specs.Merging;
using Colophon.Specs.Ordering;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.Validating;

/// <summary>The rules of a change, in the CLI's order.</summary>
internal static class ChangeRules
{
    internal static void Check(ValidationRun run, SpecTree tree, string name, ChangeFolder folder, Issues issues)
    {
        // A change with metadata of its own is one; only the rest need a closer look.
        if (!folder.Metadata.Exists && NestedChanges.Find(tree.ChangesPath, name, run.Schemas) is { } nested)
        {
            issues.Error("file", "change-nested", nested.Describe());
            return;
        }

        CheckFiles(run, folder, mainSpecs: true, issues);
        CheckTasks(run, folder, issues);
    }

    /// <summary>The rules of the delta files alone, as archive asks for them: what needs the main specs comes up in the merge.</summary>
    internal static void CheckAlone(ValidationRun run, ChangeFolder folder, Issues issues) => CheckFiles(run, folder, mainSpecs: false, issues);

    private static void CheckFiles(ValidationRun run, ChangeFolder folder, bool mainSpecs, Issues issues)
    {
        var rootLevel = folder.HasRootLevelSpec;
        if (rootLevel)
            issues.Error("spec.md", "delta-root-level", Messages.RootLevelSpec);
        var operations = CheckDeltas(run, folder, mainSpecs, issues, out var empty, out var headerless);
        var unread = CheckUnread(folder.Unread, issues);
        foreach (var (path, sections) in empty)
            issues.Error(path, "delta-empty", EmptySections(sections));
        foreach (var path in headerless)
            issues.Error(path, "delta-no-section", Messages.NoSections);
        CheckMarker(run, folder, operations == 0 && !rootLevel && !unread, issues);
    }

    private static int CheckDeltas(
        ValidationRun run, ChangeFolder folder, bool mainSpecs, Issues issues, out List<(string Path, DeltaPlan Plan)> empty, out List<string> headerless)
    {
        (empty, headerless) = ([], []);
        var operations = 0;
        var rehearsals = new List<(SpecFile File, DeltaPlan Plan)>(folder.Deltas.Count);
        foreach (var file in folder.Deltas)
        {
            if (folder.Plan(file.Path) is not { } plan)
                continue;
            var path = $"{file.Id}/{SpecFiles.FileName}";
            if (plan.Operations == 0 && plan.HasSections)
                empty.Add((path, plan));
            else if (plan.Operations == 0)
                headerless.Add(path);
            operations += plan.Operations;
            var before = issues.Count;
            var target = mainSpecs ? run.Main(file.Id) : null;
            DeltaRules.Check(plan, path, target, mainSpecs ? UnreadableTarget(run, file.Id) : null, issues);
            if (mainSpecs && plan.Operations > 0 && !HasError(issues, before) && run.Failure(file.Id) is null)
                rehearsals.Add((file, plan));
        }

        foreach (var (file, plan) in rehearsals)
        {
            if (SpecMerge.Refusal(plan, file.Id, run.Main(file.Id)) is { } refusal)
                issues.Info($"{file.Id}/{SpecFiles.FileName}", "archive-refuses", $"Archive would refuse this delta: {refusal}");
        }

        return operations;
    }

    private static string? UnreadableTarget(ValidationRun run, string id)
    {
        if (run.Failure(id) is not { } failure)
            return null;
        var code = failure.IndexOf(':') is > 0 and var colon ? failure[..colon] : failure;
        return $"Could not read {run.PathOf(id)} to check the MODIFIED requirements against it ({code}). Archive reads the same file, so fix the file before archiving.";
    }

    private static bool HasError(Issues issues, int from)
    {
        for (var i = from; i < issues.Count; i++)
        {
            if (issues.Found[i].Level == IssueLevel.Error)
                return true;
        }

        return false;
    }

    private static bool CheckUnread(IReadOnlyList<(string Relative, string Expected)> unread, Issues issues)
    {
        foreach (var (relative, expected) in unread)
        {
            issues.Error(
                relative,
                "delta-unread",
                $"Delta spec found at specs/{relative}. Delta specs must be a spec.md inside a capability folder — this file is ignored when the change is applied or archived. "
                    + $"Move its requirements into specs/{expected}.");
        }

        return unread.Count > 0;
    }

    private static string EmptySections(DeltaPlan plan)
    {
        var names = new List<string>();
        for (var kind = 0; kind < plan.Present.Length; kind++)
        {
            if (plan.Present[kind])
                names.Add($"## {DeltaReader.Kinds[kind]} Requirements");
        }

        var list = names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
        return $"Delta sections {list} were found, but no requirement entries parsed. Ensure each section includes at least one \"### Requirement:\" block "
            + "(REMOVED may use bullet list syntax).";
    }

    private static void CheckMarker(ValidationRun run, ChangeFolder folder, bool noDeltas, Issues issues)
    {
        var (skip, reason) = folder.Metadata.Marker("skip_specs", run.Schemas);
        if (reason is not null)
            issues.Error(ChangeMetadata.FileName, "skip-specs-invalid", $"{Messages.SkipSpecsInvalid} ({reason})");
        var conflict = skip && (File.Exists(folder.Specs) || NestedChanges.HasAnyFile(folder.Specs));
        if (conflict)
            issues.Error("file", "skip-specs-conflict", Messages.SkipSpecsConflict);
        if (!noDeltas)
            return;
        if (!skip)
            issues.Error("file", "change-no-deltas", Messages.NoDeltas);
        else if (!conflict)
            issues.Info("file", "skip-specs-accepted", Messages.SkipSpecsAccepted);
    }

    private static void CheckTasks(ValidationRun run, ChangeFolder folder, Issues issues)
    {
        var (name, schema) = run.Schemas.For(folder.Metadata);
        var tracked = TaskFiles.Tracked(folder.Directory, schema);
        var documents = new List<TaskDocument>();
        var unreadable = false;
        foreach (var path in tracked.Count > 0 ? tracked : ["tasks.md"])
        {
            var file = folder.Text(path);
            unreadable |= file.Failure is not null;
            if (file.Text is { } text)
                documents.Add(new TaskDocument(path, text));
        }

        documents.Sort(static (a, b) => RootOrder.Compare(a.Path, b.Path));
        if (tracked.Count > 0 && !unreadable)
            TaskRules.CheckBoxes(documents, issues);
        if (schema is not null && run.Schemas.IsBuiltIn(name))
            TaskRules.CheckNumbers(documents, issues);
    }
}
