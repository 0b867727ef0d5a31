namespace Colophon.Models.Cassettes;

/// <summary>Plays the pieces of an answer, each as one read, and breaks where the recorded connection broke.</summary>
internal sealed class ReplayStream(CassetteExchange exchange, TextMask mask) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _rest;
    private int _next;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_rest.IsEmpty)
        {
            if (_next == exchange.Body.Count)
                return exchange.Cut ? throw new IOException("the recorded connection broke here") : new ValueTask<int>(0);
            _rest = mask.Reveal(exchange.Body[_next++]);
        }

        var length = Math.Min(buffer.Length, _rest.Length);
        _rest[..length].CopyTo(buffer);
        _rest = _rest[length..];
        return new ValueTask<int>(length);
    }
}
