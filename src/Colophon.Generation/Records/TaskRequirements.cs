using Colophon.Provenance.Log;
using Colophon.Specs;

namespace Colophon.Generation.Records;

/// <summary>Tells which requirements a task serves.</summary>
internal static class TaskRequirements
{
    /// <summary>
    /// Those that the task names, by the requirement's name or by its capability; where it names none, all that the change adds or modifies. What is
    /// recorded is never guessed from likeness.
    /// </summary>
    internal static IReadOnlyList<RequirementReference> Of(Change change, TaskItem task)
    {
        var text = $"{task.Description}\n{task.Body}";
        bool Names(string name) => name.Length > 2 && text.Contains(name, StringComparison.OrdinalIgnoreCase);
        var all = change.Requirements.ToList();
        var named = all.Where(r => Names(r.Name) || Names(r.Id)).ToList();
        if (named.Count == 0)
            named = [.. change.Deltas.Where(d => Names(d.Capability)).SelectMany(static d => d.Added.Concat(d.Modified))];
        return [.. (named.Count > 0 ? named : all).Select(static r => new RequirementReference(r.Id, r.Hash))];
    }
}
