using Colophon.Cli.Terminals;
using Colophon.Specs;
using Colophon.Specs.Checking;

namespace Colophon.Cli.Commands.Specs.Findings;

/// <summary>Findings for people: <c>file:line:column</c>, which editors and terminals open with a click.</summary>
internal static class FindingText
{
    /// <summary>Prints a report.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="report">What.</param>
    /// <param name="root">The tree's root.</param>
    /// <param name="directory">Where the user stands: paths are relative to it.</param>
    public static void Write(Terminal terminal, CheckReport report, string root, string directory)
    {
        foreach (var item in report.Items)
        {
            var verdict = item.Valid ? terminal.Paint(Style.Green, "valid") : terminal.Paint(Style.Red, "invalid");
            terminal.WriteLine($"{KindOf(item.Kind)} {terminal.Paint(Style.Cyan, Terminal.OneLine(item.Id))}: {verdict}");
            foreach (var finding in item.Findings)
                Write(terminal, finding, root, directory);
        }

        terminal.WriteLine(Summary(report));
    }

    /// <summary>The word for an item.</summary>
    public static string KindOf(ItemKind kind) => kind == ItemKind.Change ? "change" : "spec";

    /// <summary>The word for a level.</summary>
    public static string LevelOf(IssueLevel level) => level switch { IssueLevel.Error => "error", IssueLevel.Warning => "warning", _ => "info" };

    /// <summary>Prints one finding.</summary>
    public static void Write(Terminal terminal, SpecFinding finding, string root, string directory)
    {
        var style = finding.Level switch { IssueLevel.Error => Style.Red, IssueLevel.Warning => Style.Yellow, _ => Style.Dim };
        terminal.WriteLine(
            $"  {Terminal.OneLine(Relative(finding.Path, root, directory))}:{finding.Line}:{finding.Column}: "
            + $"{terminal.Paint(style, $"{LevelOf(finding.Level)} {finding.Code}:")} {Terminal.OneLine(finding.Message)}");
        foreach (var place in finding.Related)
            terminal.WriteLine($"    {Terminal.OneLine(Relative(place.Path, root, directory))}:{place.Line}:1: {Terminal.OneLine(place.Message)}");
        terminal.WriteLine($"    {terminal.Paint(Style.Cyan, "hint:")} {Terminal.OneLine(finding.Hint)}{(finding.Fix is null ? "" : " (--fix does)")}");
    }

    /// <summary>A path of the tree as somebody in a folder types it.</summary>
    public static string Relative(string path, string root, string directory)
    {
        var relative = Path.GetRelativePath(directory, Path.Combine(root, path));
        return relative.Replace('\\', '/');
    }

    private static string Summary(CheckReport report)
    {
        var invalid = report.Items.Count(static item => !item.Valid);
        var fixable = report.Items.Sum(static item => item.Findings.Count(static finding => finding.Fix is not null));
        return $"{report.Items.Count - invalid} valid, {invalid} invalid{(fixable == 0 ? "" : $"; `--fix` mends {fixable}")}";
    }
}
