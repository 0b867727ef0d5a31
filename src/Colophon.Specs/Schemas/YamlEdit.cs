using System.Buffers;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.Schemas;

/// <summary>Changes one top-level key of a YAML file: comments, order and layout stay a person's own, but for the inside of brackets, which the CLI's writer pads.</summary>
internal static class YamlEdit
{
    private static readonly SearchValues<char> s_nested = SearchValues.Create("[]{}\"'#");

    /// <summary>Sets a key to a word; it is added at the end where it is missing.</summary>
    internal static string Set(string text, string key, string word)
    {
        var lines = Lines(text);
        var line = $"{key}: {YamlScalar.Write(word)}";
        var at = Find(lines, key);
        if (at < 0)
        {
            while (lines.Count > 0 && Js.IsBlank(lines[^1]))
                lines.RemoveAt(lines.Count - 1);
            if (lines.Count > 0 && lines.TrueForAll(static existing => existing.StartsWith('#') || Js.IsBlank(existing)))
                lines.Add("");
            lines.Add(line);
        }
        else
        {
            Replace(lines, at, Same(lines[at], line, word));
        }

        Pad(lines);
        return End(lines);
    }

    /// <summary>Takes a key away with what belongs to it.</summary>
    internal static string Remove(string text, string key)
    {
        var lines = Lines(text);
        var at = Find(lines, key);
        if (at >= 0)
            Replace(lines, at, null);
        return End(lines);
    }

    /// <summary>The new line with the old one's quotes and comment.</summary>
    private static string Same(string old, string line, string word)
    {
        var colon = old.IndexOf(':', StringComparison.Ordinal);
        var value = old.AsSpan(colon + 1).TrimStart(' ');
        var quote = !value.IsEmpty && value[0] is '"' or '\'' ? value[..1].ToString() : "";
        var comment = quote.Length > 0 ? value[1..].IndexOf(quote) + 2 : 0;
        var rest = comment <= value.Length && value[comment..].IndexOf(" #") is var at and >= 0 ? value[(comment + at)..].ToString() : "";
        var key = old[0] is '"' or '\'' ? old[..colon] + ":" : line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)];
        return $"{key} {(quote.Length > 0 ? quote + word + quote : line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..])}{rest}";
    }

    /// <summary><c>key: [a]</c> becomes <c>key: [ a ]</c>, outside of block texts.</summary>
    private static void Pad(List<string> lines)
    {
        var block = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var indent = line.Length - line.AsSpan().TrimStart(' ').Length;
            if (block >= 0 && (indent > block || Js.IsBlank(line)))
                continue;
            block = line.AsSpan().TrimEnd("+-0123456789") is [.., '|' or '>'] ? indent : -1;
            var open = line.IndexOf(": [", StringComparison.Ordinal);
            if (open > 0 && line[^1] == ']' && line.AsSpan(open + 3, line.Length - open - 4) is var inside && !inside.ContainsAny(s_nested) && !Js.IsBlank(inside))
                lines[i] = $"{line[..(open + 2)]}[ {inside.Trim(' ')} ]";
        }
    }

    private static List<string> Lines(string text) => [.. LineEnds.Normalise(text).Split('\n')];

    private static string End(List<string> lines) => string.Join('\n', lines).TrimEnd('\n') + "\n";

    private static int Find(List<string> lines, string key) => lines.FindIndex(line =>
    {
        var name = line.AsSpan();
        if (name.StartsWith("\"") || name.StartsWith("'"))
            name = name[1..];
        if (!name.StartsWith(key))
            return false;
        var rest = name[key.Length..].TrimStart("\"' ");
        return rest.StartsWith(":") && (rest.Length == 1 || rest[1] is ' ' or '\t');
    });

    /// <summary>A key's lines: its own, and those below that are indented or blank before an indented one.</summary>
    private static void Replace(List<string> lines, int at, string? line)
    {
        var end = at + 1;
        for (var i = end; i < lines.Count && (lines[i].Length == 0 || lines[i][0] is ' ' or '\t'); i++)
        {
            if (!Js.IsBlank(lines[i]))
                end = i + 1;
        }

        lines.RemoveRange(at, end - at);
        if (line is not null)
            lines.Insert(at, line);
    }
}
