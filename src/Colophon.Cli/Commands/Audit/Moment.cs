using System.Globalization;
using Colophon.Cli.Errors;

namespace Colophon.Cli.Commands.Audit;

/// <summary>Understands a moment as people type it.</summary>
internal static class Moment
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.fff", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fffK"];

    /// <summary>A date, a date and time (UTC where it names no offset), or a span back from now such as <c>90m</c>, <c>12h</c>, <c>7d</c>, <c>4w</c>.</summary>
    /// <exception cref="CliException"><see cref="CliError.OptionValue"/>.</exception>
    public static DateTimeOffset Parse(string option, string text, TimeProvider time)
    {
        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            TimeSpan? span = text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' when count < 400_000 => TimeSpan.FromDays(count),
                'w' when count < 50_000 => TimeSpan.FromDays(7.0 * count),
                _ => null,
            };
            if (span is { } back)
                return time.GetUtcNow() - back;
        }

        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new CliException(CliError.OptionValue, $"'{text}' is no moment for {option}.", "Give a date such as 2025-01-31, a time such as 2025-01-31T12:00Z, or a span such as 7d or 12h.");
    }
}
