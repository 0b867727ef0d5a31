using System.Buffers.Binary;

namespace Colophon.Provenance.Attribution.Store;

/// <summary>Writes the store's records: numbers as LEB128, bytes with their length before them.</summary>
internal sealed class RecordWriter
{
    private byte[] _buffer = new byte[64 * 1024];

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>What is written, valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Number(long value)
    {
        Room(10);
        for (var rest = (ulong)value; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                _buffer[Length++] = (byte)rest;
                return;
            }

            _buffer[Length++] = (byte)(rest | 0x80);
        }
    }

    public void Fixed(ulong value)
    {
        Room(8);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(Length), value);
        Length += 8;
    }

    /// <summary>An object id: its bytes.</summary>
    public void Id(string hex) => Bytes(Convert.FromHexString(hex));

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        Room(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    private void Room(int count)
    {
        if (Length + count > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(Length + count, _buffer.Length * 2));
    }
}
