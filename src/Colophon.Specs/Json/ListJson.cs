using System.Buffers;
using System.Globalization;
using Colophon.Specs.Layout;
using Colophon.Specs.Ordering;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.Json;

/// <summary>The answers of <c>list</c>.</summary>
internal static class ListJson
{
    private sealed record Listed(string Name, int Done, int All, DateTimeOffset Modified, NestedChange? Nested);

    internal static void WriteChanges(SpecTree tree, IBufferWriter<byte> output)
    {
        var schemas = new SchemaLibrary(tree.Root);
        var changes = new List<Listed>();
        // Dot folders are listed here though nothing else sees them: the CLI does.
        foreach (var (name, kind) in Listing.Read(tree.ChangesPath))
        {
            if (kind != EntryKind.Directory || name == "archive")
                continue;
            var directory = $"{tree.ChangesPath}/{name}";
            var (done, all) = TaskFiles.Progress(directory, schemas);
            changes.Add(new Listed(name, done, all, LastModified.Of(directory), NestedChanges.Find(tree.ChangesPath, name, schemas)));
        }

        var json = new JsonText(output);
        json.BeginObject();
        json.Name("changes");
        json.BeginArray();
        foreach (var change in changes.OrderByDescending(static change => change.Modified))
            WriteChange(json, change);
        json.EndArray();
        WriteWarnings(json, changes);
        ErrorJson.EndWithRoot(json, tree);
    }

    internal static void WriteSpecs(SpecTree tree, IBufferWriter<byte> output)
    {
        var json = new JsonText(output);
        json.BeginObject();
        json.Name("specs");
        json.BeginArray();
        foreach (var file in SpecFiles.Find(tree.SpecsPath).OrderBy(static file => file.Id, Comparer<string>.Create(RootOrder.Compare)))
        {
            var spec = FileText.Read(file.Path).Text is { } text ? MainSpec.Read(text) : null;
            json.BeginObject();
            json.Text("id", file.Id);
            json.Number("requirementCount", spec is { Refusal: null, Requirements: { } section } ? section.Children.Count : 0);
            json.EndObject();
        }

        json.EndArray();
        ErrorJson.EndWithRoot(json, tree);
    }

    private static void WriteChange(JsonText json, Listed change)
    {
        json.BeginObject();
        json.Text("name", change.Name);
        json.Number("completedTasks", change.Done);
        json.Number("totalTasks", change.All);
        json.Text("lastModified", change.Modified.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.Text("status", change.All == 0 ? "no-tasks" : change.Done == change.All ? "complete" : "in-progress");
        if (change.Nested is { } nested)
            WriteNested(json, nested);
        json.EndObject();
    }

    private static void WriteNested(JsonText json, NestedChange nested)
    {
        json.Name("nested");
        json.BeginArray();
        foreach (var id in nested.Nested)
            json.Text(id);
        json.EndArray();
    }

    private static void WriteWarnings(JsonText json, List<Listed> changes)
    {
        if (!changes.Exists(static change => change.Nested is not null))
            return;
        json.Name("warnings");
        json.BeginArray();
        foreach (var change in changes)
        {
            if (change.Nested is not { } nested)
                continue;
            json.BeginObject();
            json.Text("code", "nested_change_directory");
            json.Text("name", nested.Name);
            WriteNested(json, nested);
            json.Text("message", nested.Describe());
            json.EndObject();
        }

        json.EndArray();
    }
}
