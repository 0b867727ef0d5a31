using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Colophon.Provenance.Log;

/// <summary>
/// DSSE's pre-authentication encoding, <c>"DSSEv1" SP len(type) SP type SP len(body) SP body</c>: what is signed. It binds the type to the bytes, so
/// verifying needs no canonical form.
/// </summary>
internal static class Pae
{
    internal static byte[] Of(string payloadType, ReadOnlySpan<byte> payload)
    {
        var head = Encoding.UTF8.GetBytes($"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} ");
        var bytes = new byte[head.Length + payload.Length];
        head.CopyTo(bytes, 0);
        payload.CopyTo(bytes.AsSpan(head.Length));
        return bytes;
    }

    /// <summary><c>SHA-256(0x00 ‖ PAE)</c>: an entry's leaf in its stream's tree and its name.</summary>
    internal static byte[] Leaf(ReadOnlySpan<byte> pae)
    {
        var input = ArrayPool<byte>.Shared.Rent(pae.Length + 1);
        input[0] = 0;
        pae.CopyTo(input.AsSpan(1));
        var leaf = SHA256.HashData(input.AsSpan(0, pae.Length + 1));
        ArrayPool<byte>.Shared.Return(input);
        return leaf;
    }
}
