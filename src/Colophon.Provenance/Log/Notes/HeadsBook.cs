using System.Globalization;
using System.Text;
using Colophon.Kernel.Files;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Log;

/// <summary>
/// Writes the next heads note: every stream's newest checkpoint in the tree, over the notes that nobody has built on yet. What the notes say is remembered in git's private folder, so
/// that only notes that came since are read; a convenience that can be deleted. What no trusted key signed is passed over: whoever vouched for it could not take that back once it is
/// deleted. Used under the log's lock only.
/// </summary>
internal sealed class HeadsBook(AuditLayout layout, string path)
{
    private const string Header = "colophon-heads 1";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tips = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StreamHead> _heads = new(StringComparer.Ordinal);
    private long _ticks;

    internal void Advance(ProjectTrust trust, IEnumerable<StreamTip> streams, SigningKey key)
    {
        Look(trust);
        var moved = new List<StreamHead>();
        foreach (var tip in streams)
        {
            if (tip.Checkpoint == 0 || (_heads.TryGetValue(tip.Key, out var before) && before.Size >= tip.Checkpoint))
                continue;
            if (StreamCheckpoint.TryRead(Path.Combine(layout.Stream(tip.Change, tip.Stream), AuditLayout.CheckpointName(tip.Checkpoint)), out var vouched, out var checkpoint) && vouched.IsSignedByOne(trust))
                moved.Add(new StreamHead(tip.Key, checkpoint.Size, Convert.ToHexStringLower(checkpoint.Root.Span)));
        }

        if (moved.Count == 0)
            return;
        foreach (var head in moved)
            _heads[head.Key] = head;
        var note = HeadsNote.Sign(trust.Repo, _heads.Values, _tips, moved, key);
        AtomicFile.TryCreate(Path.Combine(layout.Heads, note.FileName), note.Note.ToBytes());
        Take(note, note.FileName);
        _ticks = Ticks();
        Save();
    }

    private void Look(ProjectTrust trust)
    {
        if (_names.Count == 0)
            Load();
        var ticks = Ticks();
        if (ticks == _ticks)
            return;
        var paths = AuditTree.Heads(layout, []);
        // A note that is gone (another branch is checked out) takes what it said with it.
        var here = paths.Select(static p => Path.GetFileName(p)).ToHashSet(StringComparer.Ordinal);
        if (!_names.IsSubsetOf(here))
            Forget();
        var built = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fresh in paths.Where(p => !_names.Contains(Path.GetFileName(p))))
        {
            if (HeadsNote.TryParse(BoundedFile.ReadNote(fresh), out var note) && note.Note.IsSignedByOne(trust))
            {
                Take(note, Path.GetFileName(fresh));
                built.UnionWith(note.Priors);
            }
        }

        _tips.ExceptWith(built);
        _ticks = ticks;
        Save();
    }

    private void Take(HeadsNote note, string name)
    {
        _names.Add(name);
        _tips.ExceptWith(note.Priors);
        _tips.Add(note.Hash);
        foreach (var head in note.Moved)
        {
            if (!_heads.TryGetValue(head.Key, out var before) || before.Size < head.Size)
                _heads[head.Key] = head;
        }
    }

    private long Ticks() => Directory.Exists(layout.Heads) ? Directory.GetLastWriteTimeUtc(layout.Heads).Ticks : 0;

    private void Forget()
    {
        _names.Clear();
        _tips.Clear();
        _heads.Clear();
    }

    private void Load()
    {
        if (!File.Exists(path) || File.ReadAllText(path) is not { } text || !text.StartsWith(Header, StringComparison.Ordinal) || !text.EndsWith("\nend\n", StringComparison.Ordinal))
            return;
        foreach (var line in text.Split('\n'))
        {
            switch (line.Split(' ', 2))
            {
                case ["ticks", var ticks]:
                    _ = long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out _ticks);
                    break;
                case ["note", var name]:
                    _names.Add(name);
                    break;
                case ["tip", var hash]:
                    _tips.Add(hash);
                    break;
                case ["stream", _] when HeadsNote.TryParseHead(line, out var head):
                    _heads[head.Key] = head;
                    break;
            }
        }
    }

    private void Save()
    {
        var text = new StringBuilder(Header).Append(CultureInfo.InvariantCulture, $"\nticks {_ticks}\n");
        foreach (var name in _names)
            text.Append("note ").Append(name).Append('\n');
        foreach (var tip in _tips)
            text.Append("tip ").Append(tip).Append('\n');
        foreach (var head in _heads.Values)
            text.Append(head.Line).Append('\n');
        AtomicFile.WriteUnflushed(path, Encoding.UTF8.GetBytes(text.Append("end\n").ToString()));
    }
}
