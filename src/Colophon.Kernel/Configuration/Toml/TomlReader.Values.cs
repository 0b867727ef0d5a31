namespace Colophon.Kernel.Configuration.Toml;

/// <summary>Values: the choice between them, arrays and inline tables.</summary>
internal sealed partial class TomlReader
{
    /// <summary>Deeper nesting than this is a mistake or an attack on the stack, never a configuration.</summary>
    private const int MaximumDepth = 100;

    private TomlValue? ReadValue(int depth)
    {
        var position = Here();
        if (depth > MaximumDepth)
            return Fail<TomlValue>(position, $"Values nest deeper than {MaximumDepth} levels.");
        switch (Current)
        {
            case '"' or '\'':
                var content = IsTriple(Current) ? ReadMultiLineString() : ReadSingleLineString();
                return content is null ? null : new TomlValue.Text(content, position);
            case '[':
                return ReadArray(position, depth);
            case '{':
                return ReadInlineTable(position, depth);
            default:
                return ReadScalar(position);
        }
    }

    private TomlValue.Array? ReadArray(TomlPosition position, int depth)
    {
        var array = new TomlValue.Array(position);
        _at++;
        while (SkipBlanksAndLines())
        {
            if (Current == ']')
            {
                _at++;
                return array;
            }

            if (ReadValue(depth + 1) is not { } item)
                return null;
            array.Add(item);
            if (!SkipBlanksAndLines())
                return null;
            if (Current == ',')
                _at++;
            else if (Current != ']')
                return Fail<TomlValue.Array>(Here(), $"Expected ',' or ']' in an array, found {Describe()}.");
        }

        return null;
    }

    private TomlValue.Table? ReadInlineTable(TomlPosition position, int depth)
    {
        var table = new TomlValue.Table(position) { State = TomlTableState.Dotted };
        _at++;
        SkipBlanks();
        if (Current == '}')
        {
            _at++;
            return Close(table);
        }

        while (true)
        {
            if (!ReadPair(table, depth + 1))
                return null;
            SkipBlanks();
            switch (Current)
            {
                case ',' when !AtEnd:
                    _at++;
                    break;
                case '}' when !AtEnd:
                    _at++;
                    return Close(table);
                default:
                    return Fail<TomlValue.Table>(Here(), $"Expected ',' or '}}' in an inline table, found {Describe()}.");
            }
        }
    }


    /// <summary>Nothing can be added to an inline table, nor to the tables that its dotted keys made.</summary>
    private static TomlValue.Table Close(TomlValue.Table table)
    {
        table.State = TomlTableState.Inline;
        foreach (var entry in table.Entries)
        {
            if (entry.Value is TomlValue.Table { State: TomlTableState.Dotted } inner)
                Close(inner);
        }

        return table;
    }

    private TomlValue? ReadScalar(TomlPosition position)
    {
        var start = _at;
        SkipScalar();
        // A blank may stand between date and time.
        if (_at - start == 10 && text[start + 4] == '-' && text[start + 7] == '-' && Current == ' ' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]))
        {
            _at++;
            SkipScalar();
        }

        var token = text.AsSpan(start, _at - start);
        if (token.IsEmpty)
            return Fail<TomlValue>(position, $"Expected a value, found {Describe()}.");
        var value = token switch
        {
            "true" => new TomlValue.Boolean(true, position),
            "false" => new TomlValue.Boolean(false, position),
            _ => TomlTimes.TryRead(token, position) ?? TomlNumbers.TryRead(token, position),
        };
        return value ?? Fail<TomlValue>(position, $"'{token}' is not a value; a string needs quotes.");
    }

    private void SkipScalar()
    {
        while (char.IsAsciiLetterOrDigit(Current) || Current is '+' or '-' or '_' or '.' or ':')
            _at++;
    }

    private bool SkipBlanksAndLines()
    {
        while (true)
        {
            SkipBlanks();
            if (AtEnd)
                return Fail(Here(), "The array is not closed.");
            if (Current == '#')
            {
                if (!SkipComment())
                    return false;
            }
            else if (!SkipLineEnd())
            {
                return true;
            }
        }
    }
}
