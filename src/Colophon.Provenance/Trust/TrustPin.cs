using System.Buffers;
using System.Text.Json;
using Colophon.Kernel.Files;
using Colophon.Kernel.Json;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Trust;

/// <summary>
/// What this user knows of a project's trust, kept outside the project: the first root, and the newest version seen. Whoever can change the
/// repository cannot change this.
/// </summary>
internal sealed record TrustPin(string Repo, string Fingerprint, long Version, string Leaf)
{
    private const int Largest = 1 << 16;

    internal static string PathOf(string configurationDirectory, string repo) => Path.Combine(configurationDirectory, "trust", repo + ".json");

    internal static TrustPin? Read(string configurationDirectory, string repo)
    {
        var path = PathOf(configurationDirectory, repo);
        if (BoundedFile.Look(path) is null)
            return null;
        using var json = StrictJson.Parse(BoundedFile.ReadOrNothing(path, Largest), StrictJsonOptions.ForSigning);
        if (json.Document?.RootElement is not { ValueKind: JsonValueKind.Object } root)
            throw Damaged(path);
        var faults = new Faults();
        var m = new Members(root, faults);
        var pin = new TrustPin(m.Hex("repo", EntryFormat.IdBytes), m.Hex("root", MerkleHash.Length), m.Number("version"), m.Hex("leaf", MerkleHash.Length));
        return faults.First is null && pin.Repo == repo && pin.Version > 0 ? pin : throw Damaged(path);
    }

    internal void Write(string configurationDirectory)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("repo", Repo);
            json.WriteString("root", Fingerprint);
            json.WriteNumber("version", Version);
            json.WriteString("leaf", Leaf);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        AtomicFile.Write(PathOf(configurationDirectory, Repo), buffer.WrittenSpan);
    }

    private static ProvenanceException Damaged(string path) => new(
        ProvenanceError.TrustInvalid, $"The pinned trust '{path}' is damaged.", "Delete it only if you can compare the project's fingerprint with a colleague and pin it again.");
}
