using System.Text.Json;

namespace Colophon.Provenance.Tests;

internal static class VectorFile
{
    internal static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Of(name)));
        return document.RootElement.Clone();
    }

    internal static string Of(string name) => Path.Combine(AppContext.BaseDirectory, "Vectors", name);

    internal static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    internal static byte[] Hex(this JsonElement element, string name) => Convert.FromHexString(element.Text(name));
}
