using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Colophon.Specs.Archiving;

/// <summary>One file that an archive writes or deletes, with the state before and after, so that it can be finished or undone by whoever finds it half done.</summary>
/// <param name="Target">The file.</param>
/// <param name="Before">The SHA-256 of its bytes before, or null where it was missing.</param>
/// <param name="After">The SHA-256 of its bytes after, or null where it is deleted.</param>
internal sealed record Mutation(string Target, string? Before, string? After)
{
    /// <summary>The state of the file now.</summary>
    internal static string? Digest(string path) => File.Exists(path) ? Digest(File.ReadAllBytes(path)) : null;

    internal static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>What an archive is about to do: written down before the first change, removed behind the last.</summary>
/// <param name="ChangeDirectory">The change's folder.</param>
/// <param name="ArchivePath">Where it goes.</param>
/// <param name="Mutations">The main specs.</param>
internal sealed record ArchiveJournal(string ChangeDirectory, string ArchivePath, IReadOnlyList<Mutation> Mutations)
{
    /// <summary>The folder with the journal and the new and old files. In the archive, with a dot: nobody looks there, and it is on the same disk.</summary>
    internal static string Folder(SpecTree tree) => $"{tree.ArchivePath}/.colophon-archive";

    internal byte[] Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("change", ChangeDirectory);
            json.WriteString("archive", ArchivePath);
            json.WriteStartArray("files");
            foreach (var mutation in Mutations)
            {
                json.WriteStartObject();
                json.WriteString("target", mutation.Target);
                json.WriteString("before", mutation.Before);
                json.WriteString("after", mutation.After);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.ToArray();
    }

    /// <summary>Reads a journal; null where it was not written to its end, which means that nothing was changed yet.</summary>
    internal static ArchiveJournal? Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.EndsWith("}\n"u8))
            return null;
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(bytes));
            var root = document.RootElement;
            var mutations = new List<Mutation>();
            foreach (var file in root.GetProperty("files").EnumerateArray())
                mutations.Add(new Mutation(file.GetProperty("target").GetString() ?? "", file.GetProperty("before").GetString(), file.GetProperty("after").GetString()));
            return new ArchiveJournal(root.GetProperty("change").GetString() ?? "", root.GetProperty("archive").GetString() ?? "", mutations);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
