namespace Colophon.Models.Wires.Transport;

/// <summary>One timer for a whole exchange: first until the answer begins, then restarted with every piece.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeSpan _idle;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    public Deadline(WireOptions options, CancellationToken cancellationToken)
    {
        _idle = options.IdleTimeout;
        _source = new CancellationTokenSource(options.ResponseTimeout, options.TimeProvider);
        _registration = cancellationToken.UnsafeRegister(static s => ((CancellationTokenSource?)s)?.Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    public void Restart() => _source.CancelAfter(_idle);

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
