using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Workflow;

/// <summary>Why a text is no YAML, in the words of the CLI's parser where the mistake is a common one.</summary>
internal static class YamlError
{
    private const int MostColumns = 80;

    internal static string Describe(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Simple(lines, i) is { } simple)
                return simple;
            if (OpensFlow(lines[i]) is not { } bracket)
                continue;
            var next = i + 1;
            while (next < lines.Length && Js.IsBlank(lines[next]))
                next++;
            if (next < lines.Length && lines[next][0] is not (' ' or '\t'))
            {
                var (what, close) = bracket == '[' ? ("sequence", ']') : ("map", '}');
                return $"Flow {what} in block collection must be sufficiently indented and end with a {close} {Place(lines, next, 0)}";
            }
        }

        return "the file is not valid YAML";
    }

    /// <summary>A mistake of one line at the top level: a tab as indent, a key twice, a mapping inside a value, a name that refers to nothing.</summary>
    private static string? Simple(string[] lines, int at)
    {
        var line = lines[at];
        if (line.StartsWith('\t') && at > 0)
            return $"Tabs are not allowed as indentation {Place(lines, at, 0)}";
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0 || line[0] is ' ' or '#' or '-' or '"' or '\'')
            return null;
        var key = line[..(colon + 1)];
        if (Array.Exists(lines[..at], earlier => earlier.StartsWith(key, StringComparison.Ordinal)))
            return $"Map keys must be unique {Place(lines, at, 0)}";
        var value = line[(colon + 2)..];
        if (value.Length > 0 && value[0] is not ('"' or '\'' or '[' or '{' or '|' or '>' or '#' or '&' or '*' or '!') && value.Contains(": ", StringComparison.Ordinal) && !value.Contains(" #", StringComparison.Ordinal))
            return $"Nested mappings are not allowed in compact mappings {Place(lines, at, colon + 2)}";
        return value.StartsWith('*') && !lines[..at].Any(earlier => earlier.Contains('&' + value[1..], StringComparison.Ordinal))
            ? $"Unresolved alias (the anchor must be set before the alias): {value[1..]}"
            : null;
    }

    /// <summary>The bracket that a <c>key: [</c> line leaves open.</summary>
    private static char? OpensFlow(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0)
            return null;
        var value = line[(colon + 2)..].Trim();
        if (value.Length == 0 || value[0] is not ('[' or '{'))
            return null;
        return value.Contains(value[0] == '[' ? ']' : '}') ? null : value[0];
    }

    /// <summary><c>at line 2, column 1:</c> with the line, the one before it and a pointer.</summary>
    private static string Place(string[] lines, int line, int column)
    {
        var shown = Clip(lines[line]);
        if (line > 0)
            shown = $"{Clip(lines[line - 1])}\n{shown}";
        return $"at line {line + 1}, column {column + 1}:\n\n{shown}\n{new string(' ', column)}^\n";
    }

    private static string Clip(string line) => line.Length > MostColumns ? line[..(MostColumns - 1)] + "…" : line;
}
