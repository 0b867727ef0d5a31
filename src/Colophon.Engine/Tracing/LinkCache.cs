using System.Buffers;
using System.Text.Json;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Specs.Tracing.Links;

namespace Colophon.Engine.Tracing;

/// <summary>Remembers which links a blob holds, so that only what changed is read again. Can be deleted at any time; one that cannot be read counts as empty.</summary>
internal static class LinkCache
{
    // To be raised whenever the scanner finds something else in the same bytes.
    private const int Version = 1;

    private const int MaximumBytes = 64 * 1024 * 1024;

    /// <summary>What is remembered, by path.</summary>
    public static Dictionary<string, (string Blob, IReadOnlyList<SpecLink> Links)> Load(string file)
    {
        var known = new Dictionary<string, (string, IReadOnlyList<SpecLink>)>(StringComparer.Ordinal);
        try
        {
            if (!File.Exists(file) || UntrustedFile.Read(file, MaximumBytes) is not { } bytes)
                return known;
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.GetProperty("version").GetInt32() != Version)
                return known;
            foreach (var entry in document.RootElement.GetProperty("files").EnumerateObject())
            {
                var links = entry.Value.GetArrayLength() == 1 ? [] : entry.Value.EnumerateArray().Skip(1).Select(link => Read(entry.Name, link)).ToArray();
                known[entry.Name] = (entry.Value[0].GetString() ?? "", links);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            known.Clear();
        }

        return known;
    }

    /// <summary>Remembers; a disk that cannot be written is no failure.</summary>
    public static void Save(string file, IEnumerable<(string Path, string? Blob, IReadOnlyList<SpecLink> Links)> found)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteStartObject("files");
            foreach (var (path, blob, links) in found)
            {
                if (blob is null)
                    continue;
                json.WriteStartArray(path);
                json.WriteStringValue(blob);
                foreach (var link in links)
                    Write(json, link);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        try
        {
            AtomicFile.WriteUnflushed(file, buffer.WrittenSpan.ToArray());
        }
        catch (KernelException e) when (e.Error == KernelError.WriteFailed)
        {
            // The next run reads the files again.
        }
    }

    private static void Write(Utf8JsonWriter json, SpecLink link)
    {
        json.WriteStartArray();
        json.WriteNumberValue(link.Line);
        json.WriteStringValue(link.Reference);
        json.WriteBooleanValue(link.IsTest);
        if (link.Test is { } test)
        {
            json.WriteNumberValue(test.Line);
            json.WriteStringValue(test.Name);
            foreach (var name in test.Within)
                json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static SpecLink Read(string path, JsonElement link)
    {
        var test = link.GetArrayLength() > 4
            ? new TestName(Text(link[4]), [.. link.EnumerateArray().Skip(5).Select(Text)], link[3].GetInt32())
            : null;
        return new SpecLink(path, link[0].GetInt32(), Text(link[1]), test, link[2].GetBoolean());
    }

    private static string Text(JsonElement element) => element.GetString() ?? "";
}
