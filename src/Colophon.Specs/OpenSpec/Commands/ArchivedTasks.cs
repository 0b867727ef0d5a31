using System.Diagnostics;
using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;
using Colophon.Specs.Validating;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary>Whether the changes in the archive have all their boxes ticked.</summary>
internal static class ArchivedTasks
{
    internal static ValidationReport Check(SpecTree tree, IReadOnlyList<string> ids)
    {
        var schemas = new SchemaLibrary(tree.Root);
        var items = new List<ValidationItem>(ids.Count);
        foreach (var id in ids)
        {
            var start = Stopwatch.GetTimestamp();
            var issues = new Issues();
            Check(tree, id, schemas, issues);
            items.Add(new ValidationItem
            {
                Id = id,
                Kind = ItemKind.Change,
                Valid = issues.Count == 0,
                Issues = issues.Found,
                DurationMilliseconds = (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds,
            });
        }

        return new ValidationReport(items, [ItemKind.Change]);
    }

    private static void Check(SpecTree tree, string id, SchemaLibrary schemas, Issues issues)
    {
        var directory = $"{tree.ArchivePath}/{id}";
        var tracked = TaskFiles.Tracked(directory, schemas.For(ChangeMetadata.Read(directory)).Schema);
        var (done, all) = (0, 0);
        foreach (var path in tracked.Count > 0 ? tracked : ["tasks.md"])
        {
            var file = FileText.Read($"{directory}/{path}");
            if (file.Text is { } text)
            {
                var count = TaskReader.Count(text);
                (done, all) = (done + count.Done, all + count.All);
            }
            else if (!file.Missing)
            {
                issues.Error($"openspec/changes/archive/{id}/{path}", "tasks-unreadable", "could not read task file");
            }
        }

        if (all > done)
            issues.Error("tasks.md", "tasks-incomplete", $"{all - done} incomplete task{(all - done == 1 ? "" : "s")} ({done}/{all} completed)");
    }
}
