using System.Threading.Channels;
using Colophon.Specs.Layout;

namespace Colophon.Specs.Watching.Signals;

/// <summary>
/// Watches a tree by inotify(7). A new folder is watched before it is named, so what is put into it at once is not missed; a folder that is moved loses its watches
/// under the old name and gets new ones under the new; an overflow of the kernel's queue names everything.
/// </summary>
internal sealed class InotifySignals : IFileSignals
{
    private const Happened Entries = Happened.Created | Happened.Deleted | Happened.MovedFrom | Happened.MovedTo | Happened.SelfDeleted | Happened.SelfMoved;
    private const Happened Everything = Entries | Happened.Modified | Happened.Written | Happened.Attributes;
    private const int SecondsInMilliseconds = 1000;

    private readonly Channel<string> _changed = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<int, string> _folders = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly string _root;
    private readonly Inotify _inotify;
    private volatile string? _failure;
    private volatile bool _rootLost;

    private InotifySignals(string root, Inotify inotify) => (_root, _inotify) = (root, inotify);

    /// <inheritdoc/>
    public ChannelReader<string> Changed => _changed.Reader;

    /// <inheritdoc/>
    public string? Failure => _failure;

    /// <summary>The number of folders that are watched.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
                return _folders.Count;
        }
    }

    /// <summary>Watches a tree.</summary>
    /// <param name="root">The folder that holds <c>openspec/</c>, or will.</param>
    /// <param name="why">Why it cannot be watched.</param>
    /// <returns>Null where the system has no watch to give.</returns>
    internal static InotifySignals? TryStart(string root, out string? why)
    {
        why = "the system has no inotify instance left (fs.inotify.max_user_instances)";
        if (Inotify.TryOpen() is not { } inotify)
            return null;
        var signals = new InotifySignals(root, inotify);
        signals.Cover("");
        why = signals._failure;
        if (why is not null)
        {
            inotify.Dispose();
            return null;
        }

        new Thread(signals.Listen) { IsBackground = true, Name = "colophon inotify" }.Start();
        return signals;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _inotify.Ring();
        await _ended.Task.ConfigureAwait(false);
        _inotify.Dispose();
    }

    private void Listen()
    {
        try
        {
            var events = new List<InotifyEvent>();
            while (_failure is null && _inotify.Wait(_rootLost ? SecondsInMilliseconds : -1, events))
            {
                if (_rootLost && Directory.Exists(_root))
                    CoverAgain();
                foreach (var happened in events)
                    Take(happened);
                events.Clear();
            }
        }
        finally
        {
            _changed.Writer.TryComplete();
            _ended.TrySetResult();
        }
    }

    /// <summary>Takes one event of the kernel.</summary>
    internal void Take(InotifyEvent happened)
    {
        if (happened.What.HasFlag(Happened.Overflow))
        {
            CoverAgain();
            return;
        }

        string? folder;
        lock (_lock)
        {
            var known = happened.What.HasFlag(Happened.Ignored) ? _folders.Remove(happened.Watch, out folder) : _folders.TryGetValue(happened.Watch, out folder);
            if (!known)
                return;
        }

        if ((happened.What & (Happened.SelfDeleted | Happened.SelfMoved | Happened.Unmounted | Happened.Ignored)) != Happened.None && happened.Name.Length == 0)
        {
            // A folder that the layout names may be reached by a link, and then its parent's watch tells nothing.
            _rootLost |= folder is "";
            if (WatchedFolders.MayBeLink(folder ?? ""))
                Tell(folder ?? "");
            return;
        }

        if (folder is null || !WatchedFolders.Matters(folder, happened.Name))
            return;
        var path = WatchedFolders.Join(folder, happened.Name);
        if (happened.What.HasFlag(Happened.Folder) && happened.What.HasFlag(Happened.MovedFrom))
            Uncover(path);
        // A link to a folder is no folder to the kernel.
        if ((happened.What & (Happened.Created | Happened.MovedTo)) != Happened.None && (happened.What.HasFlag(Happened.Folder) || WatchedFolders.MayBeLink(path)) && WatchedFolders.Enters(folder, happened.Name))
            Cover(path);
        Tell(path);
    }

    private void CoverAgain()
    {
        _rootLost = false;
        Cover("");
        Tell("");
    }

    private void Tell(string path) => _changed.Writer.TryWrite(path);

    /// <summary>Watches a folder and what lies below it: first the folder, then its list, so that nothing comes between.</summary>
    private void Cover(string folder)
    {
        if (!Watch(folder))
            return;
        var below = new List<string>();
        foreach (var (name, kind) in List(folder))
        {
            var path = WatchedFolders.Join(folder, name);
            if (kind != EntryKind.File && WatchedFolders.Enters(folder, name) && (kind == EntryKind.Directory || WatchedFolders.MayBeLink(path)))
                below.Add(path);
        }

        if (below.Count > 256)
            Parallel.ForEach(below, Cover);
        else
            below.ForEach(Cover);
    }

    private bool Watch(string folder)
    {
        var mask = (folder is "" or "openspec/changes/archive" ? Entries : Everything) | (WatchedFolders.MayBeLink(folder) ? Happened.None : Happened.NoLinks);
        var watch = _inotify.Watch(WatchedFolders.Join(_root, folder), mask);
        if (watch >= 0)
        {
            lock (_lock)
                _folders[watch] = folder;
            return true;
        }

        if (-watch is InotifyCalls.NoSpace or InotifyCalls.NoMemory)
            _failure ??= "the system has no inotify watch left (fs.inotify.max_user_watches)";
        // Anything else: it went while we came, and its parent tells, or nobody may read it.
        _rootLost |= folder.Length == 0;
        return false;
    }

    private void Uncover(string folder)
    {
        lock (_lock)
        {
            var below = folder + "/";
            foreach (var (watch, path) in _folders.Where(watched => watched.Value == folder || watched.Value.StartsWith(below, StringComparison.Ordinal)).ToArray())
            {
                _folders.Remove(watch);
                _inotify.Unwatch(watch);
            }
        }
    }

    private List<Entry> List(string folder)
    {
        // The root may be a home folder: its one entry that matters is asked for by its name.
        if (folder.Length == 0)
            return [new Entry(WatchedFolders.OpenSpec, Directory.Exists($"{_root}/openspec") ? EntryKind.Directory : EntryKind.File)];
        try
        {
            return Listing.Read(WatchedFolders.Join(_root, folder));
        }
        catch (SpecException)
        {
            return [];
        }
    }
}
