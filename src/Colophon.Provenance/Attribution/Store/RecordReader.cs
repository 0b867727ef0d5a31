using System.Buffers.Binary;
using System.Text;

namespace Colophon.Provenance.Attribution.Store;

/// <summary>Reads what <see cref="RecordWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">The bytes are not a record; the store then is thrown away.</exception>
internal ref struct RecordReader(ReadOnlySpan<byte> bytes, List<string> texts)
{
    private ReadOnlySpan<byte> _rest = bytes;

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

    public string Text()
    {
        var number = Count();
        if (number > 0)
            return number <= texts.Count ? texts[number - 1] : throw new InvalidDataException("text");
        texts.Add(Encoding.UTF8.GetString(Take(Count())));
        return texts[^1];
    }

    public string? Optional() => Count() == 0 ? null : Text();

    public string Id() => Convert.ToHexStringLower(Take(Count()));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new InvalidDataException("record ends early");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
