using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Ordering;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary><c>view</c>: everything at a glance.</summary>
internal static class ViewCommand
{
    private const int Ruler = 60;
    private const int Bar = 20;

    internal static void Run(Session session)
    {
        var tree = RootSelection.Resolve(session);
        if (!Directory.Exists($"{tree.Root}/openspec"))
        {
            session.ErrorLine("No openspec directory found");
            session.ExitCode = 1;
            return;
        }

        ConfigWarnings.Repeat(session, tree, Listing.Read(tree.ChangesPath).Where(static entry => entry.Kind == EntryKind.Directory && entry.Name != "archive").Select(entry => $"{tree.ChangesPath}/{entry.Name}"));
        var changes = Changes(tree);
        var drafts = changes.FindAll(static change => change.All == 0);
        var completed = changes.FindAll(static change => change.All > 0 && change.Done == change.All);
        var active = changes.FindAll(static change => change.Done < change.All).OrderBy(static change => (double)change.Done / change.All).ToList();
        var specs = SpecFiles.Find(tree.SpecsPath).Count == 0 ? [] : SpecListing.Read(tree).OrderBy(static spec => spec.Id, StringComparer.Ordinal).ToList();
        session.Line(session.Paint(Color.Bold, "\nOpenSpec Dashboard\n"));
        session.Line(new string('═', Ruler));
        Summary(session, drafts.Count, active, completed.Count, specs);
        Section(session, "Draft Changes", Color.Gray, drafts.Select(change => $"{session.Paint(Color.Gray, "○")} {change.Name}"));
        Section(session, "Active Changes", Color.Cyan, active.Select(change =>
            $"{session.Paint(Color.Yellow, "◉")} {session.Paint(Color.Bold, change.Name.PadRight(30))} {Progress(session, change.Done, change.All)} {session.Paint(Color.Dim, $"{Round(100.0 * change.Done / change.All)}%")}"));
        Section(session, "Completed Changes", Color.Green, completed.Select(change => $"{session.Paint(Color.Green, "✓")} {change.Name}"));
        Section(session, "Specifications", Color.Blue, specs.OrderByDescending(static spec => spec.Requirements).Select(spec =>
            $"{session.Paint(Color.Blue, "▪")} {session.Paint(Color.Bold, spec.Id.PadRight(30))} {session.Paint(Color.Dim, $"{spec.Requirements} {(spec.Requirements == 1 ? "requirement" : "requirements")}")}"));
        session.Line("\n" + new string('═', Ruler));
        session.Line(session.Paint(Color.Dim, $"\nUse {session.Paint(Color.White, "openspec list --changes")} or {session.Paint(Color.White, "openspec list --specs")} for detailed views"));
    }

    private static List<(string Name, int Done, int All)> Changes(SpecTree tree)
    {
        var schemas = new SchemaLibrary(tree.Root);
        var changes = new List<(string Name, int Done, int All)>();
        foreach (var (name, kind) in Listing.Read(tree.ChangesPath))
        {
            if (kind != EntryKind.Directory || name == "archive")
                continue;
            var (done, all) = TaskFiles.Progress($"{tree.ChangesPath}/{name}", schemas);
            changes.Add((name, done, all));
        }

        changes.Sort(static (a, b) => RootOrder.Compare(a.Name, b.Name));
        return changes;
    }

    private static void Summary(Session session, int drafts, List<(string Name, int Done, int All)> active, int completed, List<(string Id, int Requirements)> specs)
    {
        string Bold(string text) => session.Paint(Color.Bold, text);
        session.Line(Bold("Summary:"));
        session.Line($"  {session.Paint(Color.Cyan, "●")} Specifications: {Bold($"{specs.Count}")} specs, {Bold($"{specs.Sum(static spec => spec.Requirements)}")} requirements");
        if (drafts > 0)
            session.Line($"  {session.Paint(Color.Gray, "●")} Draft Changes: {Bold($"{drafts}")}");
        session.Line($"  {session.Paint(Color.Yellow, "●")} Active Changes: {Bold($"{active.Count}")} in progress");
        session.Line($"  {session.Paint(Color.Green, "●")} Completed Changes: {Bold($"{completed}")}");
        var (done, all) = (active.Sum(static change => change.Done), active.Sum(static change => change.All));
        if (all > 0)
            session.Line($"  {session.Paint(Color.Magenta, "●")} Task Progress: {Bold($"{done}/{all}")} ({Round(100.0 * done / all)}% complete)");
    }

    private static void Section(Session session, string title, Color color, IEnumerable<string> lines)
    {
        var first = true;
        foreach (var line in lines)
        {
            if (first)
            {
                session.Line(session.Paint(Color.Bold, session.Paint(color, $"\n{title}")));
                session.Line(new string('─', Ruler));
            }

            first = false;
            session.Line($"  {line}");
        }
    }

    private static string Progress(Session session, int done, int all)
    {
        var filled = (int)Round((double)done / all * Bar);
        return $"[{session.Paint(Color.Green, new string('█', filled))}{session.Paint(Color.Dim, new string('░', Bar - filled))}]";
    }

    /// <summary>Half up, as the CLI's platform rounds.</summary>
    private static long Round(double value) => (long)Math.Floor(value + 0.5);
}
