using System.Text;

namespace Colophon.Specs.Tracing.Links;

/// <summary>What stands in the brackets behind the word: references, in quotes or bare.</summary>
internal static class LinkArguments
{
    private const int Longest = 4000;

    /// <summary>Adds the references of one place.</summary>
    /// <param name="source">The file.</param>
    /// <param name="line">The line of the word.</param>
    /// <param name="at">Where the word's first letter stands.</param>
    /// <param name="to">The list to add to; nothing is added where this is no link.</param>
    internal static void Read(SourceText source, int line, int at, List<string> to)
    {
        var text = source.Text;
        var open = at + "spec(".Length;
        var marked = at > 0 && text[at - 1] == '@' && (at < 2 || !IsWord(text[at - 2]));
        var rest = text.AsSpan(open, Math.Min(text.Length - open, Longest));
        if (BeginsQuoted(rest))
        {
            var attribute = at == 0 || !IsWord(text[at - 1]);
            if (marked || (attribute && IsAttributeLine(source.Line(line))))
                ReadQuoted(rest, to);
        }
        else if (marked)
        {
            ReadBare(text.AsSpan(open..source.EndOf(line)), to);
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static bool IsAttributeLine(ReadOnlySpan<char> line)
    {
        line = line.TrimStart();
        return line.StartsWith("[") || line.StartsWith("@") || line.StartsWith("#[");
    }

    // "…", {"…", ["…", value = "…", id: "…"
    private static bool BeginsQuoted(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        while (!text.IsEmpty && text[0] is '{' or '[')
            text = text[1..].TrimStart();
        if (text.IsEmpty || text[0] is '"' or '\'' or '`')
            return !text.IsEmpty;
        var end = 0;
        while (end < text.Length && IsWord(text[end]))
            end++;
        var sign = text[end..].TrimStart();
        return end > 0 && !sign.IsEmpty && sign[0] is '=' or ':' && BeginsQuoted(sign[1..]) && !sign[1..].TrimStart().StartsWith("`");
    }

    private static void ReadQuoted(ReadOnlySpan<char> text, List<string> to)
    {
        var depth = 1;
        for (var i = 0; i < text.Length && depth > 0; i++)
        {
            var c = text[i];
            if (c is '(' or '[' or '{')
            {
                depth++;
            }
            else if (c is ')' or ']' or '}')
            {
                depth--;
            }
            else if (c is '"' or '\'' or '`')
            {
                if (Literal(text[i..], out var length) is not { } literal)
                    return;
                i += length - 1;
                Add(literal, to);
            }
        }
    }

    private static string? Literal(ReadOnlySpan<char> text, out int length)
    {
        var value = new StringBuilder();
        for (length = 1; length < text.Length; length++)
        {
            var c = text[length];
            if (c == text[0])
            {
                length++;
                return value.ToString();
            }

            if (c is '\n')
                return null;
            if (c == '\\' && length + 1 < text.Length)
                c = text[++length];
            value.Append(c);
        }

        return null;
    }

    // Names may hold brackets and commas: the closing bracket is the one that balances, and a piece without "/" belongs to the one before it.
    private static void ReadBare(ReadOnlySpan<char> text, List<string> to)
    {
        var (depth, end) = (1, 0);
        for (; end < text.Length; end++)
        {
            depth += text[end] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
                break;
        }

        if (depth > 0)
            return;
        var start = 0;
        for (var i = 0; i <= end; i++)
        {
            if (i < end && (text[i] != ',' || !BeginsReference(text[(i + 1)..end])))
                continue;
            Add(text[start..i].Trim().ToString(), to);
            start = i + 1;
        }
    }

    private static bool BeginsReference(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        if (text.StartsWith("#"))
            return true;
        var comma = text.IndexOf(',');
        return (comma < 0 ? text : text[..comma]).Contains('/');
    }

    private static void Add(string reference, List<string> to)
    {
        reference = reference.Trim();
        // "#b" behind "cap/requirement#a" is another scenario of the same requirement.
        if (reference is ['#', _, ..] && to.Count > 0)
            to.Add($"{to[^1].Split('#')[0]}{reference}");
        else if (reference.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && slash < reference.Length - 1)
            to.Add(reference);
    }
}
