using System.Buffers.Binary;

namespace Colophon.Provenance.Keys;

/// <summary>
/// What a strict verifier refuses before any arithmetic: encodings that another verifier might read differently. Non-canonical or small-order
/// points, and scalars that are not reduced (RFC 8032 §5.1.7; "Taming the many EdDSAs", 2020).
/// </summary>
internal static class Ed25519Encoding
{
    // The y coordinates of the eight points of small order, sign bit clear.
    private static readonly byte[][] SmallOrder =
    [
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Convert.FromHexString("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ];

    // L = 2^252 + 27742317777372353535851937790883648493, the order of the base point, as four little-endian words.
    private static readonly ulong[] Order = [0x5812631a5cf5d3edUL, 0x14def9dea2f79cd6UL, 0, 0x1000000000000000UL];

    // p = 2^255 - 19.
    private static readonly ulong[] Prime = [0xffffffffffffffedUL, ulong.MaxValue, ulong.MaxValue, 0x7fffffffffffffffUL];

    /// <summary>Whether 32 bytes are a canonical encoding and not one of the eight small-order points.</summary>
    internal static bool IsSoundPoint(ReadOnlySpan<byte> point)
    {
        if (point.Length != EvpKey.KeyLength)
            return false;
        Span<byte> y = stackalloc byte[EvpKey.KeyLength];
        point.CopyTo(y);
        y[^1] &= 0x7f;
        if (!IsBelow(y, Prime))
            return false;
        foreach (var small in SmallOrder)
        {
            if (y.SequenceEqual(small))
                return false;
        }

        return true;
    }

    /// <summary>Whether 64 bytes are a sound point followed by a reduced scalar.</summary>
    internal static bool IsSoundSignature(ReadOnlySpan<byte> signature) =>
        signature.Length == EvpKey.SignatureLength && IsSoundPoint(signature[..32]) && IsBelow(signature[32..], Order);

    private static bool IsBelow(ReadOnlySpan<byte> number, ulong[] bound)
    {
        for (var i = 3; i >= 0; i--)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(number[(i * 8)..]);
            if (word != bound[i])
                return word < bound[i];
        }

        return false;
    }
}
