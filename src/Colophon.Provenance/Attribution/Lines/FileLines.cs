using System.Security.Cryptography;
using Colophon.Provenance.Log;
using Colophon.Text.Diff;

namespace Colophon.Provenance.Attribution.Lines;

/// <summary>A file's lines as attribution sees them: their keys and how many letters and digits each has.</summary>
internal sealed record FileLines(ulong[] Keys, ushort[] Alphanumerics, SkipReason? Skipped = null)
{
    /// <summary>SHA-256 (hex) of the content; empty where it was not read.</summary>
    public string Sha256 { get; private init; } = "";

    /// <summary>How long the content is, in bytes.</summary>
    public long Bytes { get; private init; }

    /// <summary>Whether this is the content of a digest; one that names the blob and contradicts its bytes was not made of it.</summary>
    public bool Is(FileDigest digest) => digest.Sha256 == Sha256 && digest.Bytes == Bytes && digest.Lines == Keys.Length;

    public static FileLines Of(ReadOnlySpan<byte> content)
    {
        if (content.Length > AttributionOptions.LargestFile)
            return Left(SkipReason.TooLarge);
        if (content[..Math.Min(content.Length, 8000)].Contains((byte)0))
            return Left(SkipReason.Binary);
        var (sha256, bytes) = (Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);
        var count = LineKey.LineCount(content);
        var (keys, alphanumerics) = (new ulong[count], new ushort[count]);
        for (var i = 0; i < count; i++)
        {
            var feed = content.IndexOf((byte)'\n');
            var line = feed < 0 ? content : content[..feed];
            keys[i] = LineKey.Of(line);
            alphanumerics[i] = Count(line);
            content = feed < 0 ? default : content[(feed + 1)..];
        }

        return new FileLines(keys, alphanumerics) { Sha256 = sha256, Bytes = bytes };
    }

    public static FileLines Left(SkipReason reason) => new([], [], reason);

    private static ushort Count(ReadOnlySpan<byte> line)
    {
        var count = 0;
        foreach (var value in line)
            count += char.IsAsciiLetterOrDigit((char)value) || value >= 0xC0 ? 1 : 0;
        return (ushort)Math.Min(count, ushort.MaxValue);
    }
}
