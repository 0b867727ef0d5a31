using System.Diagnostics.CodeAnalysis;
using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Log;

/// <summary>The names that bind a note to its repository, its stream and its signer.</summary>
internal static class NoteNames
{
    internal static string Stream(string repo, string change, string stream) => $"colophon/{repo}/s/{change}/{stream}";

    internal static string Heads(string repo) => $"colophon/{repo}/heads";

    /// <summary>A signer goes by its key's id, so that a verifier finds the key by the name.</summary>
    internal static string Signer(string keyId) => $"colophon-key/{keyId}";

    internal static string? KeyId(string signer) =>
        signer.StartsWith("colophon-key/", StringComparison.Ordinal) && EntryFormat.IsHex(signer[13..], MerkleHash.Length) ? signer[13..] : null;
}

/// <summary>A stream's checkpoint: how long it is and the root over its leaves.</summary>
internal static class StreamCheckpoint
{
    internal static byte[] Sign(string repo, StreamState state, SigningKey key) => SignedNote.Sign(
        new Checkpoint(NoteNames.Stream(repo, state.Change, state.Stream), state.Size, state.Range.Root(), []).ToText(), NoteNames.Signer(key.KeyId), key).ToBytes();

    internal static bool TryRead(string path, [NotNullWhen(true)] out SignedNote? note, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        return SignedNote.TryParse(BoundedFile.ReadNote(path), out note) && Checkpoint.TryParse(note.Text, out checkpoint) && checkpoint is { Size: > 0, Extensions.Count: 0 };
    }
}
