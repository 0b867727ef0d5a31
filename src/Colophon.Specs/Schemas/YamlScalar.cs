using System.Text;

namespace Colophon.Specs.Schemas;

/// <summary>Writes a text as a YAML scalar: plain where that reads back the same, else quoted or, with line feeds, as a block.</summary>
internal static class YamlScalar
{
    internal static string Write(string text, int column = 0)
    {
        if (text.Contains('\n'))
            return Block(text);
        if (IsPlain(text))
            return text;
        return text.Contains('"') && !text.Contains('\'') && !text.AsSpan().ContainsAnyInRange('\0', '\x1F') ? $"'{text}'" : Quoted(text);
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
        if (text.Length == 0 || text[0] is ' ' || text[^1] is ' ' or ':' || "-?:,[]{}#&*!|>'\"%@`".Contains(text[0]))
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
