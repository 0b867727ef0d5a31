using Colophon.Cli.Terminals;
using Colophon.Provenance.Attribution;
using Colophon.Provenance.Coverage;

namespace Colophon.Cli.Commands.Audit;

/// <summary>Shows who wrote the lines of a file.</summary>
internal static class BlameView
{
    /// <summary>Prints each run, and its lines where their text is given.</summary>
    public static void Write(Terminal terminal, FileBlame blame, string? text)
    {
        var lines = text?.Split('\n');
        var width = $"{blame.Lines}".Length;
        foreach (var run in blame.Runs)
        {
            var last = run.Start + run.Count - 1;
            var place = run.Count == 1 ? $"{run.Start}" : $"{run.Start}-{last}";
            terminal.WriteLine($"{terminal.Paint(Style.Bold, place)}  {Owner(terminal, run)}");
            for (var i = run.Start; lines is not null && i <= last && i <= lines.Length; i++)
                terminal.WriteLine($"  {terminal.Paint(Style.Dim, $"{i}".PadLeft(width))}  {Terminal.Safe(lines[i - 1].TrimEnd('\r'))}");
        }

        if (blame.Lines == 0)
            terminal.WriteLine("The file is empty.");
    }

    private static string Owner(Terminal terminal, BlameRun run)
    {
        var facts = new List<string> { terminal.Paint(ColorOf(run.Kind), run.Kind.ToString().ToLowerInvariant()) };
        if (run.Source is { } source)
        {
            facts.Add(Terminal.Safe($"{source.Change}{(source.Task is { } task ? $" {task}" : "")}"));
            foreach (var requirement in source.Requirements)
                facts.Add(Terminal.Safe(requirement) + (run.Stale.Contains(requirement) ? terminal.Paint(Style.Yellow, " (stale)") : ""));
            if (source.Model is { } model)
                facts.Add(Terminal.Safe(model));
        }

        if (run.Cause is { } cause)
            facts.Add(Terminal.Safe(cause.Text));
        if (run.PersonText is { } person)
            facts.Add(Terminal.Safe(person));
        if (run.When is { } when)
            facts.Add(when.UtcDateTime.ToString("yyyy-MM-dd HH:mm"));
        if (run.Entry is { } entry)
            facts.Add(terminal.Paint(Style.Cyan, $"entry {entry[..Math.Min(12, entry.Length)]}"));
        else if (run.Commit is { } commit)
            facts.Add(terminal.Paint(Style.Dim, $"commit {commit[..Math.Min(12, commit.Length)]}"));
        else if (run.Kind == OwnerKind.Human)
            facts.Add(terminal.Paint(Style.Dim, "not committed"));
        if (run.Overrides is { } overridden)
            facts.Add(terminal.Paint(Style.Dim, $"in place of {overridden[..Math.Min(12, overridden.Length)]}"));
        return string.Join("  ", facts);
    }

    private static Style ColorOf(OwnerKind kind) => kind switch
    {
        OwnerKind.Model => Style.Green,
        OwnerKind.Unknown => Style.Yellow,
        _ => Style.Plain,
    };
}
