namespace Colophon.Specs.Parsing;

/// <summary>A level-3 header in a delta section that is no requirement.</summary>
internal sealed record SkippedHeader(string Header, string Section, int Line);

/// <summary>A <c>FROM:</c> or <c>TO:</c> that found no partner.</summary>
internal sealed record UnpairedRename(bool IsFrom, string Name, int Line);

/// <summary>A requirement outside every delta section; no section when it stands above the first.</summary>
internal sealed record OrphanedRequirement(string Name, string? Section, int Line);

/// <summary>The parts of a delta file as validation and archive see them.</summary>
internal sealed record DeltaPlan
{
    internal required MarkdownLines Lines { get; init; }

    /// <summary>The file starts with a byte order mark, which hides a Purpose right behind it.</summary>
    internal bool HasMark { get; init; }

    internal List<RequirementBlock> Added { get; } = [];

    internal List<RequirementBlock> Modified { get; } = [];

    /// <summary>Names removed, header form and bullet form, with their lines.</summary>
    internal List<(string Name, int Line)> Removed { get; } = [];

    internal List<RequirementBlock> RemovedBlocks { get; } = [];

    internal List<RequirementRename> Renamed { get; } = [];

    /// <summary>The lines of the FROM of each rename.</summary>
    internal List<int> RenameLines { get; } = [];

    internal List<UnpairedRename> Unpaired { get; } = [];

    internal List<OrphanedRequirement> Orphans { get; } = [];

    internal List<SkippedHeader> Skipped { get; } = [];

    /// <summary>Which delta sections the file has, in the order ADDED, MODIFIED, REMOVED, RENAMED.</summary>
    internal bool[] Present { get; } = new bool[4];

    internal bool HasSections => Present[0] || Present[1] || Present[2] || Present[3];

    /// <summary>The line of the first entry with this name, or 0.</summary>
    internal int LineOf(string key)
    {
        foreach (var block in Modified.Concat(Added))
        {
            if (block.Key == key)
                return block.Line;
        }

        foreach (var (name, line) in Removed)
        {
            if (Headers.NormaliseName(name).SequenceEqual(key))
                return line;
        }

        for (var i = 0; i < Renamed.Count; i++)
        {
            if (Headers.NormaliseName(Renamed[i].From).SequenceEqual(key) || Headers.NormaliseName(Renamed[i].To).SequenceEqual(key))
                return RenameLines[i];
        }

        return 0;
    }

    internal int Operations => Added.Count + Modified.Count + Removed.Count + Renamed.Count;
}
