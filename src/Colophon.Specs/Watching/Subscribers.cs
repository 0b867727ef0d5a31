using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Colophon.Specs.Watching;

/// <summary>Everybody who listens to a tree, each at their own pace. Who is too slow loses events, and is told so.</summary>
internal sealed class Subscribers
{
    private const int Patience = 4096;

    private readonly Lock _lock = new();
    private readonly List<Subscriber> _all = [];
    private bool _ended;

    private sealed class Subscriber
    {
        internal Channel<TreeEvent> Channel { get; } = System.Threading.Channels.Channel.CreateBounded<TreeEvent>(new BoundedChannelOptions(Patience) { SingleReader = true });

        internal bool Lost { get; set; }
    }

    internal void Publish(TreeEvent happened)
    {
        lock (_lock)
        {
            foreach (var subscriber in _all)
                subscriber.Lost |= !subscriber.Channel.Writer.TryWrite(happened);
        }
    }

    internal void End(Exception? error)
    {
        lock (_lock)
        {
            _ended = true;
            foreach (var subscriber in _all)
                subscriber.Channel.Writer.TryComplete(error);
        }
    }

    /// <summary>The events from this call on.</summary>
    internal IAsyncEnumerable<TreeEvent> Listen(CancellationToken cancellationToken)
    {
        var subscriber = new Subscriber();
        lock (_lock)
        {
            _all.Add(subscriber);
            if (_ended)
                subscriber.Channel.Writer.TryComplete();
        }

        return ReadAsync(subscriber, cancellationToken);
    }

    private async IAsyncEnumerable<TreeEvent> ReadAsync(Subscriber subscriber, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            while (await subscriber.Channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (subscriber.Channel.Reader.TryRead(out var happened))
                    yield return happened;
                if (!TakeLost(subscriber))
                    continue;
                yield return new TreeEvent.Rescanned($"more than {Patience} events waited to be read, and some were dropped");
            }
        }
        finally
        {
            lock (_lock)
                _all.Remove(subscriber);
        }
    }

    private bool TakeLost(Subscriber subscriber)
    {
        lock (_lock)
        {
            var lost = subscriber.Lost;
            subscriber.Lost = false;
            return lost;
        }
    }
}
