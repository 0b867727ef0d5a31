using System.Globalization;
using Colophon.Cli.Errors;

namespace Colophon.Cli.Commands.Audit;

/// <summary>Understands a moment as people type it.</summary>
internal static class Moment
{
    /// <summary>What is understood, for hints.</summary>
    public const string Forms = "Give a date (2025-01-31), a date and time (2025-01-31T12:00, 2025-01-31 12:00:30; UTC unless Z or +02:00 follows), now, today, yesterday, or a span back from now (90m, 12h, 7d, 4w, 6mo, 1y, \"2 weeks\").";

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
    public static DateTimeOffset Parse(string option, string text, TimeProvider time)
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
                _ => Back(words, now) ?? (DateTimeOffset.TryParseExact(text.Trim(), s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : throw Fault(option, text)),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Fault(option, text);
        }
    }

    // 7d, 7 d, 2 weeks, 2 weeks ago.
    private static DateTimeOffset? Back(string words, DateTimeOffset now)
    {
        var digits = words.TakeWhile(char.IsAsciiDigit).Count();
        if (digits == 0 || !int.TryParse(words.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        var unit = words[digits..].Trim();
        unit = unit.EndsWith(" ago", StringComparison.Ordinal) ? unit[..^4].TrimEnd() : unit;
        return unit switch
        {
            "m" or "min" or "mins" or "minute" or "minutes" => now.AddMinutes(-(double)count),
            "h" or "hour" or "hours" => now.AddHours(-(double)count),
            "d" or "day" or "days" => now.AddDays(-(double)count),
            "w" or "week" or "weeks" => now.AddDays(-7.0 * count),
            "mo" or "month" or "months" => now.AddMonths(-count),
            "y" or "year" or "years" => now.AddYears(-count),
            _ => null,
        };
    }

    private static CliException Fault(string option, string text) => new(CliError.OptionValue, $"'{text}' is no moment for {option}.", Forms);
}
