using System.Globalization;
using System.Text;

namespace Colophon.Specs.OpenSpec.Setup.Texts;

/// <summary>Text inside the quotation marks of YAML and TOML, as the package writes it.</summary>
internal static class Quoting
{
    /// <summary>A double-quoted YAML scalar.</summary>
    internal static string Yaml(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '\\' or '"')
                quoted.Append('\\').Append(c);
            else if (c is '\n' or '\r')
                quoted.Append(c == '\n' ? "\\n" : "\\r");
            else if (c is (< ' ' and not '\t') or (>= '\x7f' and <= '\x9f'))
                quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>The inside of a TOML basic string.</summary>
    internal static string TomlLine(string text) => Toml(text, static c => c switch { '"' => "\\\"", '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => null });

    /// <summary>The inside of a TOML string of several lines.</summary>
    internal static string TomlText(string text) => Toml(text.Replace("\r\n", "\n", StringComparison.Ordinal), static c => c == '\r' ? "\\r" : null)
        .Replace("\"\"\"", "\"\"\\\"", StringComparison.Ordinal);

    private static string Toml(string text, Func<char, string?> escape)
    {
        var quoted = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (c == '\\')
                quoted.Append("\\\\");
            else if (escape(c) is { } escaped)
                quoted.Append(escaped);
            else if (c is (< ' ' and not ('\t' or '\n')) or '\x7f')
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                quoted.Append(c);
        }

        return quoted.ToString();
    }
}
