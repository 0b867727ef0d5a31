using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using Colophon.Kernel.Files;

namespace Colophon.Provenance.Log;

/// <summary>How far a stream in the tree goes.</summary>
/// <param name="Change">The change.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Ticks">When its folder changed last; a folder that changed since is looked at again.</param>
/// <param name="Seq">The last entry's place, 0 where there is none.</param>
/// <param name="Leaf12">The beginning of its leaf.</param>
/// <param name="Checkpoint">The size of the last checkpoint, 0 where there is none.</param>
internal sealed record StreamTip(string Change, string Stream, long Ticks, long Seq, string Leaf12, long Checkpoint)
{
    internal string Key => $"{Change}/{Stream}";
}

/// <summary>
/// How far the streams in the tree go, remembered in git's private folder, so that a command costs the same however many there are. All of them are only looked at where git changed files since
/// (its index tells) or a change's folder came or went; of those, only a folder that changed is read. What a command itself writes to is looked at in any case. A convenience that can be
/// deleted; used under the log's lock only.
/// </summary>
/// <remarks>
/// Two files: one has every stream as of the last look at all, the one that ends with <c>.new</c> what came since, and which of it nobody has named (<see cref="SeenStreams"/>) or taken into the
/// heads yet. What is copied into a stream's folder without git is noticed after git's next change, which is soon enough: it only is named, and gets into the heads, a little later.
/// </remarks>
internal sealed class StreamTips(AuditLayout layout, string gitIndex, string path)
{
    private const string Header = "colophon-tips 2";
    private const string NewHeader = "colophon-tips-new 1";

    // Named are the heads that moved while this worktree was looking; of what was there before, the newest, and the heads note covers the rest.
    private const int MostOld = 32;
    private const int MostNews = 256;
    private const int MostNew = 128;

    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = FileAttributes.None };

    // File systems note times coarsely: what changed just now may change again within the same tick.
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(1);

    private static readonly (string Index, long Streams) Unsettled = ("", 0);

    private readonly Dictionary<string, StreamTip> _new = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StreamTip> _news = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unsealed = new(StringComparer.Ordinal);
    private (string Index, long Streams) _stamp = Unsettled;
    private bool _looked;

    /// <summary>The heads of streams that no entry written here has named yet.</summary>
    internal IReadOnlyCollection<StreamTip> News()
    {
        Look();
        return _news.Values;
    }

    /// <summary>The streams that came or moved since the heads were taken last.</summary>
    internal IReadOnlyList<StreamTip> Moved()
    {
        Look();
        return [.. _unsealed.Select(k => _new.GetValueOrDefault(k)).OfType<StreamTip>()];
    }

    /// <summary>Every stream that is here.</summary>
    internal IReadOnlyCollection<StreamTip> All()
    {
        Look();
        var all = LoadAll();
        foreach (var tip in _new.Values)
            all[tip.Key] = tip;
        return all.Values;
    }

    /// <summary>How far one stream goes, by a look at its own folder where that changed.</summary>
    internal StreamTip Of(string change, string stream)
    {
        Look();
        var ticks = TicksOf(change, stream);
        return _new.TryGetValue($"{change}/{stream}", out var tip) && tip.Ticks == ticks ? tip : _new[$"{change}/{stream}"] = Read(change, stream, ticks);
    }

    /// <summary>Notes that an entry names these heads.</summary>
    internal void Named(IEnumerable<StreamTip> tips)
    {
        foreach (var tip in tips)
        {
            if (_news.TryGetValue(tip.Key, out var news) && news.Seq == tip.Seq)
                _news.Remove(tip.Key);
        }

        Save(areHeadsTaken: false);
    }

    /// <summary>Notes what this process itself wrote, so that its own folder need not be read for it.</summary>
    internal void Wrote(string change, string stream, long seq, string leaf)
    {
        if (!_looked)
            return;
        var key = $"{change}/{stream}";
        var tip = new StreamTip(change, stream, TicksOf(change, stream), seq, leaf[..12], _new.GetValueOrDefault(key)?.Checkpoint ?? 0);
        _new[key] = tip;
        _news[key] = tip;
    }

    /// <summary>Notes a checkpoint over a whole stream that this process itself wrote.</summary>
    internal void Sealed(string change, string stream, long size, string leaf)
    {
        Look();
        _new[$"{change}/{stream}"] = new StreamTip(change, stream, TicksOf(change, stream), size, leaf[..12], size);
        _unsealed.Add($"{change}/{stream}");
    }

    /// <summary>Notes that the heads may lack a stream's checkpoint: whoever wrote it may have been killed.</summary>
    internal void MayLack(string change, string stream) => _unsealed.Add(Of(change, stream).Key);

    /// <summary>Keeps what is known for the next process.</summary>
    /// <param name="areHeadsTaken">Whether the heads cover everything now.</param>
    internal void Save(bool areHeadsTaken)
    {
        if (!_looked)
            return;
        if (areHeadsTaken)
            _unsealed.Clear();
        if (_new.Count > MostNew + _unsealed.Count)
            SaveAll(All().ToDictionary(static t => t.Key, StringComparer.Ordinal));
        SaveNew();
    }

    private void Look()
    {
        if (_looked)
            return;
        _looked = true;
        LoadNew();
        var stamp = Stamp();
        if (stamp != Unsettled && stamp == _stamp)
            return;
        var isFirst = !File.Exists(path);
        var known = LoadAll();
        foreach (var tip in _new.Values)
            known[tip.Key] = tip;
        var changed = new List<StreamTip>();
        foreach (var (change, stream, ticks) in Folders())
        {
            var key = $"{change}/{stream}";
            if (known.TryGetValue(key, out var before) && before.Ticks == ticks)
                continue;
            var now = Read(change, stream, ticks);
            known[key] = now;
            if (before is null || (before.Seq, before.Leaf12, before.Checkpoint) != (now.Seq, now.Leaf12, now.Checkpoint))
                changed.Add(now);
            if (_new.ContainsKey(key))
                _new[key] = now;
        }

        foreach (var tip in changed)
        {
            _new[tip.Key] = tip;
            _unsealed.Add(tip.Key);
        }

        foreach (var tip in changed.OrderByDescending(static t => t.Ticks).ThenBy(static t => t.Key, StringComparer.Ordinal).Take(isFirst ? MostOld : MostNews - Math.Min(_news.Count, MostNews)))
            _news[tip.Key] = tip;
        SaveAll(known);
        _stamp = stamp;
        SaveNew();
    }

    // What git writes into the tree it notes in its index last. Empty where that happened just now.
    private (string Index, long Streams) Stamp()
    {
        var index = new FileInfo(gitIndex);
        var (written, length) = index.Exists ? (index.LastWriteTimeUtc, index.Length) : (default, 0);
        return TimeProvider.System.GetUtcNow().UtcDateTime - written < s_settled ? Unsettled
            : (string.Create(CultureInfo.InvariantCulture, $"{written.Ticks}.{length}"), Directory.GetLastWriteTimeUtc(layout.Streams).Ticks);
    }

    private long TicksOf(string change, string stream) => Directory.GetLastWriteTimeUtc(layout.Stream(change, stream)).Ticks;

    private Dictionary<string, StreamTip> LoadAll()
    {
        var all = new Dictionary<string, StreamTip>(StringComparer.Ordinal);
        foreach (var line in Lines(path, Header))
        {
            if (TryParse(line, out var tip))
                all[tip.Key] = tip;
        }

        return all;
    }

    private void SaveAll(Dictionary<string, StreamTip> all)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var tip in all.Values)
            Write(text, "tip", tip);
        AtomicFile.WriteUnflushed(path, Encoding.UTF8.GetBytes(text.Append("end\n").ToString()));
        foreach (var key in _new.Keys.Where(k => !_unsealed.Contains(k)).ToArray())
            _new.Remove(key);
    }

    private void LoadNew()
    {
        foreach (var line in Lines(path + ".new", NewHeader))
        {
            if (line.StartsWith("stamp ", StringComparison.Ordinal))
                _stamp = line.Split(' ') is [_, { Length: > 0 } index, var streams] && File.Exists(path) ? (index, Number(streams)) : Unsettled;
            else if (line.StartsWith("unsealed ", StringComparison.Ordinal))
                _unsealed.Add(line[9..]);
            else if (TryParse(line, out var tip))
                (line[0] == 'n' ? _news : _new)[tip.Key] = tip;
        }
    }

    private void SaveNew()
    {
        // The streams' folder changes when this process begins one itself; where git wrote meanwhile, the next one looks.
        if (_stamp != Unsettled && Stamp() is var stamp && stamp.Index == _stamp.Index)
            _stamp = stamp;
        var text = new StringBuilder(NewHeader).Append(CultureInfo.InvariantCulture, $"\nstamp {_stamp.Index} {_stamp.Streams}\n");
        foreach (var tip in _new.Values)
            Write(text, "tip", tip);
        foreach (var tip in _news.Values)
            Write(text, "news", tip);
        foreach (var key in _unsealed)
            text.Append("unsealed ").Append(key).Append('\n');
        AtomicFile.WriteUnflushed(path + ".new", Encoding.UTF8.GetBytes(text.Append("end\n").ToString()));
    }

    private static void Write(StringBuilder text, string kind, StreamTip tip) =>
        text.Append(CultureInfo.InvariantCulture, $"{kind} {tip.Change} {tip.Stream} {tip.Ticks} {tip.Seq} {(tip.Leaf12.Length > 0 ? tip.Leaf12 : "-")} {tip.Checkpoint}\n");

    private static bool TryParse(string line, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StreamTip? tip)
    {
        tip = line.Split(' ') is ["tip" or "news", var change, var stream, var ticks, var seq, var leaf, var checkpoint]
            ? new StreamTip(change, stream, Number(ticks), Number(seq), leaf == "-" ? "" : leaf, Number(checkpoint))
            : null;
        return tip is not null;
    }

    private static string[] Lines(string file, string header) =>
        File.Exists(file) && File.ReadAllText(file) is { } text && text.StartsWith(header + "\n", StringComparison.Ordinal) && text.EndsWith("\nend\n", StringComparison.Ordinal) ? text.Split('\n')[1..^2] : [];

    private StreamTip Read(string change, string stream, long ticks)
    {
        var (seq, leaf12, checkpoint) = (0L, "", 0L);
        if (!Directory.Exists(layout.Stream(change, stream)))
            return new StreamTip(change, stream, ticks, seq, leaf12, checkpoint);
        var names = new FileSystemEnumerable<string>(layout.Stream(change, stream), static (ref e) => e.FileName.ToString(), s_all) { ShouldIncludePredicate = static (ref e) => !e.IsDirectory && e.FileName[0] != '.' };
        foreach (var name in names)
        {
            if (AuditLayout.TryEntryName(name, out var place, out var leaf) && place > seq)
                (seq, leaf12) = (place, leaf);
            else if (AuditLayout.TryCheckpointName(name, out var size) && size > checkpoint)
                checkpoint = size;
        }

        return new StreamTip(change, stream, ticks, seq, leaf12, checkpoint);
    }

    private IEnumerable<(string Change, string Stream, long Ticks)> Folders()
    {
        if (!Directory.Exists(layout.Streams))
            yield break;
        foreach (var (change, _) in Folders(layout.Streams))
        {
            foreach (var (stream, ticks) in Folders(Path.Combine(layout.Streams, change)))
                yield return (change, stream, ticks);
        }
    }

    private static FileSystemEnumerable<(string Name, long Ticks)> Folders(string directory) =>
        new(directory, static (ref e) => (e.FileName.ToString(), e.LastWriteTimeUtc.UtcTicks), s_all)
        {
            ShouldIncludePredicate = static (ref e) => e.IsDirectory && (e.Attributes & FileAttributes.ReparsePoint) != FileAttributes.ReparsePoint && EntryFormat.IsName(e.FileName),
        };

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
