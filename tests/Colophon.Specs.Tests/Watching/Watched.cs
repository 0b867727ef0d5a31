using Colophon.Specs.Watching;
using Colophon.Specs.Watching.Signals;

namespace Colophon.Specs.Tests.Watching;

/// <summary>A tree that a test edits while it is watched, and the events that come of it.</summary>
internal sealed class Watched : IAsyncDisposable
{
    // Only a watcher that is broken takes this long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _limit = new(s_patience);
    private readonly IAsyncEnumerator<TreeEvent> _events;
    private int _sentinels;

    private Watched(TemporaryTree folder, LiveTree live)
    {
        (Folder, Live) = (folder, live);
        _events = live.EventsAsync(_limit.Token).GetAsyncEnumerator(_limit.Token);
    }

    internal TemporaryTree Folder { get; }

    internal LiveTree Live { get; }

    internal static async Task<Watched> StartAsync(TemporaryTree folder, WatchOptions? options = null) =>
        new(folder, await LiveTree.StartAsync(folder.Path, options, TimeProvider.System, CancellationToken.None));

    internal static async Task<Watched> StartAsync(TemporaryTree folder, IFileSignals signals) =>
        new(folder, await LiveTree.StartAsync(folder.Path, new WatchOptions { PollingInterval = TimeSpan.FromMilliseconds(20) }, TimeProvider.System, (_, _, _) => (signals, null), CancellationToken.None));

    /// <summary>The next event of a kind; those before it are passed over.</summary>
    internal async Task<T> NextAsync<T>()
        where T : TreeEvent
    {
        while (await _events.MoveNextAsync())
        {
            if (_events.Current is T wanted)
                return wanted;
        }

        throw new InvalidOperationException($"No {typeof(T).Name} came.");
    }

    /// <summary>Everything that came of the edits so far: up to a change that is made for that alone.</summary>
    internal async Task<List<TreeEvent>> SettleAsync()
    {
        var sentinel = $"zz-{_sentinels++}";
        Folder.AddFolder($"openspec/changes/{sentinel}");
        var events = new List<TreeEvent>();
        while (await _events.MoveNextAsync())
        {
            // It has no deltas, which is its one problem and its last event.
            if (_events.Current is TreeEvent.ProblemsChanged { Item.Id: var name } && name == sentinel)
                return events;
            if (_events.Current is not TreeEvent.ChangeAdded { Change.Name: var added } || added != sentinel)
                events.Add(_events.Current);
        }

        throw new InvalidOperationException("The events ended.");
    }

    internal string At(string path) => System.IO.Path.Combine(Folder.Path, path);

    public async ValueTask DisposeAsync()
    {
        await Live.DisposeAsync();
        await _events.DisposeAsync();
        Folder.Dispose();
        _limit.Dispose();
    }
}
