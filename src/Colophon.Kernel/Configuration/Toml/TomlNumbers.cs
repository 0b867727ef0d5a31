using System.Globalization;

namespace Colophon.Kernel.Configuration.Toml;

/// <summary>Integers and floats of TOML 1.0.</summary>
internal static class TomlNumbers
{
    /// <summary>The number, or null where the token is none.</summary>
    public static TomlValue? TryRead(ReadOnlySpan<char> token, TomlPosition position)
    {
        var sign = token[0] is '+' or '-' ? token[0] : '\0';
        var body = sign == '\0' ? token : token[1..];
        if (body.SequenceEqual("inf"))
            return new TomlValue.Float(sign == '-' ? double.NegativeInfinity : double.PositiveInfinity, position);
        if (body.SequenceEqual("nan"))
            return new TomlValue.Float(double.NaN, position);
        if (sign == '\0' && body.Length > 2 && body[0] == '0' && body[1] is 'x' or 'o' or 'b')
            return Prefixed(body[1], body[2..], position);
        return body.IndexOfAny('.', 'e', 'E') >= 0 ? Float(sign, body, position) : Integer(sign, body, position);
    }

    private static TomlValue.Integer? Prefixed(char prefix, ReadOnlySpan<char> digits, TomlPosition position)
    {
        var numberBase = prefix switch { 'x' => 16, 'o' => 8, _ => 2 };
        ulong value = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            if (digits[i] == '_')
            {
                if (i == 0 || i == digits.Length - 1 || digits[i - 1] == '_')
                    return null;
                continue;
            }

            var digit = char.IsAsciiHexDigit(digits[i]) ? Convert.ToInt32(digits[i].ToString(), 16) : int.MaxValue;
            if (digit >= numberBase || value > (long.MaxValue - (ulong)digit) / (ulong)numberBase)
                return null;
            value = (value * (ulong)numberBase) + (ulong)digit;
        }

        return new TomlValue.Integer((long)value, position);
    }

    private static TomlValue.Integer? Integer(char sign, ReadOnlySpan<char> digits, TomlPosition position)
    {
        if (!IsDecimal(digits) || (digits[0] == '0' && digits.Length > 1))
            return null;
        var plain = (sign == '-' ? "-" : "") + digits.ToString().Replace("_", "", StringComparison.Ordinal);
        return long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? new TomlValue.Integer(value, position) : null;
    }

    private static TomlValue.Float? Float(char sign, ReadOnlySpan<char> body, TomlPosition position)
    {
        var rest = body;
        var exponentAt = rest.IndexOfAny('e', 'E');
        if (exponentAt >= 0)
        {
            var exponent = rest[(exponentAt + 1)..];
            if (exponent.Length > 0 && exponent[0] is '+' or '-')
                exponent = exponent[1..];
            if (!IsDecimal(exponent))
                return null;
            rest = rest[..exponentAt];
        }

        var point = rest.IndexOf('.');
        if (point >= 0 && !IsDecimal(rest[(point + 1)..]))
            return null;
        var whole = point < 0 ? rest : rest[..point];
        if (!IsDecimal(whole) || (whole[0] == '0' && whole.Length > 1))
            return null;
        var plain = (sign == '-' ? "-" : "") + body.ToString().Replace("_", "", StringComparison.Ordinal);
        return new TomlValue.Float(double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture), position);
    }

    /// <summary>Digits, with single underscores between digits only.</summary>
    private static bool IsDecimal(ReadOnlySpan<char> digits)
    {
        if (digits.IsEmpty || digits[0] == '_' || digits[^1] == '_')
            return false;
        for (var i = 0; i < digits.Length; i++)
        {
            if (!char.IsAsciiDigit(digits[i]) && (digits[i] != '_' || digits[i - 1] == '_'))
                return false;
        }

        return true;
    }
}
