using System.Buffers;
using System.Text;

namespace Colophon.Kernel.Buffers;

/// <summary>
/// Keeps the start and the end of a stream of UTF-8 bytes of any length in bounded memory; what is cut is cut between characters.
/// Errors tend to stand at the end of an output and what was run at its start, so the middle is what can be missed.
/// </summary>
/// <param name="limit">How many bytes are kept at most; half of them from the start. At least 16.</param>
public sealed class HeadTailBuffer(int limit)
{
    private readonly int _headLimit = Math.Max(limit, 16) / 2;
    private readonly ArrayBufferWriter<byte> _head = new();
    private byte[] _tail = [];
    private int _tailStart;
    private int _tailLength;

    /// <summary>How many bytes were appended in all.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Whether something of the middle is missing.</summary>
    public bool IsCut => TotalBytes > _head.WrittenCount + _tailLength;

    private int TailLimit => Math.Max(limit, 16) - _headLimit;

    /// <summary>Adds bytes; any split is fine, also inside a character.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        TotalBytes += bytes.Length;
        var first = Math.Min(bytes.Length, _headLimit - _head.WrittenCount);
        _head.Write(bytes[..first]);
        var rest = bytes[first..];
        if (rest.IsEmpty)
            return;
        if (_tail.Length == 0)
            _tail = new byte[TailLimit];
        if (rest.Length >= _tail.Length)
        {
            rest[^_tail.Length..].CopyTo(_tail);
            (_tailStart, _tailLength) = (0, _tail.Length);
            return;
        }

        var end = (_tailStart + _tailLength) % _tail.Length;
        var piece = Math.Min(rest.Length, _tail.Length - end);
        rest[..piece].CopyTo(_tail.AsSpan(end));
        rest[piece..].CopyTo(_tail);
        var overrun = Math.Max(0, _tailLength + rest.Length - _tail.Length);
        _tailStart = (_tailStart + overrun) % _tail.Length;
        _tailLength = Math.Min(_tail.Length, _tailLength + rest.Length);
    }

    /// <summary>
    /// The text, with U+FFFD for bytes that are not UTF-8. Where the middle is missing, a line of its own says how many bytes.
    /// </summary>
    public override string ToString()
    {
        var head = _head.WrittenSpan;
        var tail = TailBytes();
        if (!IsCut)
            return Encoding.UTF8.GetString([.. head, .. tail]);
        head = head[..(head.Length - IncompleteEnd(head))];
        ReadOnlySpan<byte> shownTail = tail.AsSpan(Continuations(tail));
        var missing = TotalBytes - head.Length - shownTail.Length;
        return $"{Encoding.UTF8.GetString(head)}\n[... {missing} bytes left out ...]\n{Encoding.UTF8.GetString(shownTail)}";
    }

    private byte[] TailBytes()
    {
        var bytes = new byte[_tailLength];
        var first = Math.Min(_tailLength, _tail.Length - _tailStart);
        _tail.AsSpan(_tailStart, first).CopyTo(bytes);
        _tail.AsSpan(0, _tailLength - first).CopyTo(bytes.AsSpan(first));
        return bytes;
    }

    /// <summary>How many bytes at the end are the start of a character whose rest was cut off.</summary>
    private static int IncompleteEnd(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var value = bytes[^back];
            if ((value & 0xC0) == 0x80)
                continue;
            var length = value switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
            return length > back ? back : 0;
        }

        return 0;
    }

    private static int Continuations(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        while (count < Math.Min(3, bytes.Length) && (bytes[count] & 0xC0) == 0x80)
            count++;
        return count;
    }
}
