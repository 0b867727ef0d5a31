using System.Globalization;

namespace Colophon.Kernel.Configuration.Toml;

/// <summary>Dates and times of TOML 1.0, which are those of RFC 3339 with parts left out.</summary>
internal static class TomlTimes
{
    private const int DateLength = 10;

    /// <summary>The date or time, or null where the token is none.</summary>
    public static TomlValue.Time? TryRead(ReadOnlySpan<char> token, TomlPosition position)
    {
        if (token.Length >= 8 && token[2] == ':')
            return TimeLength(token) == token.Length ? new TomlValue.Time(TomlTimeKind.LocalTime, token.ToString(), position) : null;
        if (token.Length < DateLength || !IsDate(token[..DateLength]))
            return null;
        if (token.Length == DateLength)
            return new TomlValue.Time(TomlTimeKind.LocalDate, token.ToString(), position);
        if (token[DateLength] is not ('T' or 't' or ' '))
            return null;
        var time = token[(DateLength + 1)..];
        var length = TimeLength(time);
        if (length == 0)
            return null;
        var offset = time[length..];
        var text = $"{token[..DateLength]}T{time[..length]}";
        if (offset.IsEmpty)
            return new TomlValue.Time(TomlTimeKind.LocalDateTime, text, position);
        if (offset is "Z" or "z")
            return new TomlValue.Time(TomlTimeKind.OffsetDateTime, text + "Z", position);
        return IsOffset(offset) ? new TomlValue.Time(TomlTimeKind.OffsetDateTime, text + offset.ToString(), position) : null;
    }

    private static bool IsDate(ReadOnlySpan<char> date) =>
        date[4] == '-' && date[7] == '-'
        && Number(date[..4], 0, 9999) is { } year && Number(date[5..7], 1, 12) is { } month
        && Number(date[8..], 1, DateTime.DaysInMonth(year == 0 ? 4 : year, month)) is not null;

    /// <summary>How much of the text is a time of day with optional fraction; zero where none is.</summary>
    private static int TimeLength(ReadOnlySpan<char> time)
    {
        if (time.Length < 8 || time[2] != ':' || time[5] != ':'
            || Number(time[..2], 0, 23) is null || Number(time[3..5], 0, 59) is null || Number(time[6..8], 0, 60) is null)
        {
            return 0;
        }

        if (time.Length == 8 || time[8] != '.')
            return 8;
        var length = 9;
        while (length < time.Length && char.IsAsciiDigit(time[length]))
            length++;
        return length == 9 ? 0 : length;
    }

    private static bool IsOffset(ReadOnlySpan<char> offset) =>
        offset.Length == 6 && offset[0] is '+' or '-' && offset[3] == ':' && Number(offset[1..3], 0, 23) is not null && Number(offset[4..], 0, 59) is not null;

    private static int? Number(ReadOnlySpan<char> digits, int least, int most) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;
}
