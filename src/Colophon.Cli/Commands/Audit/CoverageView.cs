using Colophon.Cli.Terminals;
using Colophon.Provenance.Coverage;

namespace Colophon.Cli.Commands.Audit;

/// <summary>Shows coverage as tables.</summary>
internal static class CoverageView
{
    private const int FilesByDefault = 60;
    private const int FolderDepth = 2;

    /// <summary>Prints the files (in a large project the folders), the sums and where they come from.</summary>
    public static void Write(Terminal terminal, CoverageReport report)
    {
        if (report.Files.Count > FilesByDefault)
            Folders(terminal, report, FolderDepth);
        else
            TotalsTable.Write(terminal, "file", [.. report.Files.Select(static f => (f.Path, f.Totals))], report.Project);
        Shares(terminal, "requirement", report.Requirements);
        Shares(terminal, "task", report.Tasks);
        Shares(terminal, "model", report.Models);
        Shares(terminal, "person", report.People);
        Unserved(terminal, report);
        if (report.Notes.Count > 0 || report.Files.Count > FilesByDefault)
            terminal.WriteLine();
        if (report.Files.Count > FilesByDefault)
            terminal.WriteLine(terminal.Paint(Style.Dim, $"{report.Files.Count} files; --by file shows each, --by folder --depth N looks deeper."));
        foreach (var note in report.Notes)
            terminal.WriteLine(terminal.Paint(Style.Dim, Terminal.Safe(note)));
    }

    /// <summary>Prints one table.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="report">The report.</param>
    /// <param name="by">What a row is: one of <see cref="Kinds"/>.</param>
    /// <param name="depth">How deep folders are told apart; null for the usual depth.</param>
    public static void Write(Terminal terminal, CoverageReport report, string by, int? depth)
    {
        switch (by)
        {
            case "folder":
                Folders(terminal, report, depth ?? FolderDepth);
                break;
            case "file":
                TotalsTable.Write(terminal, "file", [.. report.Files.Select(static f => (f.Path, f.Totals))], report.Project);
                break;
            case "requirement":
                Shares(terminal, by, report.Requirements);
                Unserved(terminal, report);
                break;
            default:
                Shares(terminal, by, by switch { "spec" => report.Specs, "change" => report.Changes, "task" => report.Tasks, "model" => report.Models, _ => report.People });
                break;
        }
    }

    /// <summary>What coverage can be told by.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["folder", "file", "spec", "requirement", "change", "task", "model", "person"];

    private static void Folders(Terminal terminal, CoverageReport report, int depth)
    {
        // Files beside folders would be missing from the sum: each folder's row counts all below it, and the root's row is the sum.
        var rows = report.Folders.Where(f => f.Depth > 0 && f.Depth <= depth).Select(static f => (f.Path + "/", f.Totals));
        TotalsTable.Write(terminal, "folder", [.. rows], report.Project);
    }

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
}
