namespace Colophon.Models.Wires.Transport;

/// <summary>An answer being read, event by event.</summary>
internal sealed class WireExchange(HttpResponseMessage response, Stream stream, Deadline deadline, WireOptions options) : IDisposable
{
    private readonly SseReader _reader = new(stream, deadline.Restart);

    /// <summary>The data of the current event; valid until the next call.</summary>
    public ReadOnlySpan<byte> Data => _reader.Data;

    /// <summary>How many events have been read.</summary>
    public int Events { get; private set; }

    /// <summary>Moves to the next event; false at the end of the stream.</summary>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            deadline.Restart();
            if (!await _reader.NextAsync(deadline.Token).ConfigureAwait(false))
                return false;
            Events++;
            return true;
        }
        catch (Exception e)
        {
            if (HttpFailure.TranslateMidStream(e, options, cancellationToken) is { } translated)
                throw translated;
            throw;
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        stream.Dispose();
        response.Dispose();
        deadline.Dispose();
    }
}
