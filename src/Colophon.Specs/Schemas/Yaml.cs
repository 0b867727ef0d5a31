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
    internal static bool TryRead(string text, out object? value) => TryReadPlain(text, out value) || TryReadFull(text, out value);

    private static bool TryReadPlain(string text, out object? value)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        value = map;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.TrimEnd(' ');
            if (line.IsEmpty || line[0] == '#')
                continue;
            var colon = line.IndexOf(": ");
            if (colon <= 0 || line[..colon].ContainsAnyExcept(PlainCharacters.Key))
                return false;
            var word = line[(colon + 2)..].TrimStart(' ');
            if (word.IsEmpty || word.ContainsAnyExcept(PlainCharacters.Word) || word[0] is '-' or '.' || !map.TryAdd(line[..colon].ToString(), Resolve(word.ToString())))
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
            stream.Load(new StringReader(text));
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

    private static object? Convert(YamlNode node, int depth)
    {
        if (depth > 64)
            throw new InvalidOperationException("nested too deeply");
        switch (node)
        {
            case YamlScalarNode { Style: ScalarStyle.Plain } scalar:
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

        return word[0] is (>= '0' and <= '9') or '+' or '-' or '.' && IsNumber(word)
            && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : word;
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

    private static class PlainCharacters
    {
        internal static readonly System.Buffers.SearchValues<char> Key =
            System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");

        internal static readonly System.Buffers.SearchValues<char> Word =
            System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");
    }
}
