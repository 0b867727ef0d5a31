using System.Text;

namespace Colophon.Provenance.Coverage;

/// <summary>The report as a summary in GitHub's Markdown, for a pull request or a build's page. Nothing that came from the project is markup in it.</summary>
public static class CoverageMarkdown
{
    private const int MostFiles = 25;
    private const int FolderDepth = 2;
    private const int MostNames = 50;

    /// <summary>Writes the summary.</summary>
    public static void Write(CoverageReport report, TextWriter writer)
    {
        writer.Write("## Specification coverage\n\n");
        writer.Write($"**{Percent(report.Project)}** of {report.Project.Lines:N0} lines were written by a model for a specified task and accepted by a person");
        writer.Write(report.Commit is { } commit ? $", at {commit[..Math.Min(12, commit.Length)]}.\n\n" : ".\n\n");
        writer.Write("| lines | model | human | unknown |\n| ---: | ---: | ---: | ---: |\n");
        writer.Write($"| {report.Project.Lines:N0} | {report.Project.Model:N0} | {report.Project.Human:N0} | {report.Project.Unknown:N0} |\n");
        Shares(writer, "Requirement", report.Requirements);
        Names(writer, "Requirements whose text has changed since their code was written", [.. report.Requirements.Where(static r => r.IsStale == true).Select(static r => r.Name)]);
        Names(writer, "Requirements without code", report.WithoutCode ?? []);
        Shares(writer, "Model", report.Models);
        Shares(writer, "Person", report.People);
        Folders(writer, report);
        Files(writer, report);
        foreach (var note in report.Notes)
            writer.Write($"\n<sub>{Text(note)}</sub>\n");
    }

    private static void Shares(TextWriter writer, string title, IReadOnlyList<CoverageShare> shares)
    {
        if (shares.Count == 0)
            return;
        writer.Write($"\n| {title} | lines | files |\n| --- | ---: | ---: |\n");
        foreach (var share in shares.Take(MostNames))
            writer.Write($"| {Text(share.Name)}{(share.IsStale == true ? " (stale)" : "")} | {share.Lines:N0} | {share.Files:N0} |\n");
        if (shares.Count > MostNames)
            writer.Write($"| … and {shares.Count - MostNames} more | | |\n");
    }

    private static void Names(TextWriter writer, string title, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return;
        writer.Write($"\n**{title}** ({names.Count}):\n\n");
        foreach (var name in names.Take(MostNames))
            writer.Write($"- {Text(name)}\n");
        if (names.Count > MostNames)
            writer.Write($"- … and {names.Count - MostNames} more\n");
    }

    private static void Folders(TextWriter writer, CoverageReport report)
    {
        var folders = report.Folders.Where(static f => f.Depth is > 0 and <= FolderDepth).ToArray();
        if (folders.Length == 0)
            return;
        writer.Write("\n| Folder | files | lines | model | covered |\n| --- | ---: | ---: | ---: | ---: |\n");
        foreach (var folder in folders.Take(MostFiles))
            writer.Write($"| {Text(folder.Path)} | {folder.Files:N0} | {folder.Totals.Lines:N0} | {folder.Totals.Model:N0} | {Percent(folder.Totals)} |\n");
        if (folders.Length > MostFiles)
            writer.Write($"| … and {folders.Length - MostFiles} more | | | | |\n");
    }

    private static void Files(TextWriter writer, CoverageReport report)
    {
        if (report.Files.Count == 0)
            return;
        writer.Write($"\n<details><summary>{report.Files.Count} files</summary>\n\n| file | lines | model | human | unknown | covered |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var file in report.Files.OrderByDescending(static f => f.Totals.Lines).ThenBy(static f => f.Path, StringComparer.Ordinal).Take(MostFiles))
            writer.Write($"| {Text(file.Path)} | {file.Totals.Lines:N0} | {file.Totals.Model:N0} | {file.Totals.Human:N0} | {file.Totals.Unknown:N0} | {Percent(file.Totals)} |\n");
        if (report.Files.Count > MostFiles)
            writer.Write($"| … and {report.Files.Count - MostFiles} smaller ones | | | | | |\n");
        writer.Write("\n</details>\n");
    }

    private static string Percent(LineTotals totals) => $"{totals.BasisPoints / 100}.{totals.BasisPoints % 100:D2} %";

    // Every character that could begin markup becomes a reference, and marks that turn the direction of reading are shown; what is left is only text.
    private static string Text(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsControl(c))
                safe.Append(' ');
            else if (c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f')
                safe.Append('\ufffd');
            else if (@"\`*_{}[]<>()#|&!~@".Contains(c, StringComparison.Ordinal))
                safe.Append($"&#{(int)c};");
            else
                safe.Append(c);
        }

        return safe.ToString();
    }
}
