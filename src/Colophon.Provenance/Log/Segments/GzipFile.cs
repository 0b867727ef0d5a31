using System.Buffers.Binary;
using System.IO.Compression;

namespace Colophon.Provenance.Log;

/// <summary>
/// Unpacks gzip (RFC 1952) to the letter: one member, its checksum and its length, and nothing after it. The platform's reader passes over a cut end and over what follows, so that
/// stored bytes could change unseen.
/// </summary>
internal static class GzipFile
{
    private const int Header = 10;
    private const int Trailer = 8;
    private const byte Deflate = 8;

    private static readonly uint[] s_table = Table();

    /// <summary>The content of a packed file.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    /// <exception cref="IOException">It unpacks to more than the bound.</exception>
    internal static byte[] Unpack(byte[] file, int most)
    {
        var start = DataStart(file);
        using var packed = new Counted(file, start, file.Length - Trailer);
        using var deflate = new DeflateStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[81_920];
        for (var read = deflate.Read(buffer); read > 0; read = deflate.Read(buffer))
        {
            if (plain.Length + read > most)
                throw new IOException($"it unpacks to more than {most} bytes");
            plain.Write(buffer, 0, read);
        }

        var bytes = plain.ToArray();
        var trailer = file.AsSpan(file.Length - Trailer);
        if (!packed.IsAtEnd || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)bytes.Length || BinaryPrimitives.ReadUInt32LittleEndian(trailer) != Crc32(bytes))
            throw new InvalidDataException("its checksum or its length is not that of its content, or something follows it");
        return bytes;
    }

    // Writers differ in the optional parts: all are passed over, as RFC 1952 has them.
    private static int DataStart(ReadOnlySpan<byte> file)
    {
        if (file.Length < Header + Trailer || file[0] != 0x1f || file[1] != 0x8b || file[2] != Deflate || (file[3] & 0xe0) != 0)
            throw new InvalidDataException("it is not gzip");
        var (flags, at) = (file[3], Header);
        if ((flags & 4) != 0)
            at += 2 + BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);
        for (var text = flags & 0x18; text != 0; text &= text - 1)
            at += at < file.Length && file[at..].IndexOf((byte)0) is var end and >= 0 ? end + 1 : file.Length;
        at += (flags & 2) != 0 ? 2 : 0;
        return at <= file.Length - Trailer ? at : throw new InvalidDataException("it is cut off");
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = s_table[(byte)crc ^ value] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
            table[i] = crc;
        }

        return table;
    }

    /// <summary>Gives the last bytes one by one, so that it is known where the content ended.</summary>
    private sealed class Counted(byte[] file, int start, int end) : Stream
    {
        private const int OneByOne = 64;

        private int _at = start;

        internal bool IsAtEnd => _at == end;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var left = end - _at;
            var count = Math.Min(buffer.Length, left > OneByOne ? left - OneByOne : Math.Min(left, 1));
            file.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
