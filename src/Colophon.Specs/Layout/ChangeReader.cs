using Colophon.Specs.Parsing;

namespace Colophon.Specs.Layout;

/// <summary>Reads a change's folder into a <see cref="Change"/>.</summary>
internal static class ChangeReader
{
    /// <summary>Reads one change.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>: a file of it exists and cannot be read.</exception>
    internal static Change Read(string root, string path, string name, bool archived, SpecKeywords? keywords)
    {
        var directory = $"{root}/{path}";
        var diagnostics = new List<SpecDiagnostic>();
        var proposal = ReadFile(directory, path, "proposal.md", diagnostics);
        var tasks = ReadFile(directory, path, "tasks.md", diagnostics);
        if (proposal is null)
            diagnostics.Add(new SpecDiagnostic(IssueLevel.Warning, $"{path}/proposal.md", null, "The change has no proposal yet."));
        if (tasks is null)
            diagnostics.Add(new SpecDiagnostic(IssueLevel.Warning, $"{path}/tasks.md", null, "The change has no tasks yet."));
        var list = tasks is null ? TaskList.Empty : TaskList.Parse(tasks);
        ReportDuplicates(list, $"{path}/tasks.md", diagnostics);
        return new Change
        {
            Name = name,
            Directory = directory,
            Path = path,
            Title = proposal is null ? name : ProposalReader.Title(proposal, name),
            Proposal = proposal is null ? null : ProposalReader.Read(proposal, keywords),
            Design = ReadFile(directory, path, "design.md", diagnostics) is { } design ? LineEnds.Normalise(design) : null,
            Tasks = list,
            Deltas = ReadDeltas(directory, path, keywords, diagnostics),
            IsArchived = archived,
            Diagnostics = diagnostics,
        };
    }

    private static List<DeltaSpec> ReadDeltas(string directory, string path, SpecKeywords? keywords, List<SpecDiagnostic> diagnostics)
    {
        var deltas = new List<DeltaSpec>();
        foreach (var file in SpecFiles.Find($"{directory}/specs"))
        {
            var relative = $"{path}/specs/{file.Id}/{SpecFiles.FileName}";
            var content = FileText.Read(file.Path);
            if (content.Undecodable)
                diagnostics.Add(Undecodable(relative));
            deltas.Add(ReadDelta(file.Id, relative, content.OrThrow(file.Path), keywords));
        }

        return deltas;
    }

    private static DeltaSpec ReadDelta(string capability, string path, string content, SpecKeywords? keywords)
    {
        var plan = DeltaReader.Read(content, keywords);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        return new DeltaSpec
        {
            Capability = capability,
            Path = path,
            Markdown = plan.Lines.Text,
            Added = RequirementReader.Read(plan.Added, capability, ids),
            Modified = RequirementReader.Read(plan.Modified, capability, ids),
            Removed = ReadRemoved(plan, capability, ids),
            Renamed = plan.Renamed,
        };
    }

    private static List<Requirement> ReadRemoved(DeltaPlan plan, string capability, Dictionary<string, string> ids)
    {
        var removed = new List<Requirement>(plan.Removed.Count);
        var blocks = plan.RemovedBlocks.ToDictionary(static block => block.Line);
        foreach (var (name, line) in plan.Removed)
        {
            var id = RequirementHash.Id(capability, name, ids);
            removed.Add(blocks.TryGetValue(line, out var block) ? new Requirement(block, id) : new Requirement(name, id, line));
        }

        return removed;
    }

    private static void ReportDuplicates(TaskList tasks, string path, List<SpecDiagnostic> diagnostics)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var task in tasks.Items)
        {
            if (!first.TryAdd(task.Id, task.Line))
            {
                diagnostics.Add(new SpecDiagnostic(
                    IssueLevel.Warning, path, task.Line, $"Task number {task.Id} stands on line {first[task.Id]} already; neither can be ticked by its number."));
            }
        }
    }

    private static string? ReadFile(string directory, string path, string name, List<SpecDiagnostic> diagnostics)
    {
        var file = $"{directory}/{name}";
        var content = FileText.Read(file);
        if (content.Undecodable)
            diagnostics.Add(Undecodable($"{path}/{name}"));
        return content.Missing ? null : content.OrThrow(file);
    }

    private static SpecDiagnostic Undecodable(string path) =>
        new(IssueLevel.Warning, path, null, "The file holds bytes that are not UTF-8; they are read as U+FFFD.");
}
