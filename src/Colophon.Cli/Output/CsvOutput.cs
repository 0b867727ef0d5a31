using System.Buffers;
using System.Text;

namespace Colophon.Cli.Output;

/// <summary>
/// Rows as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe in front: what a model or a stranger wrote must not compute on somebody's
/// desk.
/// </summary>
internal static class CsvOutput
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n\t;'");

    /// <summary>A row with its line end.</summary>
    public static string Row(params IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string text)
    {
        // Spreadsheets skip white space, control characters and quotes before they look, and some take a tab or a line end itself for a beginning.
        var begins = text.AsSpan();
        while (begins.Length > 0 && (char.IsWhiteSpace(begins[0]) || char.IsControl(begins[0]) || begins[0] is '"' or '\'' or '\ufeff'))
            begins = begins[1..];
        var computes = begins.Length > 0 && "=+-@|%\uff1d\uff0b\uff0d\uff20".Contains(begins[0], StringComparison.Ordinal);
        var safe = computes || text is ['\t' or '\r' or '\n', ..] ? "'" + text : text;
        if (!safe.AsSpan().ContainsAny(Quoted))
            return safe;
        return new StringBuilder(safe.Length + 8).Append('"').Append(safe.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').ToString();
    }
}
