namespace Colophon.Specs.Parsing;

/// <summary>A header of a Markdown file and what lies below it.</summary>
internal sealed class Section(MarkdownLines lines, int level, string title, int from)
{
    private readonly List<Section> _children = [];

    internal int Level { get; } = level;

    internal string Title { get; } = title;

    /// <summary>The title as it is written: another one where it uses a keyword of another language.</summary>
    internal string Heading => lines.IsTranslated(From - 1) && Headers.TryTitle(lines.Written(From - 1), Level, out var written) ? written.ToString() : Title;

    /// <summary>The first line below the header, counted from 0.</summary>
    internal int From { get; } = from;

    /// <summary>The line that ends the content: the next header of this level or above, with a title or without.</summary>
    internal int To { get; set; } = lines.Count;

    internal IReadOnlyList<Section> Children => _children;

    internal ReadOnlySpan<char> Content => Js.Trim(lines.Slice(From, To));

    internal void Add(Section child) => _children.Add(child);

    internal string RequirementText() => RequirementBody.Read(lines, From, To) is { Length: > 0 } body ? body : Heading;
}

/// <summary>The tree of headers that <c>show</c>, <c>list</c> and the validation of main specs read. Linear in the file.</summary>
internal static class SectionTree
{
    /// <summary>The top-level headers of the lines from <paramref name="from"/> up to <paramref name="to"/>.</summary>
    internal static List<Section> Read(MarkdownLines lines, int from = 0, int to = int.MaxValue)
    {
        to = Math.Min(to, lines.Count);
        var roots = new List<Section>();
        var path = new List<Section>();
        // Whose content is still running: a header without a title ends content but does not take part in the tree.
        var open = new List<Section>();
        for (var i = from; i < to; i++)
        {
            var line = lines[i];
            if (lines.IsFenced(i) || Headers.Level(line) is not (> 0 and var level))
                continue;
            while (open.Count > 0 && open[^1].Level >= level)
            {
                open[^1].To = i;
                open.RemoveAt(open.Count - 1);
            }

            if (!Headers.TryTitle(line, level, out var title))
                continue;
            var section = new Section(lines, level, title.ToString(), i + 1) { To = to };
            while (path.Count > 0 && path[^1].Level >= level)
                path.RemoveAt(path.Count - 1);
            if (path.Count == 0)
                roots.Add(section);
            else
                path[^1].Add(section);
            path.Add(section);
            open.Add(section);
        }

        return roots;
    }

    /// <summary>The first section with this title in any case, at any level, depth first.</summary>
    internal static Section? Find(IReadOnlyList<Section> sections, string title)
    {
        foreach (var section in sections)
        {
            if (section.Title.Length == title.Length && Js.StartsWithIgnoringCase(section.Title, title))
                return section;
            if (Find(section.Children, title) is { } child)
                return child;
        }

        return null;
    }
}
