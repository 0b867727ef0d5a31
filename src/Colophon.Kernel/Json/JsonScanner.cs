using System.Buffers;
using System.Buffers.Text;

namespace Colophon.Kernel.Json;

/// <summary>
/// One pass over JSON: grammar, keys, numbers, surrogates, and whether the bytes are canonical already. Keys in ascending order cannot repeat, so only
/// a document out of order needs the second, slower look for duplicates.
/// </summary>
internal ref struct JsonScanner(ReadOnlySpan<byte> json, StrictJsonOptions options)
{
    private const long LargestExact = (1L << 53) - 1;

    private static readonly SearchValues<byte> StringStops = SearchValues.Create([.. Enumerable.Range(0, 32).Select(static i => (byte)i), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _json = json;
    private readonly StrictJsonOptions _options = options;
    private int _at;
    private int _depth;
    private bool _canonical = true;
    private bool _ordered = true;
    private string? _fault;

    internal JsonFacts Run()
    {
        if (Space() && Value() && Space() && _at < _json.Length)
            Fail("Something follows the document.");
        if (_fault is null && !_ordered && JsonKeys.FirstDuplicate(_json, _options.MaxDepth) is { } offset)
            return new(new(offset, "A key stands twice in one object."), false);
        return _fault is null ? new(null, _canonical && _ordered) : new(new(Math.Min(_at, _json.Length), _fault), false);
    }

    private bool Value()
    {
        if (_at >= _json.Length)
            return Fail("The document ends too early.");
        return _json[_at] switch
        {
            (byte)'{' => Object(),
            (byte)'[' => Array(),
            (byte)'"' => Text(out _),
            (byte)'t' => Literal("true"u8),
            (byte)'f' => Literal("false"u8),
            (byte)'n' => Literal("null"u8),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(),
            _ => Fail("A value is expected."),
        };
    }

    private bool Object()
    {
        if (!Enter())
            return false;
        var previous = default(Range?);
        if (!Take('}'))
        {
            do
            {
                if (!Space() || _at >= _json.Length || _json[_at] != '"')
                    return Fail("A key is expected.");
                if (!Text(out var key))
                    return false;
                if (previous is { } before && JsonKeys.Compare(_json[before], _json[key]) >= 0)
                    _ordered = false;
                previous = key;
                if (!Space() || !Take(':'))
                    return Fail("A colon is expected.");
                if (!Space() || !Value() || !Space())
                    return false;
            }
            while (Take(','));
            if (!Take('}'))
                return Fail("A comma or a closing brace is expected.");
        }

        _depth--;
        return true;
    }

    private bool Array()
    {
        if (!Enter())
            return false;
        if (!Take(']'))
        {
            do
            {
                if (!Space() || !Value() || !Space())
                    return false;
            }
            while (Take(','));
            if (!Take(']'))
                return Fail("A comma or a closing bracket is expected.");
        }

        _depth--;
        return true;
    }

    private bool Enter()
    {
        if (++_depth > _options.MaxDepth)
            return Fail($"The document is nested deeper than {_options.MaxDepth} levels.");
        _at++;
        return Space();
    }

    private bool Text(out Range content)
    {
        var start = ++_at;
        content = default;
        while (true)
        {
            var stop = _json[_at..].IndexOfAny(StringStops);
            if (stop < 0)
                return Fail("A string does not end.");
            _at += stop;
            if (_json[_at] == '"')
            {
                content = start.._at++;
                return true;
            }

            if (_json[_at] != '\\')
                return Fail("A string holds a control character.");
            if (!Escape())
                return false;
        }
    }

    private bool Escape()
    {
        var kind = _at + 1 < _json.Length ? _json[_at + 1] : (byte)0;
        if (kind != 'u')
        {
            if ("\"\\/bfnrt"u8.IndexOf(kind) < 0)
                return Fail("A string holds an unknown escape.");
            _canonical &= kind != '/';
            _at += 2;
            return true;
        }

        if (!Unit(_at, out var unit, out var lower))
            return Fail("A unicode escape is not four hexadecimal digits.");
        _canonical &= lower && unit < 32 && unit is not ('\b' or '\t' or '\n' or '\f' or '\r');
        _at += 6;
        if (!char.IsSurrogate(unit))
            return true;
        if (!char.IsHighSurrogate(unit) || !Unit(_at, out var low, out _) || !char.IsLowSurrogate(low))
            return Fail("A string holds a lone surrogate.");
        _at += 6;
        return true;
    }

    private readonly bool Unit(int at, out char unit, out bool lower)
    {
        (unit, lower) = ('\0', true);
        if (at + 6 > _json.Length || _json[at] != '\\' || _json[at + 1] != 'u')
            return false;
        var digits = _json.Slice(at + 2, 4);
        lower = digits.IndexOfAnyInRange((byte)'A', (byte)'F') < 0;
        if (!Utf8Parser.TryParse(digits, out ushort value, out var used, 'x') || used != 4)
            return false;
        unit = (char)value;
        return true;
    }

    private bool Number()
    {
        var start = _at;
        if (_json[_at] == '-')
            _at++;
        var digits = Digits();
        if (digits == 0 || (digits > 1 && _json[_at - digits] == '0'))
            return Fail("A number is malformed.");
        var integer = true;
        if (Peek('.'))
        {
            (integer, _at) = (false, _at + 1);
            if (Digits() == 0)
                return Fail("A number is malformed.");
        }

        if (Peek('e') || Peek('E'))
        {
            (integer, _at) = (false, _at + 1);
            if (Peek('+') || Peek('-'))
                _at++;
            if (Digits() == 0)
                return Fail("A number is malformed.");
        }

        return InRange(_json[start.._at], integer);
    }

    private bool InRange(ReadOnlySpan<byte> number, bool integer)
    {
        if (_options.IntegersOnly)
        {
            if (!integer || !Utf8Parser.TryParse(number, out long value, out _) || value is > LargestExact or < -LargestExact)
                return Fail("A number is not an integer within 2^53-1.");
            _canonical &= value != 0 || number.Length == 1;
            return true;
        }

        if (!Utf8Parser.TryParse(number, out double real, out _) || !double.IsFinite(real))
            return Fail("A number is too large.");
        if (_canonical)
        {
            Span<byte> written = stackalloc byte[Es6Number.MaxLength];
            _canonical = number.SequenceEqual(written[..Es6Number.Write(real, written)]);
        }

        return true;
    }

    private int Digits()
    {
        var start = _at;
        while (_at < _json.Length && _json[_at] is >= (byte)'0' and <= (byte)'9')
            _at++;
        return _at - start;
    }

    private bool Literal(ReadOnlySpan<byte> word)
    {
        if (!_json[_at..].StartsWith(word))
            return Fail("A value is expected.");
        _at += word.Length;
        return true;
    }

    private readonly bool Peek(char c) => _at < _json.Length && _json[_at] == c;

    private bool Take(char c)
    {
        if (!Peek(c))
            return false;
        _at++;
        return true;
    }

    private bool Space()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            (_canonical, _at) = (false, _at + 1);
        return true;
    }

    private bool Fail(string message)
    {
        _fault ??= message;
        return false;
    }
}
