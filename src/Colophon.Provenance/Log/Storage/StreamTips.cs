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
/// How far every stream in the tree goes, remembered in git's private folder so that a writer does not list a long log again: a stream's folder is only read where it changed. A
/// convenience that can be deleted; used under the log's lock only.
/// </summary>
internal sealed class StreamTips(AuditLayout layout, string path)
{
    private const string Header = "colophon-tips 1";

    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = FileAttributes.None };

    private Dictionary<string, StreamTip> _known = [];
    private bool _loaded;

    /// <summary>
    /// Every stream's tip as the tree stood when this process first asked, and by what it wrote since. What others write in between they checkpoint themselves.
    /// </summary>
    internal IReadOnlyCollection<StreamTip> Known() => _loaded ? _known.Values : Look();

    private Dictionary<string, StreamTip>.ValueCollection Look()
    {
        Load();
        var found = new Dictionary<string, StreamTip>(StringComparer.Ordinal);
        var changed = false;
        foreach (var change in Folders(layout.Streams))
        {
            foreach (var stream in Folders(Path.Combine(layout.Streams, change)))
            {
                var key = $"{change}/{stream}";
                var ticks = Directory.GetLastWriteTimeUtc(layout.Stream(change, stream)).Ticks;
                var isKnown = _known.TryGetValue(key, out var tip) && tip.Ticks == ticks;
                found[key] = isKnown && tip is not null ? tip : Read(change, stream, ticks);
                changed |= !isKnown;
            }
        }

        changed |= found.Count != _known.Count;
        _known = found;
        if (changed)
            Save();
        return found.Values;
    }

    /// <summary>Notes what this process itself wrote, so that its own folder need not be read for it.</summary>
    internal void Wrote(string change, string stream, long seq, string leaf)
    {
        if (_known.TryGetValue($"{change}/{stream}", out var tip) && tip.Seq == seq - 1)
            Note(tip with { Seq = seq, Leaf12 = leaf[..12] });
        else if (_loaded && seq == 1)
            Note(new StreamTip(change, stream, 0, 1, leaf[..12], 0));
    }

    /// <summary>Notes a checkpoint that this process itself wrote.</summary>
    internal void Sealed(string change, string stream, long size)
    {
        if (_known.TryGetValue($"{change}/{stream}", out var tip))
            Note(tip with { Checkpoint = Math.Max(size, tip.Checkpoint) });
    }

    /// <summary>Keeps what is known for the next process.</summary>
    internal void Save()
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var tip in _known.Values)
            text.Append(CultureInfo.InvariantCulture, $"{tip.Change} {tip.Stream} {tip.Ticks} {tip.Seq} {tip.Leaf12} {tip.Checkpoint}\n");
        AtomicFile.WriteUnflushed(path, Encoding.UTF8.GetBytes(text.Append("end\n").ToString()));
    }

    // Between two looks other processes may have written too: then the folder's time is not the one noted here, and it is read.
    private void Note(StreamTip tip) => _known[tip.Key] = tip with { Ticks = Directory.GetLastWriteTimeUtc(layout.Stream(tip.Change, tip.Stream)).Ticks };

    private void Load()
    {
        if (_loaded)
            return;
        _loaded = true;
        if (!File.Exists(path) || File.ReadAllText(path) is not { } text || !text.StartsWith(Header, StringComparison.Ordinal) || !text.EndsWith("\nend\n", StringComparison.Ordinal))
            return;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.ToString().Split(' ') is [var change, var stream, var ticks, var seq, var leaf, var checkpoint])
                _known[$"{change}/{stream}"] = new StreamTip(change, stream, Number(ticks), Number(seq), leaf, Number(checkpoint));
        }
    }

    private StreamTip Read(string change, string stream, long ticks)
    {
        var (seq, leaf12, checkpoint) = (0L, "", 0L);
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

    private static List<string> Folders(string directory)
    {
        if (!Directory.Exists(directory))
            return [];
        var folders = new FileSystemEnumerable<string>(directory, static (ref e) => e.FileName.ToString(), s_all)
        {
            ShouldIncludePredicate = static (ref e) => e.IsDirectory && (e.Attributes & FileAttributes.ReparsePoint) != FileAttributes.ReparsePoint,
        };
        return [.. folders.Where(EntryFormat.IsName).Order(StringComparer.Ordinal)];
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
