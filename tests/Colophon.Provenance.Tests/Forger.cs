using System.Text;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Tests;

/// <summary>Makes the faults a verifier must catch, on a real log on disk.</summary>
internal static class Forger
{
    internal static void Bytes(string path, Func<byte[], byte[]> change) => File.WriteAllBytes(path, change(File.ReadAllBytes(path)));

    internal static void Text(string path, Func<string, string> change) => Bytes(path, b => Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(b))));

    /// <summary>Flips the lowest bit of the byte at a position found by a text.</summary>
    internal static void Flip(string path, string after) => Bytes(path, b =>
    {
        var at = b.AsSpan().IndexOf(Encoding.UTF8.GetBytes(after));
        Assert.True(at >= 0);
        b[at + after.Length] ^= 1;
        return b;
    });

    /// <summary>Replaces the first signature of an entry.</summary>
    internal static void Signature(Entry entry, Func<byte[], byte[]> change)
    {
        var old = entry.Signatures[0].Signature.ToArray();
        Text(entry.FilePath, t => t.Replace(Convert.ToBase64String(old), Convert.ToBase64String(change(old)), StringComparison.Ordinal));
    }

    /// <summary>Signs changed bytes as an insider could, and writes them under the name they should have.</summary>
    internal static string Resign(Entry entry, SigningKey key, Func<string, string> change, string? payloadType = null) =>
        Resign(entry, key, Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(entry.Payload.Span))), payloadType);

    internal static string Resign(Entry entry, SigningKey key, byte[] payload, string? payloadType = null)
    {
        File.Delete(entry.FilePath);
        return Insert(entry, key, payload, entry.Predicate.Seq, payloadType);
    }

    internal static string Insert(Entry near, SigningKey key, byte[] payload, long seq, string? payloadType = null)
    {
        var envelope = Envelope.Seal(payloadType ?? EntryFormat.PayloadType, payload, key);
        var leaf = Convert.ToHexStringLower(Pae.Leaf(envelope.Pae));
        var path = Path.Combine(Path.GetDirectoryName(near.FilePath) ?? "", AuditLayout.EntryName(seq, leaf));
        File.WriteAllBytes(path, envelope.ToBytes());
        return path;
    }

    internal static void Rename(Entry entry, string name) =>
        File.Move(entry.FilePath, Path.Combine(Path.GetDirectoryName(entry.FilePath) ?? "", name));

    internal static void DropNotes(Project project)
    {
        foreach (var note in Directory.GetFiles(project.Audit, "*.note", SearchOption.AllDirectories))
            File.Delete(note);
    }
}
