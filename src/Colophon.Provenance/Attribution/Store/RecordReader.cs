using System.Buffers.Binary;

namespace Colophon.Provenance.Attribution.Store;

/// <summary>Reads what <see cref="RecordWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">The bytes are not a record; the store then is thrown away.</exception>
internal ref struct RecordReader(ReadOnlyMemory<byte> bytes)
{
    private readonly ReadOnlyMemory<byte> _all = bytes;
    private ReadOnlySpan<byte> _rest = bytes.Span;

    public readonly bool AtEnd => _rest.IsEmpty;

    public long Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return (long)value;
        }

        throw new InvalidDataException("number too long");
    }

    public int Count() => Number() is >= 0 and <= int.MaxValue and var n ? (int)n : throw new InvalidDataException("count");

    public ulong Fixed() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public string Id() => Convert.ToHexStringLower(Take(Count()));

    /// <summary>Bytes with their length before them, not copied.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        var length = Count();
        var start = _all.Length - _rest.Length;
        Take(length);
        return _all.Slice(start, length);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new InvalidDataException("record ends early");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
