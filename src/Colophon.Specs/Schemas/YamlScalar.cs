using System.Text;

namespace Colophon.Specs.Schemas;

/// <summary>
/// Writes a text as a YAML scalar: plain where that reads back the same, else quoted or, with line feeds, as a block. Long lines are folded as the CLI folds them.
/// </summary>
internal static class YamlScalar
{
    private const int Width = 80;
    private const int LeastContent = 20;

    /// <summary>The text as a scalar.</summary>
    /// <param name="text">The text.</param>
    /// <param name="column">Where the scalar starts behind its key; 0 where that is not known, and then nothing is folded.</param>
    /// <param name="indent">The indent of what it continues on.</param>
    internal static string Write(string text, int column = 0, int indent = 2)
    {
        if (text.Contains('\n'))
            return Block(text);
        if (IsPlain(text))
            return Fold(text, column, indent, isQuoted: false);
        return text.Contains('"') && !text.Contains('\'') && !text.AsSpan().ContainsAnyInRange('\0', '\x1F')
            ? Fold($"'{text}'", column, indent, isQuoted: false)
            : Fold(Quoted(text), column, indent, isQuoted: true);
    }

    /// <summary>Breaks at the last single space before the width; within quotes, where there is none, behind a back-slash.</summary>
    private static string Fold(string text, int column, int indent, bool isQuoted)
    {
        var step = Math.Max(1 + LeastContent, 1 + Width - indent);
        if (column == 0 || text.Length <= step)
            return text;
        var (folded, from, split, end) = (new StringBuilder(), 0, -1, Width - column);
        var (escapeStart, escapeEnd) = (-1, -1);
        for (var i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '\\')
            {
                escapeStart = i;
                i += text[i + 1] switch { 'x' => 3, 'u' => 5, _ => 1 };
                escapeEnd = i;
            }
            else if (text[i] == ' ' && i > 0 && i + 1 < text.Length && text[i - 1] is not (' ' or '\t') && text[i + 1] is not (' ' or '\t'))
            {
                split = i;
            }

            if (i < end)
                continue;
            if (split > from)
            {
                Break(split, split + 1, "");
                end = split + step;
                split = -1;
            }
            else if (isQuoted)
            {
                while (i > 0 && text[i - 1] is ' ' or '\t' && i + 1 < text.Length)
                    i++;
                var at = i > escapeEnd + 1 ? i - 2 : escapeStart - 1;
                if (at <= from)
                    return text;
                Break(at + 1, at + 1, "\\");
                end = at + step;
            }
        }

        return folded.Append(text, from, text.Length - from).ToString();

        void Break(int to, int next, string mark)
        {
            folded.Append(text, from, to - from).Append(mark).Append('\n').Append(' ', indent);
            from = next;
        }
    }

    private static string Block(string text)
    {
        var trailing = text.Length - text.TrimEnd('\n').Length;
        var chomp = trailing switch { 0 => "-", 1 => "", _ => "+" };
        var body = string.Join('\n', text.TrimEnd('\n').Split('\n').Select(static line => line.Length == 0 ? "" : "  " + line));
        return $"|{chomp}\n{body}{new string('\n', Math.Max(0, trailing - 1))}";
    }

    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || text[0] is ' ' || text[^1] is ' ' or ':' || ",[]{}#&*!|>'\"%@`".Contains(text[0]) || text is "-" or "?" || (text[0] is '-' or '?' && text[1] is ' ' or '\t'))
            return false;
        if (text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal) || text.AsSpan().ContainsAnyInRange('\0', '\x1F'))
            return false;
        return Yaml.TryRead($"k: {text}\n", out var value) && value is Dictionary<string, object?> map && map.GetValueOrDefault("k") is string read && read == text;
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\t' => "\\t",
                '\r' => "\\r",
                < ' ' => $"\\x{(int)c:x2}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
