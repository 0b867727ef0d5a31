using System.Globalization;
using Colophon.Cli.Errors;

namespace Colophon.Cli.Commands.Audit;

/// <summary>Understands a moment as people type it.</summary>
internal static class Moment
{
    /// <summary>What is understood, for hints.</summary>
    public const string Forms = "Give a date (2025-01-31), a date and time (2025-01-31T12:00, 2025-01-31 12:00:30; UTC unless Z or +02:00 follows), now, today, yesterday, or a span back from now (90m, 12h, 7d, 4w, 6mo, 1y, \"2 weeks\").";

    /// <summary>What is understood where a moment to come is asked for.</summary>
    public const string FormsAhead = "Give a date (2025-01-31), a date and time (2025-01-31T12:00, 2025-01-31 12:00:30; UTC unless Z or +02:00 follows), or a span from now (12h, 7d, 4w, 6mo, 1y, \"2 years\").";

    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd",
        .. from middle in (string[])["'T'", "' '"]
           from time in (string[])["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"]
           from zone in (string[])["", "K"]
           select $"yyyy-MM-dd{middle}{time}{zone}",
    ];

    /// <summary>Reads a moment; days begin at midnight UTC.</summary>
    /// <exception cref="CliException"><see cref="CliError.OptionValue"/>: it is none of <see cref="Forms"/>, or lies before the first year.</exception>
    public static DateTimeOffset Parse(string option, string text, TimeProvider time) => Parse(option, text, time, isAhead: false);

    /// <summary>Reads a moment to come: a span counts from now on.</summary>
    /// <exception cref="CliException"><see cref="CliError.OptionValue"/>: it is none of <see cref="FormsAhead"/>.</exception>
    public static DateTimeOffset ParseAhead(string option, string text, TimeProvider time) => Parse(option, text, time, isAhead: true);

    private static DateTimeOffset Parse(string option, string text, TimeProvider time, bool isAhead)
    {
        var now = time.GetUtcNow();
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var words = text.Trim().ToLowerInvariant();
        try
        {
            return words switch
            {
                "now" => now,
                "today" => today,
                "yesterday" => today.AddDays(-1),
                _ => Span(words, now, isAhead ? 1 : -1) ?? (DateTimeOffset.TryParseExact(text.Trim(), s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : throw Fault(option, text, isAhead)),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Fault(option, text, isAhead);
        }
    }

    // 7d, 7 d, 2 weeks, 2 weeks ago.
    private static DateTimeOffset? Span(string words, DateTimeOffset now, int sign)
    {
        var digits = words.TakeWhile(char.IsAsciiDigit).Count();
        if (digits == 0 || !int.TryParse(words.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        var unit = words[digits..].Trim();
        if (unit.EndsWith(" ago", StringComparison.Ordinal))
            (unit, sign) = (unit[..^4].TrimEnd(), -1);
        return unit switch
        {
            "m" or "min" or "mins" or "minute" or "minutes" => now.AddMinutes((double)sign * count),
            "h" or "hour" or "hours" => now.AddHours((double)sign * count),
            "d" or "day" or "days" => now.AddDays((double)sign * count),
            "w" or "week" or "weeks" => now.AddDays(7.0 * sign * count),
            "mo" or "month" or "months" => now.AddMonths(sign * count),
            "y" or "year" or "years" => now.AddYears(sign * count),
            _ => null,
        };
    }

    private static CliException Fault(string option, string text, bool isAhead) => new(CliError.OptionValue, $"'{text}' is no moment for {option}.", isAhead ? FormsAhead : Forms);
}
