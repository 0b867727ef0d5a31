using System.Buffers;

namespace Colophon.Specs.Json;

/// <summary>The CLI's answer where it has none: <c>{"status":[…]}</c>. Also the <c>root</c> that ends every other answer.</summary>
internal static class ErrorJson
{
    /// <summary>Writes an error.</summary>
    /// <returns>False, so that a caller can return what it wrote.</returns>
    internal static bool Write(IBufferWriter<byte> output, string code, string message, string? fix = null)
    {
        var json = new JsonText(output);
        json.BeginObject();
        json.Name("status");
        json.BeginArray();
        json.BeginObject();
        json.Text("severity", "error");
        json.Text("code", code);
        json.Text("message", message);
        if (fix is not null)
            json.Text("fix", fix);
        json.EndObject();
        json.EndArray();
        json.EndObject();
        json.Finish();
        return false;
    }

    /// <summary>Writes <c>root</c> and closes the answer.</summary>
    internal static void EndWithRoot(JsonText json, SpecTree tree)
    {
        WriteRoot(json, tree);
        json.EndObject();
        json.Finish();
    }

    /// <summary>Writes <c>root</c>, where the answer has one.</summary>
    internal static void WriteRoot(JsonText json, SpecTree tree)
    {
        if (tree.Source is null)
            return;
        json.Name("root");
        json.BeginObject();
        WriteRootMembers(json, tree);
        json.EndObject();
    }

    /// <summary>What identifies a tree.</summary>
    internal static void WriteRootMembers(JsonText json, SpecTree tree)
    {
        json.Text("path", tree.Root);
        json.Text("source", tree.Source ?? "");
        if (tree.StoreId is { } store)
            json.Text("store_id", store);
    }
}
