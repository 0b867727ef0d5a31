using System.Buffers;
using System.Globalization;
using Colophon.Specs.Layout;

namespace Colophon.Specs.Json;

/// <summary>The answers of <c>list</c>.</summary>
internal static class ListJson
{
    internal static void WriteChanges(SpecTree tree, IBufferWriter<byte> output, bool byName = false)
    {
        var changes = ChangeListing.Read(tree, byName);
        var json = new JsonText(output);
        json.BeginObject();
        json.Name("changes");
        json.BeginArray();
        foreach (var change in changes)
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
        foreach (var (id, requirements) in SpecListing.Read(tree))
        {
            json.BeginObject();
            json.Text("id", id);
            json.Number("requirementCount", requirements);
            json.EndObject();
        }

        json.EndArray();
        ErrorJson.EndWithRoot(json, tree);
    }

    private static void WriteChange(JsonText json, ListedChange change)
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

    private static void WriteWarnings(JsonText json, List<ListedChange> changes)
    {
        if (!changes.Exists(static change => change.Nested is not null))
            return;
        json.Name("warnings");
        json.BeginArray();
        foreach (var change in changes.OrderBy(static change => change.Name, StringComparer.Ordinal))
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
