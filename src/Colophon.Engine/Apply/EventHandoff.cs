using System.Runtime.CompilerServices;

namespace Colophon.Engine;

/// <summary>
/// Hands events from the work to the host one at a time: the work goes on when the host comes back for more. So a host has shown everything before the
/// reviewer is asked, and a host that walks away ends the work.
/// </summary>
internal sealed class EventHandoff : IDisposable
{
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly SemaphoreSlim _offered = new(0);
    private EngineEvent? _current;
    private volatile bool _left;

    /// <summary>Offers an event and waits until the host has dealt with it; does nothing once the host has left.</summary>
    public async ValueTask OfferAsync(EngineEvent happened, CancellationToken cancellationToken)
    {
        if (_left)
            return;
        _current = happened;
        _offered.Release();
        await _wanted.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts the work and yields what it offers; ends, or fails, as the work does.</summary>
    public async IAsyncEnumerable<EngineEvent> RunAsync(Func<CancellationToken, Task> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Task.Run(() => work(abandoned.Token), CancellationToken.None);
        try
        {
            while (true)
            {
                // A cancelled run still tells its last words, so the wait itself is never cancelled.
                var offered = _offered.WaitAsync(CancellationToken.None);
                await Task.WhenAny(offered, running).ConfigureAwait(false);
                if (!offered.IsCompleted)
                    break;
                yield return _current ?? throw new InvalidOperationException("An offer without an event.");
                _wanted.Release();
            }

            await running.ConfigureAwait(false);
        }
        finally
        {
            if (!running.IsCompleted)
            {
                _left = true;
                await abandoned.CancelAsync().ConfigureAwait(false);
                _wanted.Release();
                // The work's own failure is of no interest to a host that has left.
                await Task.WhenAny(running).ConfigureAwait(false);
            }

            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wanted.Dispose();
        _offered.Dispose();
    }
}
