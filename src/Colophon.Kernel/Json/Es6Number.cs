using System.Globalization;
using System.Text;

namespace Colophon.Kernel.Json;

/// <summary>Writes doubles as ECMAScript's <c>Number::toString</c> does, which RFC 8785 asks for.</summary>
internal static class Es6Number
{
    internal const int MaxLength = 32;

    /// <summary>Writes a finite number and returns its length.</summary>
    internal static int Write(double value, Span<byte> target) => Encoding.ASCII.GetBytes(Format(value), target);

    internal static string Format(double value)
    {
        if (value == 0)
            return "0";
        // .NET gives the shortest digits that read back; only their layout differs.
        var (digits, point) = Split(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        return (value < 0 ? "-" : "") + Layout(digits, point);
    }

    // The value is 0.d1d2d3… × 10^point.
    private static (string Digits, int Point) Split(string text)
    {
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var power = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = mark < 0 ? text : text[..mark];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? mantissa.Length : dot) + power;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), point - leading);
    }

    private static string Layout(string digits, int point)
    {
        var count = digits.Length;
        if (count <= point && point <= 21)
            return digits.PadRight(point, '0');
        if (point is > 0 and <= 21)
            return $"{digits[..point]}.{digits[point..]}";
        if (point is > -6 and <= 0)
            return $"0.{new string('0', -point)}{digits}";
        var power = point - 1;
        var sign = power < 0 ? '-' : '+';
        return count == 1 ? $"{digits}e{sign}{Math.Abs(power)}" : $"{digits[..1]}.{digits[1..]}e{sign}{Math.Abs(power)}";
    }
}
