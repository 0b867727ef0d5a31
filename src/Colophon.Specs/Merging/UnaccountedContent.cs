using Colophon.Specs.Parsing;

namespace Colophon.Specs.Merging;

/// <summary>
/// The lines of a spec that are neither its title, its Purpose nor a requirement's own parts: what deleting the file would take along unnamed. The whole file
/// is looked at.
/// </summary>
internal static class UnaccountedContent
{
    internal static List<string> Find(MainSpec spec)
    {
        var found = new List<string>();
        var parts = SpecParts.Of(spec);
        Before(MarkdownLines.Of(parts.Before.ToString(), keywords: spec.Lines.Keywords), found);
        AddLines(Js.TrimEnd(parts.Preamble), found);
        AddLines(parts.After, found);
        foreach (var block in spec.Blocks)
        {
            if (ForeignTail.Find(block) is { } tail)
                found.Add(tail.Heading);
            new RequirementAudit(block, found).Run();
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private static void AddLines(ReadOnlySpan<char> text, List<string> found)
    {
        foreach (var range in text.Split('\n'))
        {
            if (!Js.IsBlank(text[range]))
                found.Add(Js.Trim(text[range]).ToString());
        }
    }

    private static void Before(MarkdownLines lines, List<string> found)
    {
        var (inPurpose, titled, previous) = (false, false, -1);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (Js.IsBlank(line))
            {
                previous = -1;
                continue;
            }

            var above = previous;
            previous = i;
            if (lines.IsFenced(i))
            {
                if (!inPurpose)
                    found.Add(Js.Trim(lines.Written(i)).ToString());
                continue;
            }

            var level = Level(line, out var title);
            if (level == 2)
            {
                inPurpose = title.Length == "purpose".Length && Js.StartsWithIgnoringCase(title, "purpose");
                if (!inPurpose)
                    found.Add(Js.Trim(lines.Written(i)).ToString());
            }
            else if (inPurpose && above >= 0 && Construct.IsSetextRule(line))
            {
                found.Add(Js.Trim(lines[above]).ToString());
                inPurpose = false;
            }
            else if (Construct.IsHtmlHeading(Markdown.Unindented(line)))
            {
                found.Add(Js.Trim(lines.Written(i)).ToString());
                inPurpose = false;
            }
            else if (level == 1 && !titled && !inPurpose)
            {
                titled = true;
            }
            else if (level == 1 || !inPurpose)
            {
                found.Add(Js.Trim(lines.Written(i)).ToString());
                inPurpose = false;
            }
        }
    }

    /// <summary><c>^ {0,3}(#+)\s+(.+?)\s*$</c> for one or two.</summary>
    private static int Level(ReadOnlySpan<char> line, out ReadOnlySpan<char> title)
    {
        var level = Markdown.HashesIndented(line, out var rest);
        title = Js.Trim(rest);
        return level is 1 or 2 && rest.Length > 0 && Js.IsSpace(rest[0]) && title.Length > 0 ? level : 0;
    }
}
