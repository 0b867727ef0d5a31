using System.IO.Enumeration;
using System.Threading.Channels;

namespace Colophon.Specs.Watching.Signals;

/// <summary>Looks at every entry of a tree again and again: for systems without inotify, network file systems, and where the watches ran out.</summary>
internal sealed class PollingSignals : IFileSignals
{
    // A file that was written this shortly before it was looked at may be written once more without its time showing it: clocks of file systems are coarse.
    private static readonly TimeSpan s_doubt = TimeSpan.FromSeconds(2);

    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true, RecurseSubdirectories = false };

    private readonly Channel<string> _changed = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly string _root;
    private readonly TimeProvider _time;
    private readonly Task _loop;
    private Dictionary<string, Stamp> _known;

    private readonly record struct Stamp(DateTimeOffset Written, long Length, FileAttributes Attributes, bool InDoubt)
    {
        internal bool Differs(Stamp other) => (Written, Length, Attributes) != (other.Written, other.Length, other.Attributes);
    }

    private PollingSignals(string root, TimeSpan interval, TimeProvider time)
    {
        (_root, _time) = (root, time);
        _known = Look();
        _loop = RunAsync(interval);
    }

    /// <inheritdoc/>
    public ChannelReader<string> Changed => _changed.Reader;

    /// <inheritdoc/>
    public string? Failure => null;

    /// <summary>Takes a first look and goes on looking.</summary>
    internal static PollingSignals Start(string root, TimeSpan interval, TimeProvider time) => new(root, interval, time);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
                Compare();
        }
        catch (OperationCanceledException)
        {
            _changed.Writer.TryComplete();
        }
    }

    private void Compare()
    {
        var today = Look();
        foreach (var (path, stamp) in today)
        {
            if (!_known.TryGetValue(path, out var before) || stamp.Differs(before) || before.InDoubt)
                _changed.Writer.TryWrite(path);
        }

        foreach (var path in _known.Keys)
        {
            if (!today.ContainsKey(path))
                _changed.Writer.TryWrite(path);
        }

        _known = today;
    }

    private Dictionary<string, Stamp> Look()
    {
        var stamps = new Dictionary<string, Stamp>(_known?.Count ?? 0, StringComparer.Ordinal);
        var doubted = _time.GetUtcNow() - s_doubt;
        var folders = new Stack<string>([""]);
        while (folders.TryPop(out var folder))
        {
            foreach (var (name, stamp) in List(folder, doubted))
            {
                if (!WatchedFolders.Matters(folder, name))
                    continue;
                var path = WatchedFolders.Join(folder, name);
                // A folder's own time changes with its entries, which are compared for themselves.
                var isFolder = stamp.Attributes.HasFlag(FileAttributes.Directory);
                stamps.Add(path, isFolder ? new Stamp(default, 0, stamp.Attributes, false) : stamp);
                if (isFolder && WatchedFolders.Enters(folder, name) && (!stamp.Attributes.HasFlag(FileAttributes.ReparsePoint) || WatchedFolders.MayBeLink(path)))
                    folders.Push(path);
            }
        }

        return stamps;
    }

    private List<(string Name, Stamp Stamp)> List(string folder, DateTimeOffset doubted)
    {
        try
        {
            return [.. new FileSystemEnumerable<(string, Stamp)>(
                WatchedFolders.Join(_root, folder),
                (ref FileSystemEntry entry) => (entry.FileName.ToString(), new Stamp(entry.LastWriteTimeUtc, entry.IsDirectory ? 0 : entry.Length, entry.Attributes, entry.LastWriteTimeUtc > doubted)),
                s_everything)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
