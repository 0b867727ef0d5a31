using System.Buffers.Binary;
using System.Text;

namespace Colophon.Provenance.Attribution.Store;

/// <summary>Writes the store's records: numbers as LEB128, texts once each and by number from then on.</summary>
internal sealed class RecordWriter(Dictionary<string, int> texts)
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

    /// <summary>A text that may come again.</summary>
    public void Text(string text)
    {
        if (texts.TryGetValue(text, out var number))
        {
            Number(number + 1L);
            return;
        }

        texts[text] = texts.Count;
        Number(0);
        Bytes(Encoding.UTF8.GetBytes(text));
    }

    public void Optional(string? text)
    {
        Number(text is null ? 0 : 1);
        if (text is not null)
            Text(text);
    }

    /// <summary>An object id: its bytes.</summary>
    public void Id(string hex) => Bytes(Convert.FromHexString(hex));

    private void Bytes(ReadOnlySpan<byte> bytes)
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
