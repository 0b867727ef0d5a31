namespace Colophon.Cli.Terminals;

/// <summary>A table that fits the terminal, and is never cut where none reads it: columns are as wide as their content; those to the right give way first, then the widest.</summary>
internal sealed class Table(params string[] headings)
{
    private const int Gap = 2;
    private const int Narrowest = 6;
    private const int ShortEnough = 19;

    private readonly List<(string Text, Style Style)[]> _rows = [];

    /// <summary>Adds a row of plain cells.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(static cell => (Clean(cell), Style.Plain))]);

    /// <summary>Adds a row of cells, each with its style.</summary>
    public void Add(params (string Text, Style Style)[] cells) => _rows.Add([.. cells.Select(static cell => (Clean(cell.Text), cell.Style))]);

    /// <summary>Prints it.</summary>
    public void Write(Terminal terminal)
    {
        var widths = Fit(terminal.Columns);
        WriteRow(terminal, [.. headings.Select(static h => (h, Style.Dim))], widths);
        foreach (var row in _rows)
            WriteRow(terminal, row, widths);
    }

    private int[] Fit(int width)
    {
        var widths = headings.Select((heading, i) => _rows.Select(row => DisplayWidth.Of(row[i].Text)).Append(DisplayWidth.Of(heading)).Max()).ToArray();
        while (widths.Sum() + (Gap * (widths.Length - 1)) > width)
        {
            // Names and moments stand on the left and say nothing when cut; lists stand on the right.
            var wide = Array.FindLastIndex(widths, static w => w > ShortEnough);
            var chosen = wide >= 0 ? wide : Array.FindLastIndex(widths, static w => w > Narrowest);
            if (chosen < 0)
                break;
            widths[chosen]--;
        }

        return widths;
    }

    private static void WriteRow(Terminal terminal, (string Text, Style Style)[] cells, int[] widths)
    {
        // Nothing is gained by blanks at a line's end.
        var end = Math.Max(0, Array.FindLastIndex(cells, static cell => cell.Text.Length > 0));
        for (var i = 0; i <= end; i++)
        {
            var text = Wrapping.Cut(cells[i].Text, widths[i]);
            var last = i == end;
            terminal.Write(terminal.Paint(cells[i].Style, text) + (last ? "" : new string(' ', widths[i] - DisplayWidth.Of(text) + Gap)));
        }

        terminal.WriteLine();
    }

    private static string Clean(string text) => Terminal.Safe(text).Replace('\n', ' ').Replace('\t', ' ');
}
