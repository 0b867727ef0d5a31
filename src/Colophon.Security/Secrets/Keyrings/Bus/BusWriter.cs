using System.Buffers.Binary;
using System.Text;

namespace Colophon.Security.Secrets.Keyrings.Bus;

/// <summary>Marshals values as the D-Bus Specification says, little-endian: each at a multiple of its size, counted from the start of the message's body or header.</summary>
internal sealed class BusWriter
{
    private readonly List<byte> _bytes = [];

    internal int Length => _bytes.Count;

    internal byte[] ToArray() => [.. _bytes];

    internal BusWriter Align(int size)
    {
        while (_bytes.Count % size != 0)
            _bytes.Add(0);
        return this;
    }

    internal BusWriter Byte(byte value)
    {
        _bytes.Add(value);
        return this;
    }

    internal BusWriter Boolean(bool value) => Number(value ? 1U : 0U);

    internal BusWriter Number(uint value)
    {
        Align(4);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(number, value);
        _bytes.AddRange(number);
        return this;
    }

    /// <summary>A string or an object path.</summary>
    internal BusWriter Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Number((uint)bytes.Length);
        _bytes.AddRange(bytes);
        return Byte(0);
    }

    internal BusWriter Signature(string value)
    {
        Byte((byte)value.Length);
        _bytes.AddRange(Encoding.ASCII.GetBytes(value));
        return Byte(0);
    }

    /// <summary>An array of bytes.</summary>
    internal BusWriter Bytes(ReadOnlySpan<byte> value)
    {
        Number((uint)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    /// <summary>An array whose elements start at multiples of a size; its length counts from the first of them.</summary>
    internal BusWriter Array(int alignment, Action<BusWriter> elements)
    {
        Number(0);
        var at = _bytes.Count - 4;
        Align(alignment);
        var start = _bytes.Count;
        elements(this);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(number, (uint)(_bytes.Count - start));
        for (var i = 0; i < number.Length; i++)
            _bytes[at + i] = number[i];
        return this;
    }
}
