namespace Colophon.Specs.Parsing;

/// <summary>A main spec read once, for all who ask: the section tree for show and list, the blocks for the merge.</summary>
internal sealed class MainSpec
{
    internal const string NoPurpose = "Spec must have a Purpose section";
    internal const string NoRequirements = "Spec must have a Requirements section";

    private List<RequirementBlock>? _blocks;

    private MainSpec(string content, SpecKeywords? keywords)
    {
        Content = content;
        Lines = MarkdownLines.Of(content, keywords: keywords);
        // The structure check alone does not strip a byte order mark; a header right behind it is none to it.
        RawLines = content.StartsWith('\uFEFF') ? MarkdownLines.Of(content, keepMark: true, keywords) : Lines;
        var sections = SectionTree.Read(Lines);
        Purpose = SectionTree.Find(sections, "Purpose") is { } purpose ? purpose.Content.ToString() : "";
        Requirements = SectionTree.Find(sections, "Requirements");
    }

    /// <summary>The file's text as it is.</summary>
    internal string Content { get; }

    internal MarkdownLines Lines { get; }

    internal MarkdownLines RawLines { get; }

    internal string Purpose { get; }

    /// <summary>The section whose children are the requirements that list, show and validate count.</summary>
    internal Section? Requirements { get; }

    /// <summary>Why the CLI refuses to read the spec, or null.</summary>
    internal string? Refusal => Purpose.Length == 0 ? NoPurpose : Requirements is null ? NoRequirements : null;

    /// <summary>The <c>### Requirement:</c> blocks of the first <c>## Requirements</c> section.</summary>
    internal List<RequirementBlock> Blocks => _blocks ??= ReadBlocks();

    internal static MainSpec Read(string content, SpecKeywords? keywords = null) => new(content, keywords);

    private List<RequirementBlock> ReadBlocks()
    {
        var blocks = new List<RequirementBlock>();
        var from = 0;
        while (from < Lines.Count && (Lines.IsFenced(from) || !Headers.IsSectionNamed(Lines[from], "Requirements")))
            from++;
        var to = ++from;
        while (to < Lines.Count && (Lines.IsFenced(to) || Headers.Level(Lines[to]) != 2))
            to++;
        if (from < Lines.Count)
            DeltaReader.ReadBlocks(Lines, from, to, blocks);
        return blocks;
    }
}
