using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Proofs;

/// <summary>
/// The text of a transparency log proof (C2SP tlog-proof, version 1): what goes along, the entry's index, the inclusion proof, and the signed checkpoint as
/// the log wrote it.
/// </summary>
/// <param name="Extra">What goes along; nothing vouches for it.</param>
/// <param name="Index">The entry's place from 0.</param>
/// <param name="Hashes">The inclusion proof, from the leaf's sibling up to the root's child.</param>
/// <param name="Checkpoint">The signed note.</param>
internal sealed record TlogProof(ReadOnlyMemory<byte> Extra, long Index, IReadOnlyList<byte[]> Hashes, ReadOnlyMemory<byte> Checkpoint)
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraWord = "extra ";
    private const string IndexWord = "index ";

    internal byte[] ToBytes()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (!Extra.IsEmpty)
            text.Append(ExtraWord).Append(Convert.ToBase64String(Extra.Span)).Append('\n');
        text.Append(IndexWord).Append(Index.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Hashes)
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        return [.. Encoding.ASCII.GetBytes(text.Append('\n').ToString()), .. Checkpoint.Span];
    }

    /// <summary>Reads a proof; never throws on content. A carriage return before a line feed of the head is tolerated.</summary>
    internal static bool TryParse(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out TlogProof? proof)
    {
        proof = null;
        var rest = file;
        if (!Next(ref rest, out var line) || !line.SequenceEqual(Encoding.ASCII.GetBytes(Header)) || !Next(ref rest, out line))
            return false;
        byte[] extra = [];
        if (line.StartsWith("extra "u8))
        {
            if (Decode(line[ExtraWord.Length..]) is not { Length: > 0 } read || !Next(ref rest, out line))
                return false;
            extra = read;
        }

        if (!line.StartsWith("index "u8) || !long.TryParse(line[IndexWord.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || !line[IndexWord.Length..].SequenceEqual(Encoding.ASCII.GetBytes(index.ToString(CultureInfo.InvariantCulture))))
            return false;
        var hashes = new List<byte[]>();
        while (Next(ref rest, out line))
        {
            if (line.IsEmpty)
            {
                proof = new TlogProof(extra, index, hashes, rest);
                return true;
            }

            // A tree whose size fits 63 bits is no higher.
            if (hashes.Count == 63 || Decode(line) is not { Length: MerkleHash.Length } hash)
                return false;
            hashes.Add(hash);
        }

        return false;
    }

    private static bool Next(ref ReadOnlyMemory<byte> rest, out ReadOnlySpan<byte> line)
    {
        var end = rest.Span.IndexOf((byte)'\n');
        line = end < 0 ? default : rest.Span[..end];
        if (line.EndsWith("\r"u8))
            line = line[..^1];
        rest = rest[(end + 1)..];
        return end >= 0;
    }

    // The platform's reader passes over white space, and no line of a proof has any.
    private static byte[]? Decode(ReadOnlySpan<byte> base64)
    {
        var bytes = new byte[System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        return !base64.ContainsAny(" \t"u8) && System.Buffers.Text.Base64.DecodeFromUtf8(base64, bytes, out _, out var length) == System.Buffers.OperationStatus.Done ? bytes[..length] : null;
    }
}
