using Colophon.Specs.Parsing;

namespace Colophon.Specs.Merging;

/// <summary>Text under a heading of its own that a requirement swallowed because it stands below it.</summary>
internal static class ForeignTail
{
    /// <summary>The first such heading and the text from it on.</summary>
    internal static (string Heading, string Raw)? Find(RequirementBlock block)
    {
        for (var i = 1; i < block.Count; i++)
        {
            var line = block.WrittenAt(i);
            if (!block.IsFenced(i) && IsHeading(line))
                return (Js.Trim(line).ToString(), Js.TrimEnd(From(block, i)).ToString());
        }

        return null;
    }

    /// <summary>The heading where the replacement drops more of the text than it repeats, else null.</summary>
    internal static string? IsLost(RequirementBlock original, MergedBlock? replacement)
    {
        if (Find(original) is not { } tail)
            return null;
        var text = Js.Trim(tail.Raw);
        var kept = replacement is not null && Count(replacement.Raw, text) >= Count(original.RawSpan, text);
        return kept ? null : tail.Heading;
    }

    /// <summary><c>^ {0,3}#{1,3}(?:[ \t]|$)</c>.</summary>
    private static bool IsHeading(ReadOnlySpan<char> line)
    {
        var level = Markdown.HashesIndented(line, out var rest);
        return level is >= 1 and <= 3 && (rest.IsEmpty || rest[0] is ' ' or '\t');
    }

    private static ReadOnlySpan<char> From(RequirementBlock block, int line)
    {
        var raw = block.RawSpan;
        for (; line > 0; line--)
            raw = raw[(raw.IndexOf('\n') + 1)..];
        return raw;
    }

    private static int Count(ReadOnlySpan<char> text, ReadOnlySpan<char> part)
    {
        var count = 0;
        while (!part.IsEmpty && text.IndexOf(part, StringComparison.Ordinal) is >= 0 and var at)
        {
            count++;
            text = text[(at + part.Length)..];
        }

        return count;
    }
}
