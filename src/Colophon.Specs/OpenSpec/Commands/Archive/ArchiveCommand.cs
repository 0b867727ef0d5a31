using Colophon.Specs.Archiving;
using Colophon.Specs.Json;
using Colophon.Specs.Layout;
using Colophon.Specs.Merging;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands.Archive;

/// <summary><c>archive</c>: checks a change, merges its deltas into the main specs and moves it into the archive.</summary>
internal static class ArchiveCommand
{
    internal static void Run(Session session)
    {
        SpecTree? tree = null;
        try
        {
            tree = RootSelection.Resolve(session);
            new ArchiveRun(session, tree).Run();
        }
        catch (Exception e) when (session.Json && e is OpenSpecFailure or SpecException or IOException or UnauthorizedAccessException)
        {
            session.FailJson(OpenSpecFailure.From(e), "archive_error", json =>
            {
                json.Null("archive");
                if (tree is not null)
                    ErrorJson.WriteRoot(json, tree);
            });
        }
    }
}

/// <summary>One archive from the first look to the answer.</summary>
internal sealed class ArchiveRun(Session session, SpecTree tree)
{
    private readonly bool _json = session.Json;
    private readonly bool _yes = session.Command.Has("--yes");
    private readonly bool _skipValidation = session.Command.Has("--no-validate");
    private readonly bool _skipSpecs = session.Command.Has("--skip-specs");
    private readonly List<string> _warnings = [];
    private bool _specsUpdated;
    private MergeCounts? _totals;

    internal void Run()
    {
        CheckRoot();
        var change = Change();
        if (change is null)
            return;
        var questions = new Questions(session, change);
        if (!_skipValidation)
        {
            if (!new ArchiveChecks(session, tree, change).Pass())
                return;
        }
        else if (!ConfirmSkipping(questions, change))
        {
            return;
        }

        if (!CheckTasks(questions, change))
            return;
        var archiveName = ChangeArchive.NameFor(change, session.Host.Time);
        var archivePath = $"{tree.ArchivePath}/{archiveName}";
        if (Path.Exists(archivePath) || new FileInfo(archivePath).LinkTarget is not null)
            throw new OpenSpecFailure($"Archive '{archiveName}' already exists.", "archive_target_exists");
        Directory.CreateDirectory(tree.ArchivePath);
        IReadOnlyList<PreparedSpec> specs = [];
        if (_skipSpecs)
            Say("Skipping spec updates (--skip-specs flag provided).");
        else if (new SpecMergeStep(session, tree, change, questions, _skipValidation, _warnings).Prepare() is { } prepared)
            specs = prepared;
        else
            return;
        Commit(change, archiveName, specs);
        Say($"Change '{change}' archived as '{archiveName}'.");
        if (_json)
            Answer(change, archiveName, archivePath);
    }

    private void CheckRoot()
    {
        foreach (var (allowed, managed) in (ReadOnlySpan<(string, string)>)[(tree.Root, tree.ChangesPath), (tree.ChangesPath, tree.ArchivePath), (tree.Root, tree.SpecsPath)])
        {
            var (outer, inner) = (RealPaths.Of(allowed), RealPaths.Of(managed));
            if (inner != outer && !inner.StartsWith(outer + "/", StringComparison.Ordinal))
                throw new OpenSpecFailure($"Refusing to archive through a path outside the OpenSpec root: {managed}", "archive_path_outside_root");
        }
    }

    private string? Change()
    {
        var name = session.Command.Argument(0);
        if (string.IsNullOrEmpty(name))
            return NoName();
        if (FolderName.Problem(name, "Change name") is { } problem)
            throw new OpenSpecFailure(problem, "archive_change_name_invalid");
        var directory = $"{tree.ChangesPath}/{name}";
        if (new DirectoryInfo(directory).LinkTarget is not null)
            throw new OpenSpecFailure($"Change '{name}' is a symbolic link. Replace it with a real directory before archiving.", "archive_change_symlink");
        if (!Directory.Exists(directory))
        {
            var known = Known();
            throw new OpenSpecFailure(
                known.Count > 0
                    ? $"Change '{name}' not found. Available changes: {string.Join(", ", known)}"
                    : $"Change '{name}' not found. No active changes exist in this root.",
                "archive_change_not_found");
        }

        if (NestedChanges.Find(tree.ChangesPath, name, new SchemaLibrary(tree.Root)) is { } nested)
        {
            throw new OpenSpecFailure(
                $"Cannot archive '{name}': {nested.Describe()}",
                "archive_change_is_namespace_folder",
                $"Rename openspec/changes/{nested.Nested[0]}/ to a flat change directory, then archive it.");
        }

        return name;
    }

    private string? NoName()
    {
        if (_json)
            throw new OpenSpecFailure("A change name is required: archive --json is non-interactive.", "archive_change_name_required", session.Hint("openspec archive <change-name> --json"));
        if (Known().Count == 0)
        {
            session.Line("No active changes found.");
            session.Line("No change selected. Aborting.");
            return null;
        }

        if (session.Host is { InputIsTerminal: true, OutputIsTerminal: true })
            return Pick();
        throw new OpenSpecFailure(
            "A change name is required: no terminal is available to choose one from a list.",
            "archive_change_name_required",
            session.Hint($"openspec archive <change-name> {Questions.Flags(session)}"));
    }

    /// <summary>Lets somebody choose; null where nothing is chosen.</summary>
    private string? Pick()
    {
        var schemas = new SchemaLibrary(tree.Root, UserFolders.Data(session));
        var names = Known();
        var width = names.Max(static name => name.Length);
        var picked = Prompt.Select(session, "Select a change to archive", names.ConvertAll(name =>
        {
            var (done, all) = TaskFiles.Progress($"{tree.ChangesPath}/{name}", schemas);
            return new Choice(name, $"{name.PadRight(width)}     {(all == 0 ? "No tasks" : done == all ? "✓ Complete" : $"{done}/{all} tasks")}");
        }));
        if (picked is null)
            session.Line("No change selected. Aborting.");
        return picked;
    }

    /// <summary>Every folder under <c>changes/</c> but the archive; here, dot folders count.</summary>
    private List<string> Known() =>
        [.. Listing.Read(tree.ChangesPath).Where(static entry => entry.Kind == EntryKind.Directory && entry.Name != "archive").Select(static entry => entry.Name)];

    private bool ConfirmSkipping(Questions questions, string change)
    {
        if (_json)
        {
            return _yes ? true : throw new OpenSpecFailure(
                "Skipping validation requires confirmation: rerun with --yes.", "archive_confirmation_required", session.Hint("openspec archive <change-name> --json --no-validate --yes"));
        }

        var time = session.Host.Time.GetUtcNow();
        if (_yes)
        {
            session.Line(session.Paint(Color.Yellow, "\n⚠️  WARNING: Skipping validation may archive invalid specs."));
        }
        else if (!questions.Confirm(
            session.Paint(Color.Yellow, "⚠️  WARNING: Skipping validation may archive invalid specs. Continue? (y/N)"),
            false,
            "archive_confirmation_required",
            "Skipping validation requires confirmation, and no answer could be read from stdin."))
        {
            session.Line("Archive cancelled.");
            return false;
        }

        session.Line(session.Paint(Color.Yellow, $"[{time:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}] Validation skipped for change: {change}"));
        session.Line(session.Paint(Color.Yellow, $"Affected files: {tree.ChangesPath}/{change}"));
        return true;
    }

    private bool CheckTasks(Questions questions, string change)
    {
        ConfigWarnings.Repeat(session, tree, [$"{tree.ChangesPath}/{change}"]);
        var (done, all) = TaskFiles.Progress($"{tree.ChangesPath}/{change}", new SchemaLibrary(tree.Root));
        Say($"Task status: {ListedChange.TaskStatus(done, all)}");
        var open = Math.Max(all - done, 0);
        if (open == 0)
            return true;
        if (_yes)
        {
            Say($"Warning: {open} incomplete task(s) found. Continuing due to --yes flag.");
            return true;
        }

        if (_json)
            throw new OpenSpecFailure($"{open} incomplete task(s) found for change '{change}'.", "archive_tasks_incomplete", "Complete the tasks or rerun with --yes.");
        if (questions.Confirm(
            $"Warning: {open} incomplete task(s) found. Continue?",
            false,
            "archive_tasks_incomplete",
            $"{open} incomplete task(s) found for change '{Questions.Visible(change)}', and no answer could be read from stdin.",
            "Complete the tasks or rerun with "))
            return true;
        session.Line("Archive cancelled.");
        return false;
    }

    private void Commit(string change, string archiveName, IReadOnlyList<PreparedSpec> specs)
    {
        var retired = specs.Where(static spec => spec.Outcome == SpecOutcome.Retire).Select(spec => (spec, Path: RealPaths.Of(spec.Update.Target))).ToList();
        try
        {
            ArchiveTransaction.Run(tree, change, archiveName, specs);
        }
        catch (ArchiveFailure e)
        {
            throw new OpenSpecFailure(e.Message, e.DestinationTaken ? "archive_target_exists" : null);
        }

        if (specs.Count == 0)
            return;
        var totals = default(MergeCounts);
        foreach (var spec in specs)
        {
            if (!spec.Mutates || spec.Outcome == SpecOutcome.Retire)
                continue;
            totals += spec.Counts;
            Report(spec);
        }

        foreach (var (spec, path) in retired)
        {
            totals += spec.Counts;
            var relative = tree.StoreId is null && path.StartsWith(tree.Root + "/", StringComparison.Ordinal) ? path[(tree.Root.Length + 1)..] : path;
            var quoted = relative == path ? null : Questions.Quote($":(top){relative}");
            var recovery = quoted is null
                ? $"It was deleted from {relative}; if it was committed, restore it from that checkout's history."
                : $"If it was committed, restore it with: git checkout HEAD -- {quoted}";
            _warnings.Add($"{spec.Update.Id} - capability retired; deleted the main spec (all requirements removed, declared by retire_capabilities) at {relative}. "
                + $"Its section(s) went with it: Purpose. {recovery}");
            Say($"Retiring openspec/specs/{spec.Update.Id}/spec.md: all requirements removed.");
            Say($"   {recovery}");
        }

        (_specsUpdated, _totals) = (specs.Any(static spec => spec.Mutates), totals);
        Say($"Totals: + {totals.Added}, ~ {totals.Modified}, - {totals.Removed}, → {totals.Renamed}");
        Say(_specsUpdated ? "Specs updated successfully." : "Specs already in sync; no files changed.");
    }

    private void Report(PreparedSpec spec)
    {
        Say($"Applying changes to {(tree.StoreId is null ? "" : $"{tree.Root}/")}openspec/specs/{spec.Update.Id}/spec.md:");
        var counts = spec.Counts;
        foreach (var (sign, count, what) in (ReadOnlySpan<(string, int, string)>)
            [("+", counts.Added, "added"), ("~", counts.Modified, "modified"), ("-", counts.Removed, "removed"), ("→", counts.Renamed, "renamed")])
        {
            if (count > 0)
                Say($"  {sign} {count} {what}");
        }
    }

    private void Say(string line)
    {
        if (!_json)
            session.Line(line);
    }

    private void Answer(string change, string archiveName, string archivePath) => session.WriteJson(json =>
    {
        json.BeginObject();
        json.Name("archive");
        json.BeginObject();
        json.Text("change", change);
        json.Text("archivedAs", archiveName);
        json.Text("path", archivePath);
        json.Flag("specsUpdated", _specsUpdated);
        if (_totals is { } totals)
        {
            json.Name("totals");
            json.BeginObject();
            json.Number("added", totals.Added);
            json.Number("modified", totals.Modified);
            json.Number("removed", totals.Removed);
            json.Number("renamed", totals.Renamed);
            json.EndObject();
        }

        if (_warnings.Count > 0)
            json.Texts("warnings", _warnings);
        json.EndObject();
        ErrorJson.WriteRoot(json, tree);
        json.EndObject();
    });
}
