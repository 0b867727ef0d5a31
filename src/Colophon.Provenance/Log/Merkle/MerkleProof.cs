using System.Numerics;

namespace Colophon.Provenance.Log;

/// <summary>
/// Makes RFC 6962 inclusion proofs, and checks inclusion and consistency proofs, also for subtrees <c>[start, end)</c> as in draft-ietf-plants-merkle-tree-certs §4. A third party uses them to
/// check one entry, or that a log only grew, without the whole log.
/// </summary>
public static class MerkleProof
{
    private const int HashLength = MerkleHash.Length;

    /// <summary>The proof that a leaf is in the tree over all of <paramref name="leaves"/>, from its sibling up to the root's child (RFC 6962 §2.1.1).</summary>
    /// <param name="index">Which leaf, from 0.</param>
    /// <param name="leaves">The leaf hashes, 32 bytes each.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public static IReadOnlyList<byte[]> Inclusion(int index, ReadOnlySpan<byte[]> leaves)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves.Length);
        var proof = new List<byte[]>();
        while (leaves.Length > 1)
        {
            var left = (int)BitOperations.RoundUpToPowerOf2((uint)leaves.Length) / 2;
            var isLeft = index < left;
            proof.Add(Root(isLeft ? leaves[left..] : leaves[..left]));
            leaves = isLeft ? leaves[..left] : leaves[left..];
            index -= isLeft ? 0 : left;
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Whether <paramref name="leafHash"/> is leaf <paramref name="index"/> of the tree with <paramref name="size"/> leaves and that root.</summary>
    public static bool Includes(long index, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size || leafHash.Length != HashLength || root.Length != HashLength || !Sound(proof))
            return false;
        var inner = BitOperations.Log2((ulong)(index ^ (size - 1)) | 1) + (index == size - 1 ? 0 : 1);
        var border = BitOperations.PopCount((ulong)index >> inner);
        if (proof.Count != inner + border)
            return false;
        var hash = leafHash.ToArray();
        for (var i = 0; i < proof.Count; i++)
        {
            var right = i < inner && ((index >> i) & 1) == 0;
            hash = right ? MerkleHash.Node(hash, proof[i]) : MerkleHash.Node(proof[i], hash);
        }

        return root.SequenceEqual(hash);
    }

    /// <summary>Whether the tree of <paramref name="oldSize"/> leaves is a prefix of the tree of <paramref name="size"/>. An empty old tree proves nothing and is refused.</summary>
    public static bool IsConsistent(long oldSize, long size, ReadOnlySpan<byte> oldRoot, ReadOnlySpan<byte> root, IReadOnlyList<byte[]> proof) =>
        oldSize > 0 && IsSubtree(0, oldSize, size, oldRoot, root, proof);

    /// <summary>Whether the leaf is inside the subtree <c>[start, end)</c> with that root.</summary>
    public static bool IncludesInSubtree(long start, long end, long index, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root) =>
        IsAligned(start, end) && index >= start && Includes(index - start, end - start, leafHash, proof, root);

    /// <summary>Whether the subtree <c>[start, end)</c> with that root is part of the tree of <paramref name="size"/> leaves.</summary>
    public static bool IsSubtree(long start, long end, long size, ReadOnlySpan<byte> subtreeRoot, ReadOnlySpan<byte> root, IReadOnlyList<byte[]> proof)
    {
        if (start == end && start >= 0 && end <= size)
            return proof.Count == 0 && subtreeRoot.SequenceEqual(MerkleHash.Empty);
        if (!IsAligned(start, end) || end > size || !Sound(proof))
            return false;
        var (first, last, total) = (start, end - 1, size - 1);
        while (first != last && (last == total || (last & 1) == 1))
            (first, last, total) = (first >> 1, last >> 1, total >> 1);

        var used = first == last ? 0 : 1;
        if (proof.Count < used)
            return false;
        var whole = used == 0 ? subtreeRoot.ToArray() : proof[0];
        var part = whole;
        for (; used < proof.Count; used++)
        {
            if (total == 0)
                return false;
            if ((last & 1) == 1 || last == total)
            {
                part = first < last ? MerkleHash.Node(proof[used], part) : part;
                whole = MerkleHash.Node(proof[used], whole);
                while ((last & 1) == 0)
                    (first, last, total) = (first >> 1, last >> 1, total >> 1);
            }
            else
            {
                whole = MerkleHash.Node(whole, proof[used]);
            }

            (first, last, total) = (first >> 1, last >> 1, total >> 1);
        }

        return total == 0 && subtreeRoot.SequenceEqual(part) && root.SequenceEqual(whole);
    }

    private static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        var range = new CompactRange();
        foreach (var leaf in leaves)
            range.Append(leaf);
        return range.Root();
    }

    private static bool IsAligned(long start, long end) =>
        start >= 0 && end > start && (start & ((long)BitOperations.RoundUpToPowerOf2((ulong)(end - start)) - 1)) == 0;

    private static bool Sound(IReadOnlyList<byte[]> proof) => proof.All(static p => p.Length == HashLength);
}
