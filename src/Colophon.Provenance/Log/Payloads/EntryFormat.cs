using System.Buffers;
using System.Globalization;

namespace Colophon.Provenance.Log;

/// <summary>The names and forms that the format fixes.</summary>
internal static class EntryFormat
{
    internal const string PayloadType = "application/vnd.in-toto+json";
    internal const string StatementType = "https://in-toto.io/Statement/v1";
    internal const string PredicateType = "urn:colophon:audit-entry:v1";
    internal const int LongestName = 128;
    internal const int IdBytes = 16;

    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> s_name = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-");

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    internal static bool TryTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>Whether a text can be the name of a change or stream: it becomes a folder.</summary>
    internal static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= LongestName && text[0] is not ('.' or '-') && !text.ContainsAnyExcept(s_name);

    internal static bool IsHex(string text, int bytes) => text.Length == bytes * 2 && !text.AsSpan().ContainsAnyExcept(s_hex);
}
