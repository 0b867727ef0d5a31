using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Diffs;

/// <summary>One operation of a change beside what it replaces.</summary>
/// <param name="Capability">The spec.</param>
/// <param name="Operation">ADDED, REMOVED, RENAMED or MODIFIED.</param>
/// <param name="Name">The requirement's name; of a rename, the new one.</param>
/// <param name="Raw">The block as it is written.</param>
internal sealed record RequirementChange(string Capability, string Operation, string Name, string Raw)
{
    internal string? Diff { get; init; }

    internal string? Warning { get; init; }

    internal RequirementRename? Rename { get; init; }
}

/// <summary>Every requirement a change touches, compared with the main specs.</summary>
internal static class SpecDiffs
{
    /// <summary>The operations by spec: added, removed, renamed, modified.</summary>
    /// <exception cref="OpenSpecFailure">A file cannot be read.</exception>
    internal static List<RequirementChange> Read(SpecTree tree, string change)
    {
        var changes = new List<RequirementChange>();
        foreach (var (id, path) in SpecFiles.Find($"{tree.ChangesPath}/{change}/specs"))
        {
            var plan = DeltaReader.Read(Text(path) ?? "");
            foreach (var block in plan.Added)
                changes.Add(new RequirementChange(id, "ADDED", block.Name, block.Raw));
            foreach (var (name, _) in plan.Removed)
            {
                var fold = NameFold.Of(name);
                var block = plan.RemovedBlocks.FindLast(block => NameFold.Of(block.Name) == fold);
                changes.Add(new RequirementChange(id, "REMOVED", name, block?.Raw ?? $"### Requirement: {name}"));
            }

            foreach (var rename in plan.Renamed)
                changes.Add(new RequirementChange(id, "RENAMED", rename.To, "") { Rename = rename });
            var target = Target(tree, id);
            var origins = Origins(plan);
            foreach (var block in plan.Modified)
                changes.Add(Compare(id, block, target, origins.GetValueOrDefault(NameFold.Of(block.Name)) ?? block.Name));
        }

        return changes;
    }

    private static RequirementChange Compare(string id, RequirementBlock block, MainSpec? target, string name)
    {
        var change = new RequirementChange(id, "MODIFIED", block.Name, block.Raw);
        if (target is null)
            return change with { Warning = $"No main spec at openspec/specs/{id}/spec.md, so MODIFIED requirement \"{block.Name}\" has nothing to diff against" };
        var key = Headers.NormaliseName(name).ToString();
        var fold = NameFold.Of(key);
        var match = target.Blocks.FirstOrDefault(current => current.Key == key);
        var exact = match is not null;
        match ??= target.Blocks.FirstOrDefault(current => NameFold.Of(current.Key) == fold);
        if (match is null)
            return change with { Warning = $"No matching main requirement found for \"{name}\" in {id}" };
        return change with
        {
            Diff = Js.TrimEnd(LineDiff.Unified(match.Raw, block.Raw)).ToString(),
            Warning = exact ? null
                : $"Header differs from the main spec's \"{match.Key}\" only in case or spacing; archive matches names exactly, so reconcile them before archiving",
        };
    }

    /// <summary>The name in the main spec behind each new name; renames follow one another.</summary>
    private static Dictionary<string, string> Origins(DeltaPlan plan)
    {
        var origins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (from, to) in plan.Renamed)
        {
            origins.Remove(NameFold.Of(from), out var original);
            origins[NameFold.Of(to)] = original ?? Headers.NormaliseName(from).ToString();
        }

        return origins;
    }

    private static MainSpec? Target(SpecTree tree, string id)
    {
        var path = $"{tree.SpecsPath}/{id}/{SpecFiles.FileName}";
        if (!RealPaths.Of(path).StartsWith(RealPaths.Of(tree.SpecsPath) + "/", StringComparison.Ordinal))
            throw new OpenSpecFailure($"Path is outside the allowed directory: {path}");
        // An empty file counts as none.
        return Text(path) is { Length: > 0 } text ? MainSpec.Read(text) : null;
    }

    private static string? Text(string path)
    {
        var file = FileText.Read(path);
        return file.Missing ? null : file.Text ?? throw new OpenSpecFailure(SystemError.Describe(file.Failure ?? "", path));
    }
}
