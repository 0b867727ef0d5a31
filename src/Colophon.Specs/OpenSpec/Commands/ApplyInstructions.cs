using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary>A task as an agent gets it.</summary>
internal readonly record struct ListedTask(string Description, bool Done);

/// <summary>What <c>instructions apply</c> says about a change: whether work can start, on what, and how far it is.</summary>
internal sealed record ApplyInstructions
{
    internal required ChangeContext Context { get; init; }

    internal required IReadOnlyList<(string Id, IReadOnlyList<string> Files)> ContextFiles { get; init; }

    internal required int Total { get; init; }

    internal required int Complete { get; init; }

    /// <summary>The tasks that have a text.</summary>
    internal required IReadOnlyList<ListedTask> Tasks { get; init; }

    internal required IReadOnlyList<(string Path, string Reason)> Unavailable { get; init; }

    /// <summary><c>blocked</c>, <c>ready</c> or <c>all_done</c>.</summary>
    internal required string State { get; init; }

    internal required IReadOnlyList<string> MissingArtifacts { get; init; }

    internal required IReadOnlyList<string> MissingPrerequisites { get; init; }

    internal required IReadOnlyList<string> Warnings { get; init; }

    internal required string Instruction { get; init; }

    internal static ApplyInstructions For(ChangeContext context)
    {
        var schema = context.Schema;
        var required = schema.ApplyRequires ?? [.. schema.Artifacts.Select(static artifact => artifact.Id)];
        var missing = required.Where(id => !context.IsSkipped(id) && schema.Find(id) is { } artifact && context.Outputs(artifact).Count == 0).ToList();
        var prerequisites = Prerequisites(context, required);
        var files = schema.Artifacts.Where(artifact => context.Outputs(artifact).Count > 0)
            .Select(artifact => (artifact.Id, context.Outputs(artifact))).ToList();
        var tracked = schema.Tracks is { } tracks ? context.Find(tracks) : [];
        var (tasks, unavailable) = ReadTasks(tracked);
        var listed = tasks.Where(static task => task.Description.Length > 0).ToList();
        var complete = tasks.Count(static task => task.Done);
        var (state, instruction) = Judge(context, missing, prerequisites, tracked.Count > 0, unavailable.Count > 0, listed.Count, tasks.Count, complete);
        if (unavailable.Count > 0)
        {
            instruction += "\nTask completion is not verified because tracking evidence was unavailable:\n"
                + string.Join('\n', unavailable.Select(static file => $"- {file.Path}: {file.Reason}"));
        }

        return new ApplyInstructions
        {
            Context = context,
            ContextFiles = files,
            Total = tasks.Count,
            Complete = complete,
            Tasks = listed,
            Unavailable = unavailable,
            State = state,
            MissingArtifacts = missing,
            MissingPrerequisites = prerequisites,
            Warnings = state == "blocked" ? [] : WarningsOf(context),
            Instruction = instruction,
        };
    }

    private static (string State, string Instruction) Judge(
        ChangeContext context, List<string> missing, List<string> prerequisites, bool tracked, bool unreadable, int listed, int all, int complete)
    {
        var schema = context.Schema;
        var file = schema.Tracks is { } tracks ? Path.GetFileName(tracks) : null;
        if (missing.Count > 0)
        {
            var chain = prerequisites.Count > missing.Count
                ? $"\nNot created yet, in build order: {string.Join(", ", prerequisites)}. Build the ones this change needs before applying - the schema says which are conditional."
                : "";
            var remedy = Remedy(context, prerequisites.Count == 1 ? prerequisites[0] : null, prerequisites.Count > 1);
            return ("blocked", $"Cannot apply this change yet. Missing artifacts: {string.Join(", ", missing)}.{chain}\n{remedy}");
        }

        var maker = schema.Artifacts.FirstOrDefault(artifact => artifact.Generates == schema.Tracks)?.Id;
        if (file is not null && !tracked)
            return ("blocked", $"The {file} file is missing and must be created.\n{Remedy(context, maker)}");
        if (file is not null && unreadable && listed == 0)
            return ("blocked", "No readable task descriptions are available.");
        if (file is not null && listed == 0)
            return ("blocked", $"The {file} file exists but contains no tasks to work on.\nAdd tasks to {file}, or rebuild it: {Remedy(context, maker)}");
        if (file is not null && !unreadable && complete == all && all > 0)
            return ("all_done", "All tasks are complete! This change is ready to be archived.\nConsider running tests and reviewing the changes before archiving.");
        var own = schema.ApplyInstruction is { } text ? Js.Trim(text).ToString() : null;
        return ("ready", own ?? (file is null
            ? "All required artifacts complete. Proceed with implementation."
            : "Read context files, work through pending tasks, mark complete as you go.\nPause if you hit blockers or need clarification."));
    }

    private static string Remedy(ChangeContext context, string? artifact, bool many = false) =>
        $"{(many ? "Create each with" : "Create it with")} `openspec instructions {artifact ?? "<artifact>"} --change {context.Name}` (`openspec status --change {context.Name}` shows what is left).";

    private static List<string> Prerequisites(ChangeContext context, IReadOnlyList<string> required)
    {
        var queue = new Queue<string>(required);
        var seen = new HashSet<string>(required, StringComparer.Ordinal);
        var missing = new HashSet<string>(StringComparer.Ordinal);
        while (queue.TryDequeue(out var id))
        {
            if (context.Schema.Find(id) is not { } artifact)
                continue;
            if (!context.IsDone(id))
                missing.Add(id);
            foreach (var before in artifact.Requires)
            {
                if (seen.Add(before))
                    queue.Enqueue(before);
            }
        }

        return [.. context.BuildOrder().Select(static artifact => artifact.Id).Where(missing.Contains)];
    }

    private static (List<ListedTask> Tasks, List<(string Path, string Reason)> Unavailable) ReadTasks(List<string> files)
    {
        var (tasks, unavailable) = (new List<ListedTask>(), new List<(string, string)>());
        foreach (var path in files)
        {
            var file = FileText.Read(path);
            if (file.Text is not { } text)
            {
                unavailable.Add((path, SystemError.Describe(file.Failure ?? "", path)));
                continue;
            }

            foreach (var range in text.AsSpan().Split('\n'))
            {
                var line = text.AsSpan(range);
                if (TaskLine.TryRead(line, out var task))
                    tasks.Add(new ListedTask(task.Description(line).ToString(), task.Done));
            }
        }

        return (tasks, unavailable);
    }

    private static List<string> WarningsOf(ChangeContext context)
    {
        var specs = context.Schema.Artifacts.Where(static artifact => artifact.IsSpecs).ToList();
        if (specs.Count == 0 || specs.Exists(artifact => context.IsSkipped(artifact.Id)))
            return [];
        var name = context.Name;
        var warnings = UnreadDeltas.Find($"{context.Directory}/specs").ConvertAll(file =>
            $"specs/{file.Relative} is not a capability's spec.md, so `openspec validate {name}` rejects it and archive never merges it. Move its requirements into specs/{file.Expected}.");
        if (specs.Exists(artifact => context.Outputs(artifact).Count > 0))
            return warnings;
        var maker = specs.Count == 1 ? specs[0].Id : "<artifact-id>";
        warnings.Add(
            $"This change has no delta specs and does not declare `skip_specs: true`, so `openspec validate {name}` fails on it. "
            + $"Write the delta specs before implementing (`openspec instructions {maker} --change {name}`), "
            + $"or add `skip_specs: true` to {context.Directory}/{ChangeMetadata.FileName} if this change really changes no specified behavior.");
        return warnings;
    }
}
