using Colophon.Cli.Terminals;
using Colophon.Provenance.Coverage;

namespace Colophon.Cli.Commands.Audit;

/// <summary>Lines by who wrote them, a row a file or folder. Where the terminal is narrow the bar gives way, then the name's beginning, then the counts; never the share.</summary>
internal static class TotalsTable
{
    private const int Widest = 20;
    private const int Narrowest = 6;
    private const int ShortestName = 16;
    private const int Share = 7;
    private const int Gap = 2;

    /// <summary>Prints the rows and their sum.</summary>
    public static void Write(Terminal terminal, string heading, IReadOnlyList<(string Name, LineTotals Totals)> rows, LineTotals all)
    {
        var counts = CountColumns(all);
        var name = rows.Select(static r => DisplayWidth.Of(Terminal.Safe(r.Name))).Append(heading.Length).Append(3).Max();
        var room = terminal.Columns - counts - Share - Gap;
        var isWide = room >= ShortestName;
        room = isWide ? room : terminal.Columns - Share - Gap;
        var bar = Math.Min(Widest, room - Math.Max(name, ShortestName) - 1);
        bar = bar < Narrowest ? Math.Min(Narrowest, room - 2 * ShortestName - 1) : bar;
        bar = bar < Narrowest ? 0 : bar;
        var widest = Math.Max(4, room - (bar > 0 ? bar + 1 : 0));
        var table = isWide ? new Table(heading, "lines", "model", "human", "unknown", "covered") : new Table(heading, "covered");
        // The end of a path says more than its beginning.
        foreach (var (path, totals) in rows)
            Add(table, (Wrapping.CutBeginning(Terminal.Safe(path), widest), Style.Cyan), totals, isWide, bar);
        Add(table, ("all", Style.Bold), all, isWide, bar);
        table.Write(terminal);
    }

    private static int CountColumns(LineTotals all) =>
        Math.Max(5, Digits(all.Lines)) + Math.Max(5, Digits(all.Model)) + Math.Max(5, Digits(all.Human)) + Math.Max(7, Digits(all.Unknown)) + (4 * Gap);

    private static void Add(Table table, (string Text, Style Style) name, LineTotals totals, bool isWide, int bar)
    {
        var share = ((bar > 0 ? Bar(totals, bar) + " " : "") + $"{totals.BasisPoints / 10 / 10m,5:0.0} %", Style.Plain);
        if (!isWide)
        {
            table.Add(name, share);
            return;
        }

        table.Add(name, ($"{totals.Lines}", Style.Plain), ($"{totals.Model}", Style.Green), ($"{totals.Human}", Style.Plain), ($"{totals.Unknown}", totals.Unknown > 0 ? Style.Yellow : Style.Dim), share);
    }

    private static int Digits(long number) => $"{number}".Length;

    private static string Bar(LineTotals totals, int width)
    {
        var filled = totals.Lines == 0 ? 0 : (int)Math.Round((double)totals.Model * width / totals.Lines);
        return new string('█', filled) + new string('░', width - filled);
    }
}
