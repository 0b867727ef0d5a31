using System.Buffers.Binary;

namespace Colophon.Provenance.Keys.OpenSsh;

/// <summary>Reads SSH's wire types (RFC 4251 §5). What does not fit sets <see cref="Failed"/>, and everything read after that is empty: no length is believed.</summary>
internal ref struct SshReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    internal bool Failed { get; private set; }

    /// <summary>What has not been read yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _rest;

    internal byte Byte()
    {
        var one = Take(1);
        return one.IsEmpty ? (byte)0 : one[0];
    }

    internal uint Number()
    {
        var four = Take(4);
        return four.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32BigEndian(four);
    }

    internal ReadOnlySpan<byte> Text()
    {
        var length = Number();
        return length > int.MaxValue ? Fail() : Take((int)length);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (Failed || length > _rest.Length)
            return Fail();
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private ReadOnlySpan<byte> Fail()
    {
        Failed = true;
        _rest = default;
        return default;
    }
}
