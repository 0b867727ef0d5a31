using System.Globalization;
using System.Text;

namespace Colophon.Specs.Tracing.Results;

/// <summary>
/// Walks over the elements of an XML text. It knows no document types, no external entities and none but the five named ones, so a text can neither reach for a file nor
/// grow; what is not well-formed is stepped over.
/// </summary>
internal ref struct XmlScanner(string text)
{
    private const int MostAttributes = 64;

    private int _at;

    /// <summary>Whether the current part opens an element; otherwise it closes one, or is text.</summary>
    internal bool IsStart { get; private set; }

    /// <summary>Whether the current part closes an element; an empty element opens only.</summary>
    internal bool IsEnd { get; private set; }

    /// <summary>Whether the element has no content.</summary>
    internal bool IsEmpty { get; private set; }

    /// <summary>The element's name without its prefix; empty for text.</summary>
    internal string Name { get; private set; } = "";

    /// <summary>The text between two tags.</summary>
    internal string Text { get; private set; } = "";

    /// <summary>The element's attributes.</summary>
    internal Dictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Goes to the next part; false at the end.</summary>
    internal bool Next()
    {
        while (_at < text.Length)
        {
            (IsStart, IsEnd, IsEmpty, Name, Text) = (false, false, false, "", "");
            if (text[_at] != '<')
            {
                var end = text.IndexOf('<', _at);
                end = end < 0 ? text.Length : end;
                Text = Decode(text.AsSpan(_at..end));
                _at = end;
                return true;
            }

            var rest = text.AsSpan(_at);
            if (rest.StartsWith("<!--"))
            {
                _at = Behind("-->", _at + 4);
            }
            else if (rest.StartsWith("<![CDATA["))
            {
                var end = text.IndexOf("]]>", _at, StringComparison.Ordinal);
                Text = text[(_at + 9)..(end < 0 ? text.Length : end)];
                _at = end < 0 ? text.Length : end + 3;
                return true;
            }
            else if (rest.StartsWith("<?"))
            {
                _at = Behind("?>", _at + 2);
            }
            else if (rest.StartsWith("<!"))
            {
                SkipDeclaration();
            }
            else
            {
                ReadTag();
                return true;
            }
        }

        return false;
    }

    /// <summary>An attribute's value, or null.</summary>
    internal readonly string? Value(string name) => Attributes.GetValueOrDefault(name);

    private readonly int Behind(string mark, int from)
    {
        var at = from > text.Length ? -1 : text.IndexOf(mark, from, StringComparison.Ordinal);
        return at < 0 ? text.Length : at + mark.Length;
    }

    private void SkipDeclaration()
    {
        var depth = 0;
        for (; _at < text.Length; _at++)
        {
            depth += text[_at] switch { '[' => 1, ']' => -1, _ => 0 };
            if (text[_at] == '>' && depth <= 0)
            {
                _at++;
                return;
            }
        }
    }

    private void ReadTag()
    {
        _at++;
        IsEnd = _at < text.Length && text[_at] == '/';
        IsStart = !IsEnd;
        if (IsEnd)
            _at++;
        Attributes.Clear();
        var name = Word();
        Name = name[(name.LastIndexOf(':') + 1)..].ToString();
        while (_at < text.Length && text[_at] != '>')
        {
            if (char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }
            else if (text[_at] == '/')
            {
                IsEmpty = _at + 1 < text.Length && text[_at + 1] == '>';
                _at++;
            }
            else
            {
                ReadAttribute();
            }
        }

        _at = Math.Min(text.Length, _at + 1);
    }

    private void ReadAttribute()
    {
        var from = _at;
        var name = Word().ToString();
        SkipSpace();
        if (_at < text.Length && text[_at] == '=')
        {
            _at++;
            SkipSpace();
            if (_at < text.Length && text[_at] is '"' or '\'')
            {
                var end = text.IndexOf(text[_at], _at + 1);
                end = end < 0 ? text.Length : end;
                if (Attributes.Count < MostAttributes)
                    Attributes[name] = Decode(text.AsSpan((_at + 1)..end));
                _at = Math.Min(text.Length, end + 1);
                return;
            }
        }

        if (_at == from)
            _at++;
    }

    private ReadOnlySpan<char> Word()
    {
        var from = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('=' or '>' or '/' or '<' or '"' or '\''))
            _at++;
        return text.AsSpan(from.._at);
    }

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
    }

    private static string Decode(ReadOnlySpan<char> raw)
    {
        if (!raw.Contains('&'))
            return raw.ToString();
        var decoded = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            var end = raw[i] == '&' ? raw[i..Math.Min(raw.Length, i + 12)].IndexOf(';') : -1;
            if (end > 1 && Entity(raw[(i + 1)..(i + end)]) is { } character)
            {
                decoded.Append(character);
                i += end;
            }
            else
            {
                decoded.Append(raw[i]);
            }
        }

        return decoded.ToString();
    }

    private static string? Entity(ReadOnlySpan<char> name)
    {
        if (name[0] == '#')
        {
            var hex = name.Length > 1 && name[1] is 'x' or 'X';
            return int.TryParse(name[(hex ? 2 : 1)..], hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var point) && Rune.IsValid(point)
                ? new Rune(point).ToString()
                : null;
        }

        return name switch { "lt" => "<", "gt" => ">", "amp" => "&", "quot" => "\"", "apos" => "'", _ => null };
    }
}
