using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Log;

/// <summary>A signature line of a note.</summary>
/// <param name="Name">The signer's name.</param>
/// <param name="KeyHash">The four bytes that name the key under that name.</param>
/// <param name="Signature">The raw bytes.</param>
internal sealed record NoteSignature(string Name, ReadOnlyMemory<byte> KeyHash, ReadOnlyMemory<byte> Signature);

/// <summary>A signed note (C2SP signed-note): text lines, an empty line, signature lines.</summary>
internal sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const int MaximumBytes = 1 << 20;
    private const string Dash = "\u2014 ";
    private const byte Ed25519Type = 1;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static SignedNote Sign(string text, string name, SigningKey key) =>
        new(text, [new NoteSignature(name, KeyHash(name, key.Public), key.Sign(Strict.GetBytes(text)))]);

    internal static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        if (bytes.Length > MaximumBytes || !System.Text.Unicode.Utf8.IsValid(bytes))
            return false;
        var content = Strict.GetString(bytes);
        var split = content.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split <= 0 || !content.EndsWith('\n') || content.Any(static c => c < ' ' && c != '\n'))
            return false;
        var lines = content[(split + 2)..].Split('\n')[..^1];
        var signatures = new List<NoteSignature>(lines.Length);
        foreach (var line in lines)
        {
            if (!TryParseLine(line, out var signature) || signatures.Count == Envelope.MaximumSignatures)
                return false;
            signatures.Add(signature);
        }

        note = new SignedNote(content[..(split + 1)], signatures);
        return signatures.Count > 0;
    }

    /// <summary>Whether a line by that name and key verifies, and none by them fails.</summary>
    internal bool IsSignedBy(string name, PublicKey key)
    {
        var hash = KeyHash(name, key);
        var text = Strict.GetBytes(Text);
        var found = false;
        foreach (var line in Signatures)
        {
            if (line.Name != name || !line.KeyHash.Span.SequenceEqual(hash))
                continue;
            if (!key.Verify(text, line.Signature.Span))
                return false;
            found = true;
        }

        return found;
    }

    /// <summary>Whether a key that the project trusts, expired and revoked ones too, signed it.</summary>
    internal bool IsSignedByOne(ProjectTrust trust) =>
        Signatures.Any(line => NoteNames.KeyId(line.Name) is { } keyId && trust.Find(keyId) is { } key && IsSignedBy(line.Name, key.Key));

    internal byte[] ToBytes()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var line in Signatures)
            note.Append(Dash).Append(line.Name).Append(' ').Append(Convert.ToBase64String([.. line.KeyHash.Span, .. line.Signature.Span])).Append('\n');
        return Strict.GetBytes(note.ToString());
    }

    private static byte[] KeyHash(string name, PublicKey key) =>
        SHA256.HashData([.. Strict.GetBytes(name), (byte)'\n', Ed25519Type, .. key.Bytes])[..4];

    private static bool TryParseLine(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        var space = line.LastIndexOf(' ');
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || space < Dash.Length)
            return false;
        var name = line[Dash.Length..space];
        var bytes = new byte[line.Length];
        if (name.Length == 0 || name.Contains('+') || name.Any(char.IsWhiteSpace)
            || !Convert.TryFromBase64String(line[(space + 1)..], bytes, out var length) || length < 5)
            return false;
        signature = new NoteSignature(name, bytes.AsMemory(0, 4), bytes.AsMemory(4, length - 4));
        return true;
    }
}
