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
