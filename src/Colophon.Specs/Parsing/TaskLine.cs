namespace Colophon.Specs.Parsing;

/// <summary>A line of a task file that carries a check box, scanned as the CLI's expression does: any list mark, any depth, one mark in the box.</summary>
/// <param name="Mark">Where the box's mark stands, or its first white space; -1 for an empty box.</param>
/// <param name="Done">Whether the mark is <c>x</c> or <c>X</c>.</param>
/// <param name="Text">Where the description starts.</param>
internal readonly record struct TaskLine(int Mark, bool Done, int Text)
{
    internal static bool TryRead(ReadOnlySpan<char> line, out TaskLine task)
    {
        task = default;
        var at = Js.CountSpaces(line);
        var marker = ListMarker(line[at..]);
        if (marker == 0)
            return false;
        at += marker;
        at += Js.CountSpaces(line[at..]);
        if (at == line.Length || line[at] != '[')
            return false;
        var box = ++at;
        at += Js.CountSpaces(line[at..]);
        if (at == line.Length)
            return false;
        var mark = -1;
        if (line[at] != ']')
        {
            mark = at++;
            at += Js.CountSpaces(line[at..]);
            if (at == line.Length || line[at] != ']')
                return false;
        }

        // `[x](` and `[x][` are links; a box of white space alone counts even there.
        var link = at + 1 < line.Length && line[at + 1] is '(' or '[';
        if (link && (mark >= 0 || at == box))
            return false;
        at++;
        at += Js.CountSpaces(line[at..]);
        task = new TaskLine(mark >= 0 ? mark : at > box && line[box] != ']' ? box : -1, mark >= 0 && line[mark] is 'x' or 'X', at);
        return true;
    }

    /// <summary>The description: up to a line separator, trimmed.</summary>
    internal ReadOnlySpan<char> Description(ReadOnlySpan<char> line)
    {
        var rest = line[Text..];
        var end = rest.IndexOfAny("\r\u2028\u2029");
        return Js.Trim(end < 0 ? rest : rest[..end]);
    }

    /// <summary><c>^(\d+(?:\.\d+)+(?:[A-Za-z]+)?)(?=\s|$)</c>: the length of a dotted number at the start of a description, or 0.</summary>
    internal static int NumberLength(ReadOnlySpan<char> description)
    {
        var at = Digits(description);
        var dots = 0;
        while (at > 0 && at < description.Length && description[at] == '.' && Digits(description[(at + 1)..]) is > 0 and var digits)
        {
            at += 1 + digits;
            dots++;
        }

        if (dots == 0)
            return 0;
        while (at < description.Length && char.IsAsciiLetter(description[at]))
            at++;
        return at == description.Length || Js.IsSpace(description[at]) ? at : 0;
    }

    /// <summary><c>[-*+]|\d{1,9}[.)]</c>: the length of a list mark, or 0.</summary>
    internal static int ListMarker(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        if (text[0] is '-' or '*' or '+')
            return 1;
        var digits = Digits(text);
        return digits is >= 1 and <= 9 && digits < text.Length && text[digits] is '.' or ')' ? digits + 1 : 0;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
            count++;
        return count;
    }
}
