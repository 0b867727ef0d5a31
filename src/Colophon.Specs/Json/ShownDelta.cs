using Colophon.Specs.Parsing;

namespace Colophon.Specs.Json;

/// <summary>One operation of a change as <c>show</c> lists it.</summary>
internal sealed record ShownDelta(string Spec, string Operation, string Description, string Text = "", Section? Requirement = null, RequirementRename? Rename = null)
{
    /// <summary>The operations of one delta file: added, modified, removed, renamed.</summary>
    internal static void Read(string spec, DeltaPlan plan, List<ShownDelta> deltas)
    {
        foreach (var block in plan.Added)
            Add(spec, "ADDED", "Add", block.Raw, block.Keywords, deltas);
        foreach (var block in plan.Modified)
            Add(spec, "MODIFIED", "Modify", block.Raw, block.Keywords, deltas);
        // A name takes the first block that carries it and is not taken; an entry written as a bullet has none.
        var blocks = plan.RemovedBlocks.ToList();
        foreach (var (name, _) in plan.Removed)
        {
            var index = blocks.FindIndex(block => block.Name == name);
            Add(spec, "REMOVED", "Remove", index < 0 ? $"### Requirement: {name}" : blocks[index].Raw, plan.Lines.Keywords, deltas);
            if (index >= 0)
                blocks.RemoveAt(index);
        }

        foreach (var rename in plan.Renamed)
            deltas.Add(new ShownDelta(spec, "RENAMED", $"Rename requirement from \"{rename.From}\" to \"{rename.To}\"", Rename: rename));
    }

    /// <summary>The block read once more as a section of its own, which is where the CLI's show and archive part ways: a nameless header vanishes here.</summary>
    private static void Add(string spec, string operation, string verb, string raw, SpecKeywords? keywords, List<ShownDelta> deltas)
    {
        var end = raw.IndexOf('\n');
        var header = end < 0 ? raw : raw[..end];
        var lines = MarkdownLines.Of($"### {Js.Trim(header.AsSpan(3))}{raw[header.Length..]}", keywords: keywords);
        var sections = SectionTree.Read(lines);
        if (sections.Count == 0 || !IsRequirement(sections[0].Title))
            return;
        var text = sections[0].RequirementText();
        deltas.Add(new ShownDelta(spec, operation, $"{verb} requirement: {text}", text, sections[0]));
    }

    /// <summary><c>^Requirement:\s*\S</c>, any case.</summary>
    private static bool IsRequirement(string title) =>
        Js.StartsWithIgnoringCase(title, Headers.Requirement) && !Js.IsBlank(title.AsSpan(Headers.Requirement.Length));
}
