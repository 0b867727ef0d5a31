namespace Colophon.Specs.Parsing;

/// <summary>
/// The header lines the CLI recognises, each scanner the exact language of its regular expression (named in the comment), in one pass and
/// without back-tracking.
/// </summary>
internal static class Headers
{
    internal const string Requirement = "Requirement:";

    /// <summary><c>^(#{1,6})\s</c>: the level, or 0.</summary>
    internal static int Level(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty || line[0] != '#')
            return 0;
        var run = line.IndexOfAnyExcept('#');
        return run is >= 1 and <= 6 && Js.IsSpace(line[run]) ? run : 0;
    }

    /// <summary><c>^(#{1,6})\s+(.+)$</c> for a line whose <see cref="Level"/> is known: whether a title follows, and it trimmed.</summary>
    internal static bool TryTitle(ReadOnlySpan<char> line, int level, out ReadOnlySpan<char> title)
    {
        title = [];
        var rest = line[level..];
        var spaces = Js.CountSpaces(rest);
        if (spaces == rest.Length)
            return spaces >= 2 && !Js.IsLineEnd(rest[^1]);
        var body = rest[spaces..];
        if (Js.HasLineEnd(body))
            return false;
        title = Js.TrimEnd(body);
        return true;
    }

    /// <summary><c>^##\s+(.+)$</c> with the title trimmed.</summary>
    internal static bool IsSection(ReadOnlySpan<char> line, out ReadOnlySpan<char> title)
    {
        title = [];
        return Level(line) == 2 && TryTitle(line, 2, out title);
    }

    /// <summary><c>^##\s+Requirements\s*$</c>, any case.</summary>
    internal static bool IsSectionNamed(ReadOnlySpan<char> line, ReadOnlySpan<char> name)
    {
        if (Level(line) != 2)
            return false;
        var rest = Js.TrimStart(line[2..]);
        return Js.StartsWithIgnoringCase(rest, name) && Js.IsBlank(rest[name.Length..]);
    }

    /// <summary><c>^###\s*Requirement:\s*(.+)\s*$</c>, any case; the name is normalised.</summary>
    internal static bool IsRequirement(ReadOnlySpan<char> line, out string name)
    {
        name = "";
        if (!IsRequirement(line))
            return false;
        name = RequirementName(line);
        return true;
    }

    internal static bool IsRequirement(ReadOnlySpan<char> line) => RequirementTail(line, out var tail) && TailMatches(tail);

    internal static string RequirementName(ReadOnlySpan<char> line) =>
        RequirementTail(line, out var tail) ? NormaliseName(Capture(tail)).ToString() : "";

    /// <summary>The name without a closing run of <c>#</c> and without white space around it.</summary>
    internal static ReadOnlySpan<char> NormaliseName(ReadOnlySpan<char> name)
    {
        var end = name.Length;
        while (end > 0 && name[end - 1] is ' ' or '\t')
            end--;
        var hash = end;
        while (hash > 0 && name[hash - 1] == '#')
            hash--;
        if (hash < end && hash > 0 && name[hash - 1] is ' ' or '\t')
            name = name[..hash];
        return Js.Trim(name);
    }

    /// <summary>The text after <c>###\s*Requirement:\s*</c> up to what <c>(.+?)`?\s*$</c> leaves: the form bullets use. Case-sensitive.</summary>
    internal static bool TryQuotedRequirement(ReadOnlySpan<char> text, out string name)
    {
        name = "";
        if (text.StartsWith("`"))
            text = text[1..];
        if (!text.StartsWith("###"))
            return false;
        text = Js.TrimStart(text[3..]);
        if (!text.StartsWith(Requirement))
            return false;
        var tail = text[Requirement.Length..];
        if (!TailMatches(tail))
            return false;
        var core = Js.Trim(tail);
        if (core.Length > 1 && core[^1] == '`')
            core = core[..^1];
        name = NormaliseName(core).ToString();
        return true;
    }

    private static bool RequirementTail(ReadOnlySpan<char> line, out ReadOnlySpan<char> tail)
    {
        tail = [];
        if (!line.StartsWith("###"))
            return false;
        var rest = Js.TrimStart(line[3..]);
        if (!Js.StartsWithIgnoringCase(rest, Requirement))
            return false;
        tail = rest[Requirement.Length..];
        return true;
    }

    /// <summary><c>\s*(.+)\s*$</c>: something must follow, and no line separator inside it.</summary>
    private static bool TailMatches(ReadOnlySpan<char> tail)
    {
        var core = Js.Trim(tail);
        if (!core.IsEmpty)
            return !Js.HasLineEnd(core);
        foreach (var c in tail)
        {
            if (!Js.IsLineEnd(c))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> Capture(ReadOnlySpan<char> tail)
    {
        tail = Js.TrimStart(tail);
        var end = tail.IndexOfAny("\r\n\u2028\u2029");
        return end < 0 ? tail : tail[..end];
    }
}
