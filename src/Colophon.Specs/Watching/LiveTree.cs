using System.Collections.Immutable;
using Colophon.Specs.Incremental;
using Colophon.Specs.Layout;
using Colophon.Specs.Watching.Signals;

namespace Colophon.Specs.Watching;

/// <summary>
/// A project's <c>openspec/</c> tree kept in memory while people and programs edit it: where every change stands, what is wrong with it, and an event for whatever
/// happens. The tree need not exist yet, and may go and come back. On Linux the kernel tells of changes and an idle tree costs nothing; elsewhere, on network file
/// systems, and where the kernel's watches run out, the files are looked at every two seconds.
/// </summary>
public sealed class LiveTree : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Subscribers _subscribers = new();
    private readonly SpecTree _tree;
    private readonly IncrementalValidation _validation;
    private readonly Archived _archived;
    private readonly ReadChanges _read;
    private readonly WatchOptions _options;
    private readonly TimeProvider _time;
    private ImmutableSortedDictionary<string, ChangeSummary> _changes = ImmutableSortedDictionary.Create<string, ChangeSummary>(StringComparer.Ordinal);
    private IFileSignals _signals;
    private Task _loop = Task.CompletedTask;

    private LiveTree(SpecTree tree, WatchOptions options, TimeProvider time, IFileSignals signals)
    {
        (_tree, _options, _time, _signals) = (tree, options, time, signals);
        _validation = new IncrementalValidation(tree, new IncrementalOptions { Strict = options.Strict, OwnFindings = options.OwnFindings, CacheBytes = options.CacheBytes });
        _archived = new Archived(tree);
        _read = new ReadChanges(tree, options.CacheBytes);
    }

    /// <summary>The absolute path of the folder that holds <c>openspec/</c>.</summary>
    public string Root => _tree.Root;

    /// <summary>Why the files are looked at again and again instead of being waited for; null where they are waited for.</summary>
    public string? PollingBecause { get; private set; }

    /// <summary>The active changes as of the last event, ordered by name.</summary>
    public IReadOnlyList<ChangeSummary> Changes => [.. Volatile.Read(ref _changes).Values];

    /// <summary>The findings about every active change and main spec as of the last event.</summary>
    public ValidationReport Report => _validation.Known();

    /// <summary>Reads a tree and starts to watch it.</summary>
    /// <param name="root">The folder that holds <c>openspec/</c>, or will.</param>
    /// <param name="options">How to watch; the defaults where null.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the first reading.</param>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>: a folder of the tree cannot be listed; <see cref="SpecError.TreeMalformed"/>: links lead in a circle.</exception>
    public static Task<LiveTree> StartAsync(string root, WatchOptions? options, TimeProvider time, CancellationToken cancellationToken) =>
        StartAsync(root, options ?? new WatchOptions(), time, Open, cancellationToken);

    /// <summary>The same with signals of another making.</summary>
    internal static async Task<LiveTree> StartAsync(
        string root, WatchOptions options, TimeProvider time, Func<string, WatchOptions, TimeProvider, (IFileSignals Signals, string? Polling)> open, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        var tree = SpecTree.At(RealPaths.Of(Path.GetFullPath(root)), "nearest").With(options.Keywords);
        var (signals, why) = await Task.Run(() => open(tree.Root, options, time), cancellationToken).ConfigureAwait(false);
        var live = new LiveTree(tree, options, time, signals) { PollingBecause = why };
        try
        {
            await Task.Run(() => live.Begin(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await live.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        live._loop = Task.Run(live.RunAsync, CancellationToken.None);
        return live;
    }

    /// <summary>What happens from this call on, to the end of the enumeration or of the tree. Every caller gets every event.</summary>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    public IAsyncEnumerable<TreeEvent> EventsAsync(CancellationToken cancellationToken) => _subscribers.Listen(cancellationToken);

    /// <summary>Reads a change whole, when somebody needs more of it than its summary; what was read is kept until the change is edited, as far as it fits.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.ChangeNotFound"/> or <see cref="SpecError.Unreadable"/>.</exception>
    public Change Change(string name) => _read.Read(name);

    /// <summary>Stops watching; every enumeration of events ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await _signals.DisposeAsync().ConfigureAwait(false);
        _subscribers.End(null);
        _stop.Dispose();
    }

    private static (IFileSignals Signals, string? Polling) Open(string root, WatchOptions options, TimeProvider time)
    {
        string? why;
        if (options.Polling)
            why = "polling was asked for";
        else if (!OperatingSystem.IsLinux())
            why = "this system has no inotify";
        else if (FileSystems.WhyNotTold(root) is { } reason)
            why = reason;
        else if (InotifySignals.TryStart(root, out why) is { } signals)
            return (signals, null);
        return (PollingSignals.Start(root, options.PollingInterval, time), why);
    }

    private void Begin(CancellationToken cancellationToken)
    {
        _archived.Read(first: true);
        var changes = ImmutableSortedDictionary.CreateBuilder<string, ChangeSummary>(StringComparer.Ordinal);
        foreach (var update in _validation.Update(cancellationToken))
        {
            if (update.Item.Kind == ItemKind.Change)
                changes[update.Item.Id] = ChangeSummary.Of(update.Item);
        }

        Volatile.Write(ref _changes, changes.ToImmutable());
    }

    private async Task RunAsync()
    {
        var batch = new HashSet<string>(StringComparer.Ordinal);
        var debounce = new Debounce(_options.Quiet, _options.Longest, _time);
        try
        {
            while (true)
            {
                if (!await debounce.NextAsync(_signals.Changed, batch, _stop.Token).ConfigureAwait(false))
                    await PollAsync(batch).ConfigureAwait(false);
                Take(batch);
            }
        }
        catch (OperationCanceledException)
        {
            // It was stopped.
        }
        catch (Exception e)
        {
            _subscribers.End(e);
            throw;
        }
    }

    /// <summary>The kernel can tell no more: from here on the files are looked at.</summary>
    private async Task PollAsync(HashSet<string> batch)
    {
        PollingBecause = _signals.Failure ?? "watching ended";
        await _signals.DisposeAsync().ConfigureAwait(false);
        (_signals, _) = Open(Root, _options with { Polling = true }, _time);
        batch.Add("");
    }

    private void Take(HashSet<string> batch)
    {
        var events = new List<TreeEvent>();
        try
        {
            var everything = batch.Contains("");
            if (everything)
            {
                _validation.Reload();
                events.Add(new TreeEvent.Rescanned(PollingBecause ?? "more happened than the system could tell"));
            }

            foreach (var path in batch)
                _validation.Changed(path);
            if (batch.Any(Archived.Concerns))
                _archived.Read();
            Apply(_validation.Update(_stop.Token), events);
        }
        catch (SpecException e)
        {
            events.Add(new TreeEvent.Unreadable(e.Message));
        }

        events.ForEach(_subscribers.Publish);
    }

    private void Apply(List<ItemUpdate> updates, List<TreeEvent> events)
    {
        var changes = _changes;
        foreach (var update in updates)
        {
            var (id, isChange) = (update.Item.Id, update.Item.Kind == ItemKind.Change);
            _read.Forget(id);
            if (update.Gone)
            {
                changes = isChange ? changes.Remove(id) : changes;
                events.Add(!isChange ? new TreeEvent.SpecRemoved(id) : _archived.Take(id) is { } name ? new TreeEvent.ChangeArchived(id, name) : new TreeEvent.ChangeRemoved(id));
                continue;
            }

            if (isChange)
                changes = changes.SetItem(id, ChangeSummary.Of(update.Item));
            events.AddRange(TreeDifference.Of(_tree, update));
        }

        // Whoever hears of an event finds the change as the event leaves it.
        Volatile.Write(ref _changes, changes);
    }
}
