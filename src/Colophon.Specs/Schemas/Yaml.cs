using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Colophon.Specs.Schemas;

/// <summary>
/// YAML as plain values: <see cref="string"/>, <see cref="bool"/>, <see cref="double"/>, null, <see cref="List{T}"/> and <see cref="Dictionary{TKey,TValue}"/>
/// keyed by text. The files of a tree are nearly always a few <c>key: word</c> lines, which are read without loading a YAML parser.
/// </summary>
internal static class Yaml
{
    /// <summary>Reads one document.</summary>
    /// <returns>False where the text is not one valid YAML document.</returns>
    internal static bool TryRead(string text, out object? value)
    {
        if (text.StartsWith('\uFEFF'))
            text = text[1..];
        return TryReadPlain(text, out value) || TryReadFull(text, out value);
    }

    private static bool TryReadPlain(string text, out object? value)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        value = map;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            line = (line.EndsWith("\r") ? line[..^1] : line).TrimEnd(' ');
            if (line.IsEmpty || line[0] == '#')
                continue;
            var colon = line.IndexOf(": ");
            if (colon <= 0 || line[..colon].ContainsAnyExcept(YamlCharacters.Key))
                return false;
            var word = line[(colon + 2)..].TrimStart(' ');
            if (word.IsEmpty || word.ContainsAnyExcept(YamlCharacters.Word) || word[0] is '-' or '.' || !map.TryAdd(line[..colon].ToString(), Resolve(word.ToString())))
                return false;
        }

        return map.Count > 0;
    }

    private static bool TryReadFull(string text, out object? value)
    {
        value = null;
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(OnlyLineFeedsBreak(text)));
            if (stream.Documents.Count > 1)
                return false;
            value = stream.Documents.Count == 0 ? null : Convert(stream.Documents[0].RootNode, 0);
            return true;
        }
        catch (Exception e) when (e is YamlException or ArgumentException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>
    /// The CLI's YAML breaks lines at LF and CRLF alone; the parser here also at a lone CR and at three Unicode separators. Those become a character
    /// without a meaning, and so do the control characters that neither takes.
    /// </summary>
    private static string OnlyLineFeedsBreak(string text)
    {
        const char content = '\uE000';
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (!text.AsSpan().ContainsAny(YamlCharacters.Foreign))
            return text;
        return string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = from[i] is '\0' or '\v' or '\f' or '\r' or '\u0085' or '\u2028' or '\u2029' ? content : from[i];
        });
    }

    private static object? Convert(YamlNode node, int depth)
    {
        if (depth > 64)
            throw new InvalidOperationException("nested too deeply");
        switch (node)
        {
            case YamlScalarNode { Style: ScalarStyle.Plain } scalar when scalar.Tag.IsEmpty || scalar.Tag.Value != "tag:yaml.org,2002:str":
                return Resolve(scalar.Value ?? "");
            case YamlScalarNode scalar:
                return scalar.Value ?? "";
            case YamlSequenceNode sequence:
                var list = new List<object?>();
                foreach (var child in sequence.Children)
                    list.Add(Convert(child, depth + 1));
                return list;
            case YamlMappingNode mapping:
                var map = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var (key, child) in mapping.Children)
                    map[key is YamlScalarNode name ? name.Value ?? "" : key.ToString()] = Convert(child, depth + 1);
                return map;
            default:
                return null;
        }
    }

    /// <summary>YAML 1.2's core schema.</summary>
    private static object? Resolve(string word)
    {
        switch (word)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "true" or "True" or "TRUE":
                return true;
            case "false" or "False" or "FALSE":
                return false;
        }

        if (word[0] is not ((>= '0' and <= '9') or '+' or '-' or '.'))
            return word;
        if (TryReadSpecial(word, out var special))
            return special;
        return IsNumber(word) && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : word;
    }

    /// <summary><c>0x1F</c>, <c>0o17</c>, <c>.inf</c> and <c>.nan</c>.</summary>
    private static bool TryReadSpecial(string word, out double number)
    {
        number = double.NaN;
        if (word is ".nan" or ".NaN" or ".NAN")
            return true;
        var unsigned = word.AsSpan(word[0] is '+' or '-' ? 1 : 0);
        if (unsigned is ".inf" or ".Inf" or ".INF")
        {
            number = word[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        var digits = word.AsSpan(Math.Min(2, word.Length));
        if (digits.IsEmpty)
            return false;
        number = 0;
        return word.StartsWith("0x", StringComparison.Ordinal) ? !digits.ContainsAnyExcept(YamlCharacters.Hexadecimal)
            : word.StartsWith("0o", StringComparison.Ordinal) && !digits.ContainsAnyExcept(YamlCharacters.Octal);
    }

    private static bool IsNumber(ReadOnlySpan<char> word)
    {
        var (digits, dots, exponent) = (0, 0, false);
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (char.IsAsciiDigit(c))
                digits++;
            else if (c == '.' && !exponent)
                dots++;
            else if (c is 'e' or 'E' && digits > 0 && !exponent)
                exponent = true;
            else if (c is not ('+' or '-') || (i > 0 && word[i - 1] is not ('e' or 'E')))
                return false;
        }

        return digits > 0 && dots <= 1 && word[^1] is not ('e' or 'E' or '+' or '-');
    }
}
