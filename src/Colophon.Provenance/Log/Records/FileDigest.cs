using System.Security.Cryptography;
using System.Text;

namespace Colophon.Provenance.Log;

/// <summary>The identity of a file's content.</summary>
public sealed record FileDigest
{
    /// <summary>SHA-256 of the bytes (hex).</summary>
    public required string Sha256 { get; init; }

    /// <summary>Git's object id of the same bytes as a blob (SHA-1, hex), before any filter.</summary>
    public required string GitBlob { get; init; }

    /// <summary>The id by which the repository at hand keeps it: <see cref="GitBlob"/>, but where objects are named otherwise (<see cref="ContentNames"/>).</summary>
    public string Blob { get => field ?? GitBlob; init; }

    /// <summary>How many lines; a last line without its end counts.</summary>
    public required int Lines { get; init; }

    /// <summary>How many bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The line ends: <c>lf</c>, <c>crlf</c>, <c>mixed</c>, <c>none</c>, or <c>binary</c> where a NUL byte stands in the content.</summary>
    public required string Eol { get; init; }

    /// <summary>Whether both are of one content.</summary>
    public bool Equals(FileDigest? other) => other is not null && (Sha256, GitBlob, Lines, Bytes, Eol) == (other.Sha256, other.GitBlob, other.Lines, other.Bytes, other.Eol);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Sha256);

    /// <summary>Computes the digest of a content.</summary>
    public static FileDigest Of(ReadOnlySpan<byte> content)
    {
        var ends = content.Count((byte)'\n');
        var pairs = content.Count("\r\n"u8);
        return new FileDigest
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            GitBlob = BlobId(content),
            Lines = ends + (content.Length > 0 && content[^1] != '\n' ? 1 : 0),
            Bytes = content.Length,
            Eol = content.Contains((byte)0) ? "binary" : ends == 0 ? "none" : pairs == 0 ? "lf" : pairs == ends ? "crlf" : "mixed",
        };
    }

    /// <summary>Git's object id (hex) of a content as a blob.</summary>
    internal static string BlobId(ReadOnlySpan<byte> content, bool isSha256 = false)
    {
        using var hash = IncrementalHash.CreateHash(isSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {content.Length}\0"));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
