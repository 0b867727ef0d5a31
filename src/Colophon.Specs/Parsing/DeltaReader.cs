namespace Colophon.Specs.Parsing;

/// <summary>Reads a delta file. Repeated sections of one kind merge; everything keeps the line it came from.</summary>
internal static class DeltaReader
{
    internal static readonly string[] Kinds = ["ADDED", "MODIFIED", "REMOVED", "RENAMED"];

    private const string Requirements = " Requirements";
    internal const int NoKind = -1;

    private readonly record struct Part(int Kind, string Title, int From, int To);

    internal static DeltaPlan Read(string content, SpecKeywords? keywords = null) => Read(MarkdownLines.Of(content, keywords: keywords), content.StartsWith('\uFEFF'));

    internal static DeltaPlan Read(MarkdownLines lines, bool hasMark = false)
    {
        var plan = new DeltaPlan { Lines = lines, HasMark = hasMark };
        var parts = Parts(lines, plan.Orphans);
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            var title = "";
            foreach (var part in parts)
            {
                if (part.Kind != kind)
                    continue;
                if (!plan.Present[kind])
                    (title, plan.Present[kind]) = (part.Title, true);
                ReadPart(plan, part with { Title = title });
            }
        }

        plan.Unpaired.Sort(static (a, b) => a.Line.CompareTo(b.Line));
        plan.Skipped.Sort(static (a, b) => a.Line.CompareTo(b.Line));
        return plan;
    }

    /// <summary>Whether the file has a delta section at all: cheaper than reading it.</summary>
    internal static bool HasSections(MarkdownLines lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (!lines.IsFenced(i) && Headers.IsSection(lines[i], out var title) && KindOf(title) != NoKind)
                return true;
        }

        return false;
    }

    /// <summary>The requirement blocks between two lines, each up to the next requirement or level-2 header.</summary>
    internal static void ReadBlocks(MarkdownLines lines, int from, int to, List<RequirementBlock> blocks, string? section = null, List<SkippedHeader>? skipped = null)
    {
        var (start, name) = (-1, "");
        for (var i = from; i < to; i++)
        {
            if (lines.IsFenced(i))
                continue;
            var line = lines[i];
            if (line.IsEmpty || line[0] != '#')
                continue;
            var requirement = Headers.IsRequirement(line, out var next);
            if (requirement || (start >= 0 && Headers.Level(line) == 2))
            {
                if (start >= 0)
                    blocks.Add(new RequirementBlock(lines, start, i, name));
                (start, name) = (requirement ? i : -1, next);
            }

            // A header that opens a new section is neither part of the block nor a skipped one: it is level 2.
            if (!requirement && section is not null && Headers.Level(line) == 3 && SkippedTitle(lines.Written(i)) is { } title)
                skipped?.Add(new SkippedHeader(title, section, i + 1));
        }

        if (start >= 0)
            blocks.Add(new RequirementBlock(lines, start, to, name));
    }

    private static List<Part> Parts(MarkdownLines lines, List<OrphanedRequirement> orphans)
    {
        var parts = new List<Part>();
        var (kind, title, from) = (NoKind, (string?)null, 0);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.IsEmpty || line[0] != '#' || lines.IsFenced(i))
                continue;
            if (Headers.IsSection(line, out var next))
            {
                if (kind != NoKind)
                    parts.Add(new Part(kind, title ?? "", from, i));
                (kind, title, from) = (KindOf(next), TitleOf(lines, i, next), i + 1);
            }
            else if (kind == NoKind && Headers.IsRequirement(line, out var name))
            {
                orphans.Add(new OrphanedRequirement(name, title, i + 1));
            }
        }

        if (kind != NoKind)
            parts.Add(new Part(kind, title ?? "", from, lines.Count));
        return parts;
    }

    private static void ReadPart(DeltaPlan plan, Part part)
    {
        switch (part.Kind)
        {
            case 0:
                ReadBlocks(plan.Lines, part.From, part.To, plan.Added, part.Title, plan.Skipped);
                break;
            case 1:
                ReadBlocks(plan.Lines, part.From, part.To, plan.Modified, part.Title, plan.Skipped);
                break;
            case 2:
                ReadRemoved(plan, part);
                ReadBlocks(plan.Lines, part.From, part.To, plan.RemovedBlocks);
                break;
            default:
                ReadRenamed(plan, part);
                break;
        }
    }

    private static void ReadRemoved(DeltaPlan plan, Part part)
    {
        for (var i = part.From; i < part.To; i++)
        {
            if (plan.Lines.IsFenced(i))
                continue;
            var line = plan.Lines[i];
            if (Headers.IsRequirement(line, out var name))
            {
                plan.Removed.Add((name, i + 1));
                continue;
            }

            var text = Js.TrimStart(line);
            if (!text.IsEmpty && text[0] is '-' or '*' or '+' && Headers.TryQuotedRequirement(Js.TrimStart(text[1..]), out name))
                plan.Removed.Add((name, i + 1));
        }
    }

    private static void ReadRenamed(DeltaPlan plan, Part part)
    {
        (string Name, int Line)? pending = null;
        for (var i = part.From; i < part.To; i++)
        {
            if (plan.Lines.IsFenced(i))
                continue;
            var text = Js.TrimStart(plan.Lines[i]);
            if (!text.IsEmpty && text[0] is '-' or '*' or '+')
                text = Js.TrimStart(text[1..]);
            if (TryRename(text, "FROM:", out var name))
            {
                if (pending is { } displaced)
                    plan.Unpaired.Add(new UnpairedRename(true, displaced.Name, displaced.Line));
                pending = (name, i + 1);
            }
            else if (TryRename(text, "TO:", out name))
            {
                if (pending is { } from)
                {
                    plan.Renamed.Add(new RequirementRename(from.Name, name));
                    plan.RenameLines.Add(from.Line);
                }
                else
                {
                    plan.Unpaired.Add(new UnpairedRename(false, name, i + 1));
                }

                pending = null;
            }
        }

        if (pending is { } left)
            plan.Unpaired.Add(new UnpairedRename(true, left.Name, left.Line));
    }

    private static bool TryRename(ReadOnlySpan<char> text, ReadOnlySpan<char> label, out string name)
    {
        name = "";
        return text.StartsWith(label) && Headers.TryQuotedRequirement(Js.TrimStart(text[label.Length..]), out name);
    }

    internal static int KindOf(ReadOnlySpan<char> title)
    {
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            if (title.Length == Kinds[kind].Length + Requirements.Length && Js.StartsWithIgnoringCase(title, Kinds[kind])
                && Js.StartsWithIgnoringCase(title[Kinds[kind].Length..], Requirements))
                return kind;
        }

        return NoKind;
    }

    /// <summary>A section's title as it is written.</summary>
    private static string TitleOf(MarkdownLines lines, int line, ReadOnlySpan<char> seen) =>
        lines.IsTranslated(line) && Headers.IsSection(lines.Written(line), out var written) ? written.ToString() : seen.ToString();

    private static string? SkippedTitle(ReadOnlySpan<char> line)
    {
        var core = Js.Trim(line[3..]);
        if (!core.IsEmpty)
            return Js.HasLineEnd(core) ? null : core.ToString();
        return line.Length > 5 ? "" : null;
    }
}
