namespace Colophon.Kernel.Configuration.Toml;

/// <summary>
/// A recursive descent over one text. A method that fails notes one diagnostic and returns null; the document loop then goes on with the next line.
/// This part reads lines, keys and headers.
/// </summary>
internal sealed partial class TomlReader(string text)
{
    /// <summary>A file with this many errors is not TOML at all; more would not help anyone.</summary>
    private const int MaximumDiagnostics = 20;

    private readonly List<TomlDiagnostic> _diagnostics = [];
    private readonly TomlValue.Table _root = new(new TomlPosition(1, 1)) { State = TomlTableState.Headed };
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _measured;

    private char Current => _at < text.Length ? text[_at] : '\0';

    private bool AtEnd => _at >= text.Length;

    public TomlDocument Read()
    {
        var table = _root;
        while (!AtEnd && _diagnostics.Count < MaximumDiagnostics)
        {
            SkipBlanks();
            if (AtEnd)
                break;
            if (Current is '\r' or '\n' or '#')
            {
                if (!EndLine())
                    SkipLine();
                continue;
            }

            var isHeader = Current == '[';
            var next = isHeader ? ReadHeader() : ReadPair(table, 0) ? table : null;
            if (next is null || !EndLine())
                SkipLine();
            // What stands below a header that failed belongs to no table: it is read for its own errors, and counts for nothing.
            table = next ?? (isHeader ? new TomlValue.Table(Here()) { State = TomlTableState.Headed } : table);
        }

        return new TomlDocument(_root, _diagnostics);
    }

    /// <summary>Reads <c>[a.b]</c> or <c>[[a.b]]</c> and returns the table that the lines below it fill.</summary>
    private TomlValue.Table? ReadHeader()
    {
        var start = Here();
        _at++;
        var list = Current == '[';
        if (list)
            _at++;
        SkipBlanks();
        if (ReadKey() is not { } key)
            return null;
        if (!Expect(']') || (list && !Expect(']')))
            return null;
        var parent = _root;
        foreach (var part in key.SkipLast(1))
        {
            if (StepThrough(parent, part) is not { } inner)
                return null;
            parent = inner;
        }

        return list ? AppendTable(parent, key[^1], start) : OpenTable(parent, key[^1], start);
    }

    private TomlValue.Table? StepThrough(TomlValue.Table parent, KeyPart part)
    {
        switch (parent[part.Name])
        {
            case null:
                var made = new TomlValue.Table(part.Position) { State = TomlTableState.Implied };
                parent.TryAdd(new TomlEntry(part.Name, part.Position, made));
                return made;
            case TomlValue.Table { State: not TomlTableState.Inline } table:
                return table;
            case TomlValue.Array { OfTables: true } array:
                return (TomlValue.Table)array.Items[^1];
            case var other:
                return Fail<TomlValue.Table>(part.Position, $"'{part.Name}' is {other.Kind} already and cannot be extended by a header.");
        }
    }

    private TomlValue.Table? OpenTable(TomlValue.Table parent, KeyPart part, TomlPosition start)
    {
        switch (parent[part.Name])
        {
            case null:
                var made = new TomlValue.Table(start) { State = TomlTableState.Headed };
                parent.TryAdd(new TomlEntry(part.Name, part.Position, made));
                return made;
            case TomlValue.Table { State: TomlTableState.Implied } table:
                table.State = TomlTableState.Headed;
                return table;
            default:
                return Fail<TomlValue.Table>(part.Position, $"'{part.Name}' is defined already{FirstAt(parent[part.Name])}.");
        }
    }

    private static string FirstAt(TomlValue? standing) => standing is null ? "" : $", on line {standing.Position.Line}";

    private TomlValue.Table? AppendTable(TomlValue.Table parent, KeyPart part, TomlPosition start)
    {
        TomlValue.Array array;
        switch (parent[part.Name])
        {
            case null:
                array = new TomlValue.Array(start) { OfTables = true };
                parent.TryAdd(new TomlEntry(part.Name, part.Position, array));
                break;
            case TomlValue.Array { OfTables: true } standing:
                array = standing;
                break;
            default:
                return Fail<TomlValue.Table>(part.Position, $"'{part.Name}' is defined already and is not a list of tables.");
        }

        var table = new TomlValue.Table(start) { State = TomlTableState.Headed };
        array.Add(table);
        return table;
    }

    /// <summary>Reads <c>key = value</c> into a table.</summary>
    private bool ReadPair(TomlValue.Table table, int depth)
    {
        if (ReadKey() is not { } key || !Expect('='))
            return false;
        SkipBlanks();
        var target = table;
        foreach (var part in key.SkipLast(1))
        {
            switch (target[part.Name])
            {
                case null:
                    var made = new TomlValue.Table(part.Position) { State = TomlTableState.Dotted };
                    target.TryAdd(new TomlEntry(part.Name, part.Position, made));
                    target = made;
                    break;
                case TomlValue.Table { State: TomlTableState.Dotted } dotted:
                    target = dotted;
                    break;
                default:
                    return Fail(part.Position, $"'{part.Name}' is defined already and a dotted key cannot add to it.");
            }
        }

        if (ReadValue(depth) is not { } value)
            return false;
        var last = key[^1];
        return target.TryAdd(new TomlEntry(last.Name, last.Position, value)) || Fail(last.Position, $"The key '{last.Name}' is given twice.");
    }

    /// <summary>Reads a bare, quoted or dotted key and the blanks after it.</summary>
    private List<KeyPart>? ReadKey()
    {
        var parts = new List<KeyPart>();
        while (true)
        {
            SkipBlanks();
            var position = Here();
            string? name;
            if (Current is '"' or '\'')
            {
                name = IsTriple(Current) ? Fail<string>(position, "A key cannot be a multi-line string.") : ReadSingleLineString();
                if (name is null)
                    return null;
            }
            else
            {
                var start = _at;
                while (char.IsAsciiLetterOrDigit(Current) || Current is '-' or '_')
                    _at++;
                if (_at == start)
                    return Fail<List<KeyPart>>(position, $"Expected a key, found {Describe()}.");
                name = text[start.._at];
            }

            parts.Add(new KeyPart(name, position));
            SkipBlanks();
            if (Current != '.')
                return parts;
            _at++;
        }
    }

    /// <summary>Takes the blanks, the comment and the line end that may follow a statement.</summary>
    private bool EndLine()
    {
        SkipBlanks();
        if (Current == '#' && !SkipComment())
            return false;
        return AtEnd || SkipLineEnd() || Fail(Here(), $"Expected the end of the line, found {Describe()}.");
    }

    private bool SkipComment()
    {
        while (!AtEnd && Current != '\n' && !IsCarriageReturnLineFeed())
        {
            if (IsControl(Current) || IsLoneSurrogate())
                return Fail(Here(), $"A comment cannot hold {Describe()}.");
            _at += char.IsHighSurrogate(Current) ? 2 : 1;
        }

        return true;
    }

    private bool SkipLineEnd()
    {
        if (Current == '\n')
            _at++;
        else if (IsCarriageReturnLineFeed())
            _at += 2;
        else
            return false;
        return true;
    }

    private void SkipLine()
    {
        var end = text.IndexOf('\n', Math.Min(_at, text.Length));
        _at = end < 0 ? text.Length : end + 1;
    }

    private void SkipBlanks()
    {
        while (Current is ' ' or '\t')
            _at++;
    }

    private bool Expect(char expected)
    {
        if (Current != expected || AtEnd)
            return Fail(Here(), $"Expected '{expected}', found {Describe()}.");
        _at++;
        return true;
    }

    private bool IsTriple(char quote) => _at + 2 < text.Length && text[_at] == quote && text[_at + 1] == quote && text[_at + 2] == quote;

    private bool IsCarriageReturnLineFeed() => Current == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n';

    private bool IsLoneSurrogate() =>
        char.IsLowSurrogate(Current) || (char.IsHighSurrogate(Current) && (_at + 1 >= text.Length || !char.IsLowSurrogate(text[_at + 1])));

    private static bool IsControl(char c) => (c < ' ' && c != '\t') || c == '\u007f';

    private string Describe() => AtEnd ? "the end of the file" : Current switch
    {
        '\n' or '\r' => "the end of the line",
        var c when char.IsControl(c) || char.IsSurrogate(c) => $"U+{(int)c:X4}",
        var c => $"'{c}'",
    };

    private TomlPosition Here() => Locate(_at);

    /// <summary>Line and column of an offset; offsets are asked for in growing order, so each line end is counted once.</summary>
    private TomlPosition Locate(int offset)
    {
        for (; _measured < offset && _measured < text.Length; _measured++)
        {
            if (text[_measured] != '\n')
                continue;
            _line++;
            _lineStart = _measured + 1;
        }

        return new TomlPosition(_line, Math.Max(1, offset - _lineStart + 1));
    }

    private bool Fail(TomlPosition position, string message)
    {
        _diagnostics.Add(new TomlDiagnostic(position, message));
        return false;
    }

    private T? Fail<T>(TomlPosition position, string message)
        where T : class
    {
        _diagnostics.Add(new TomlDiagnostic(position, message));
        return null;
    }

    private readonly record struct KeyPart(string Name, TomlPosition Position);
}
