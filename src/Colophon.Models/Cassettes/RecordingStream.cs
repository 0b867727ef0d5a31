namespace Colophon.Models.Cassettes;

/// <summary>Keeps what is read from an answer, and hands it over once when the answer ends, breaks or is left.</summary>
internal sealed class RecordingStream(Stream inner, Action<IReadOnlyList<byte[]>, bool> onEnd) : ReadOnlyStream
{
    private readonly List<byte[]> _pieces = [];
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            End(cut: true);
            throw;
        }

        if (read == 0)
            End(cut: false);
        else
            _pieces.Add(buffer[..read].ToArray());
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            End(cut: false);
        }

        base.Dispose(disposing);
    }

    private void End(bool cut)
    {
        if (_ended)
            return;
        _ended = true;
        onEnd(_pieces, cut);
    }
}
