using System.Security.Cryptography;

namespace Colophon.Provenance.Log;

/// <summary>The two hashes of an RFC 6962 tree; their prefixes keep a leaf from passing for a node.</summary>
internal static class MerkleHash
{
    internal const int Length = 32;

    /// <summary>The root of the empty tree.</summary>
    internal static byte[] Empty => SHA256.HashData([]);

    internal static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[Length];
        Node(left, right, hash);
        return hash;
    }

    /// <summary>The same without an allocation; the target may be one of the two.</summary>
    internal static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> target)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Length)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Length)..]);
        SHA256.HashData(input, target);
    }
}
