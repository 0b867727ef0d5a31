using System.Security.Cryptography;
using Colophon.Kernel.Files;

namespace Colophon.Provenance.Log;

/// <summary>
/// Keeps the content behind a commitment: salt and content in <c>disc/ab/&lt;commitment&gt;</c>, ignored by git unless a project decides
/// otherwise. Deleting the file erases the content; without the salt not even a guess can be checked.
/// </summary>
internal static class Disclosures
{
    private const int SaltLength = 16;
    private const int LargestKept = 1 << 30;

    private static ReadOnlySpan<byte> Domain => "colophon-disc-v1"u8;

    internal static Commitment Write(AuditLayout layout, ReadOnlySpan<byte> content)
    {
        var disclosure = new byte[SaltLength + content.Length];
        RandomNumberGenerator.Fill(disclosure.AsSpan(0, SaltLength));
        content.CopyTo(disclosure.AsSpan(SaltLength));
        var hash = Hash(disclosure);
        AtomicFile.TryCreate(PathOf(layout, hash), disclosure, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new Commitment(hash, content.Length);
    }

    /// <summary>The content, or null where it was erased or never was here.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.EntryMalformed"/>: what lies there is not what was committed to; <see cref="ProvenanceError.LogUnavailable"/>: it cannot be read.</exception>
    internal static byte[]? Read(AuditLayout layout, Commitment commitment)
    {
        var path = PathOf(layout, commitment.Hash);
        if (!File.Exists(path))
            return null;
        try
        {
            // What a link leads to is not what was kept here; it may be a file that is none of the reader's business, or one without an end.
            return !layout.IsThroughLink(path) && BoundedFile.Read(path, LargestKept) is { } disclosure && disclosure.Length == SaltLength + commitment.Bytes && Hash(disclosure) == commitment.Hash
                ? disclosure[SaltLength..]
                : throw new ProvenanceException(ProvenanceError.EntryMalformed, $"The disclosure '{path}' is not what the entry committed to.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProvenanceException(ProvenanceError.LogUnavailable, $"The disclosure '{path}' cannot be read: {e.Message}", null, e);
        }
    }

    /// <summary>Deletes salt and content; nothing can be told from the commitment afterwards.</summary>
    internal static void Erase(AuditLayout layout, string hash)
    {
        if (File.Exists(PathOf(layout, hash)))
            File.Delete(PathOf(layout, hash));
    }

    /// <summary>Whether a file is the disclosure that it is named after.</summary>
    /// <exception cref="IOException">It cannot be read, or is no plain file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal static bool IsSound(string path) =>
        BoundedFile.Read(path, LargestKept) is { Length: >= SaltLength } disclosure && Hash(disclosure) == Path.GetFileName(path);

    private static string Hash(ReadOnlySpan<byte> disclosure)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Domain);
        hash.AppendData(disclosure);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal static string PathOf(AuditLayout layout, string hash) =>
        EntryFormat.IsHex(hash, MerkleHash.Length)
            ? Path.Combine(layout.Disclosures, hash[..2], hash)
            : throw new ProvenanceException(ProvenanceError.EntryMalformed, "A commitment is not a SHA-256.");
}
