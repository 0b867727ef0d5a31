using Colophon.Cli.Terminals;
using Colophon.Provenance.Coverage;

namespace Colophon.Cli.Commands.Audit;

/// <summary>Shows coverage as tables.</summary>
internal static class CoverageView
{
    private const int BarWidth = 20;

    /// <summary>Prints the files, the sums and where they come from.</summary>
    public static void Write(Terminal terminal, CoverageReport report)
    {
        var files = new Table("file", "lines", "model", "human", "unknown", "covered");
        foreach (var file in report.Files)
            Row(files, file.Path, file.Totals);
        Row(files, "all", report.Project);
        files.Write(terminal);
        Shares(terminal, "requirement", report.Requirements);
        Shares(terminal, "task", report.Tasks);
        Shares(terminal, "model", report.Models);
        Shares(terminal, "person", report.People);
        Unserved(terminal, report);
        if (report.Notes.Count > 0)
            terminal.WriteLine();
        foreach (var note in report.Notes)
            terminal.WriteLine(terminal.Paint(Style.Dim, Terminal.Safe(note)));
    }

    private static void Row(Table table, string name, LineTotals totals) => table.Add(
        (name, name == "all" ? Style.Bold : Style.Cyan),
        ($"{totals.Lines}", Style.Plain),
        ($"{totals.Model}", Style.Green),
        ($"{totals.Human}", Style.Plain),
        ($"{totals.Unknown}", totals.Unknown > 0 ? Style.Yellow : Style.Dim),
        ($"{Bar(totals)} {totals.BasisPoints / 10 / 10m,5:0.0} %", Style.Plain));

    private static void Shares(Terminal terminal, string title, IReadOnlyList<CoverageShare> shares)
    {
        if (shares.Count == 0)
            return;
        terminal.WriteLine();
        var table = new Table(title, "lines", "files", "");
        foreach (var share in shares)
            table.Add((share.Name, Style.Cyan), ($"{share.Lines}", Style.Plain), ($"{share.Files}", Style.Plain), (share.IsStale == true ? "stale: the text has changed since" : "", Style.Yellow));
        table.Write(terminal);
    }

    private static void Unserved(Terminal terminal, CoverageReport report)
    {
        if (report.WithoutCode is { Count: > 0 } missing)
        {
            terminal.WriteLine();
            terminal.WriteLine(terminal.Paint(Style.Dim, "requirements without code"));
            foreach (var requirement in missing)
                terminal.WriteLine(terminal.Paint(Style.Yellow, Terminal.Safe(requirement)));
        }

        if (report.WithoutRequirement.Count == 0)
            return;
        terminal.WriteLine();
        terminal.WriteLine($"{report.WithoutRequirement.Sum(static f => f.Lines)} lines in {report.WithoutRequirement.Count} files serve no requirement; a model wrote {report.WithoutRequirement.Sum(static f => f.Model)} of them.");
    }

    private static string Bar(LineTotals totals)
    {
        var filled = totals.Lines == 0 ? 0 : (int)Math.Round((double)totals.Model * BarWidth / totals.Lines);
        return new string('█', filled) + new string('░', BarWidth - filled);
    }
}
