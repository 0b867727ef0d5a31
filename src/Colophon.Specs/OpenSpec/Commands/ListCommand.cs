using System.Globalization;
using Colophon.Specs.Json;
using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Workflow;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary><c>list</c>: changes or, with <c>--specs</c>, main specs.</summary>
internal static class ListCommand
{
    internal static void Run(Session session)
    {
        var specs = session.Command.Has("--specs");
        try
        {
            // Trees from before config.yaml have a project.md instead.
            var tree = RootSelection.Resolve(session, allowImplicit: Path.Exists($"{session.Directory}/openspec/project.md"));
            if (!specs)
                ConfigWarnings.Repeat(session, tree, Listing.Read(tree.ChangesPath).Where(static entry => entry.Kind == EntryKind.Directory && entry.Name != "archive").Select(entry => $"{tree.ChangesPath}/{entry.Name}"));
            var byName = session.Command.Value("--sort") == "name";
            if (session.Json && specs)
                session.Write(output => ListJson.WriteSpecs(tree, output));
            else if (session.Json)
                session.Write(output => ListJson.WriteChanges(tree, output, byName));
            else if (specs)
                WriteSpecs(session, SpecListing.Read(tree));
            else
                WriteChanges(session, ChangeListing.Read(tree, byName));
        }
        catch (Exception e) when (session.Json && e is OpenSpecFailure or SpecException)
        {
            session.FailJson(OpenSpecFailure.From(e), "list_error", json =>
            {
                json.Texts(specs ? "specs" : "changes", []);
                json.Null("root");
            });
        }
    }

    private static void WriteSpecs(Session session, List<(string Id, int Requirements)> specs)
    {
        if (specs.Count == 0)
        {
            session.Line("No specs found.");
            return;
        }

        session.Line("Specs:");
        var width = specs.Max(static spec => spec.Id.Length);
        foreach (var (id, requirements) in specs)
            session.Line($"  {id.PadRight(width)}     requirements {requirements}");
    }

    private static void WriteChanges(Session session, List<ListedChange> changes)
    {
        if (changes.Count == 0)
        {
            session.Line("No active changes found.");
            return;
        }

        session.Line("Changes:");
        var width = changes.Max(static change => change.Name.Length);
        foreach (var change in changes)
        {
            var status = change.Nested is null ? change.Status : "not a change";
            session.Line($"  {change.Name.PadRight(width)}     {status.PadRight(12)}  {Age(change.Modified, session.Host.Time)}");
        }

        foreach (var change in changes.OrderBy(static change => change.Name, StringComparer.Ordinal))
        {
            if (change.Nested is { } nested)
                session.Line($"\nWarning: {nested.Describe()}");
        }
    }

    /// <summary>How long ago, and beyond thirty days the date as en-US writes it.</summary>
    private static string Age(DateTimeOffset modified, TimeProvider time)
    {
        var age = time.GetUtcNow() - modified;
        var days = (long)Math.Floor(age.TotalDays);
        if (days > 30)
            return TimeZoneInfo.ConvertTime(modified, time.LocalTimeZone).ToString("M/d/yyyy", CultureInfo.InvariantCulture);
        return days > 0 ? $"{days}d ago"
            : age.TotalHours >= 1 ? $"{(long)age.TotalHours}h ago"
            : age.TotalMinutes >= 1 ? $"{(long)age.TotalMinutes}m ago"
            : "just now";
    }
}
