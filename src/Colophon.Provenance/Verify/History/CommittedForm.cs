using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colophon.Provenance.Attribution.Steps;
using Colophon.Provenance.Log;
using Colophon.Text.Diff;

namespace Colophon.Provenance.Verify;

/// <summary>Whether what git keeps of a file is what an entry's digests name: the bytes, the bytes with normalised line ends, or the pointer that stands for large content.</summary>
internal static class CommittedForm
{
    /// <summary>Whether an object's id is that of the content, or of the git-lfs pointer to it.</summary>
    internal static bool Is(string blob, FileDigest? content) =>
        content is null ? blob == Claim.Absent : blob == content.Blob || blob == PointerId(content, blob.Length == 64);

    /// <summary>Whether a committed content is the named one but for line ends that git normalised.</summary>
    internal static bool IsNormalised(ReadOnlySpan<byte> blob, FileDigest? content) => content?.Eol is "crlf" or "mixed" && Normalised(blob) == content.Sha256;

    /// <summary>SHA-256 (hex) of a content after every line end was made CR LF.</summary>
    internal static string Normalised(ReadOnlySpan<byte> blob)
    {
        var text = Encoding.Latin1.GetString(blob).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(text)));
    }

    /// <summary>What an entry says of the content at hand that is not so, or null.</summary>
    internal static string? Lie(ReadOnlySpan<byte> content, Claim claim)
    {
        if (claim.File.After is not { } after)
            return null;
        if (FileDigest.Of(content) is var real && real != after)
            return real.Sha256 != after.Sha256 ? "its SHA-256 is another" : real.Bytes != after.Bytes ? "it has another length" : "it has other lines";
        var line = 0;
        foreach (var hunk in claim.Hunks)
        {
            for (; line < hunk.NewStart; line++)
                Next(ref content);
            foreach (var key in hunk.Keys)
            {
                if (content.IsEmpty || LineKey.Of(Next(ref content)) != key)
                    return $"its line {line + 1} is another";
                line++;
            }
        }

        return null;
    }

    /// <summary>Whether the lines that an entry inserted stand in a content, in their order.</summary>
    internal static bool Holds(ReadOnlySpan<byte> content, Claim claim)
    {
        if (claim.File.After is null)
            return content.IsEmpty;
        var lines = LineKey.OfLines(content);
        var at = 0;
        foreach (var key in claim.Hunks.SelectMany(static h => h.Keys))
        {
            var found = Array.IndexOf(lines, key, at);
            if (found < 0)
                return false;
            at = found + 1;
        }

        return true;
    }

    /// <summary>The id of the pointer to a content. Exactly what git-lfs writes: anything else that begins like a pointer is code.</summary>
    internal static string PointerId(FileDigest content, bool isSha256) =>
        FileDigest.BlobId(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"version https://git-lfs.github.com/spec/v1\noid sha256:{content.Sha256}\nsize {content.Bytes}\n")), isSha256);

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> content)
    {
        var feed = content.IndexOf((byte)'\n');
        var line = feed < 0 ? content : content[..feed];
        content = feed < 0 ? default : content[(feed + 1)..];
        return line;
    }
}
