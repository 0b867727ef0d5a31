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
        // Spreadsheets skip white space and control characters before they look.
        var begins = text.AsSpan().TrimStart("\t\r\n ");
        var safe = begins.Length > 0 && "=+-@|%\uff1d\uff0b\uff0d\uff20".Contains(begins[0], StringComparison.Ordinal) ? "'" + text : text;
        if (!safe.AsSpan().ContainsAny(Quoted))
            return safe;
        return new StringBuilder(safe.Length + 8).Append('"').Append(safe.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').ToString();
    }
}
