using System.Buffers;
using Colophon.Models.Errors;

namespace Colophon.Models.Wires.Transport;

/// <summary>
/// Reads server-sent events (WHATWG HTML, 9.2) as bytes: only <c>data</c> matters to our wires. An event may end with the stream instead
/// of a blank line, as some servers do, but a line that has no end is dropped. No event may exceed <see cref="MaximumBytes"/>. The action is called
/// whenever bytes arrive, so that a server's comments count as a sign of life.
/// </summary>
internal sealed class SseReader(Stream stream, Action? onBytes = null) : IDisposable
{
    /// <summary>The largest event that is read: far above any real one, far below the memory.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly ArrayBufferWriter<byte> _data = new(1024);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _start;
    private int _end;
    private int _scanned;
    private bool _skipLineFeed;
    private bool _begun;
    private bool _hasData;
    private bool _delivered;

    /// <summary>The data of the current event; valid until the next call.</summary>
    public ReadOnlySpan<byte> Data => _data.WrittenSpan;

    /// <summary>Moves to the next event that has data; false at the end.</summary>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (_delivered)
        {
            _data.ResetWrittenCount();
            _delivered = _hasData = false;
        }

        while (true)
        {
            if (ReadBufferedLines())
                return _delivered = true;
            if (await FillAsync(cancellationToken).ConfigureAwait(false))
                continue;
            _start = _end = _scanned = 0;
            return _delivered = _hasData;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>Consumes whole lines; true when a blank one completes an event.</summary>
    private bool ReadBufferedLines()
    {
        while (true)
        {
            if (_skipLineFeed && _start < _end)
            {
                if (_buffer[_start] == LineFeed)
                    _start++;
                _skipLineFeed = false;
            }

            var from = Math.Max(_start, _scanned);
            var length = _buffer.AsSpan(from, _end - from).IndexOfAny(LineFeed, CarriageReturn);
            if (length < 0)
            {
                _scanned = _end;
                return false;
            }

            var end = from + length;
            _skipLineFeed = _buffer[end] == CarriageReturn;
            var line = _buffer.AsSpan(_start, end - _start);
            _start = _scanned = end + 1;
            if (line.IsEmpty)
            {
                if (_hasData)
                    return true;
                continue;
            }

            AcceptLine(line);
        }
    }

    private void AcceptLine(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("data"u8))
            return;
        var value = line[4..];
        if (!value.IsEmpty)
        {
            if (value[0] != (byte)':')
                return;
            value = value[1..];
            if (!value.IsEmpty && value[0] == (byte)' ')
                value = value[1..];
        }

        CheckSize(_data.WrittenCount + value.Length);
        if (_hasData)
            _data.Write("\n"u8);
        _data.Write(value);
        _hasData = true;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _scanned -= _start;
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            CheckSize(_end);
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        onBytes?.Invoke();
        if (!_begun && _end >= 3)
        {
            _begun = true;
            if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
                _start = 3;
        }

        return read > 0;
    }

    private static void CheckSize(int bytes)
    {
        if (bytes > MaximumBytes)
            throw new ModelException(ModelError.BadResponse, $"The provider sent an event of more than {MaximumBytes / 1024 / 1024} MiB.");
    }
}
