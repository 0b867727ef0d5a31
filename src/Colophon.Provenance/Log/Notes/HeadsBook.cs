using System.Globalization;
using System.Text;
using Colophon.Kernel.Files;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Log;

/// <summary>
/// Writes the next heads note: every stream's newest checkpoint in the tree, over the notes that nobody has built on yet. What the notes say is remembered in git's private folder, so
/// that only notes that came since are read, and only what a note needs of that is; a convenience that can be deleted. What no trusted key signed is passed over: whoever vouched for it could not
/// take that back once it is deleted. Used under the log's lock only.
/// </summary>
/// <remarks>
/// Three files: <c>.tree</c> has the heads (<see cref="HeadsTree"/>), <c>.names</c> the notes that are known, and the one without an ending what moved since the tree was made, the notes
/// that nobody has built on, and when the notes' folder changed last.
/// </remarks>
internal sealed class HeadsBook(AuditLayout layout, string path)
{
    private const string Header = "colophon-heads 2";

    // More moved streams than this are taken into the tree's file; until then only they are written.
    private const int MostMoved = 16;

    private const long Unknown = -1;

    private readonly HashSet<string> _tips = new(StringComparer.Ordinal);
    private long _ticks = Unknown;

    /// <summary>Writes a note where checkpoints are newer than the notes say.</summary>
    /// <param name="trust">The project's trust: what nobody in it signed is passed over.</param>
    /// <param name="moved">The streams whose checkpoints may be newer.</param>
    /// <param name="all">All streams: for where the notes are not those that were known.</param>
    /// <param name="key">Signs the note.</param>
    internal void Advance(ProjectTrust trust, IEnumerable<StreamTip> moved, Func<IEnumerable<StreamTip>> all, SigningKey key)
    {
        using var tree = HeadsTree.Open(path + ".tree");
        Load(tree, trust);
        try
        {
            Advance(tree, trust, moved, all, key);
        }
        catch (InvalidDataException)
        {
            Forget(tree);
            Advance(tree, trust, moved, all, key);
        }
    }

    private void Advance(HeadsTree tree, ProjectTrust trust, IEnumerable<StreamTip> moved, Func<IEnumerable<StreamTip>> all, SigningKey key)
    {
        var isOther = Look(tree, trust);
        var news = new List<StreamHead>();
        foreach (var tip in isOther ? all() : moved)
        {
            if (tip.Checkpoint == 0 || tree.Find(tip.Key) is { } before && before.Size >= tip.Checkpoint)
                continue;
            if (StreamCheckpoint.TryRead(Path.Combine(layout.Stream(tip.Change, tip.Stream), AuditLayout.CheckpointName(tip.Checkpoint)), out var vouched, out var checkpoint) && vouched.IsSignedByOne(trust))
                news.Add(new StreamHead(tip.Key, checkpoint.Size, Convert.ToHexStringLower(checkpoint.Root.Span)));
        }

        if (news.Count > 0)
        {
            foreach (var head in news)
                tree.Set(head);
            var note = HeadsNote.Sign(trust.Repo, tree.Count, tree.Root(), _tips, news, key);
            AtomicFile.TryCreate(Path.Combine(layout.Heads, note.FileName), note.Note.ToBytes());
            Take(tree, note);
            Name(note.FileName);
            _ticks = Ticks();
        }

        if (news.Count > 0 || isOther)
            Save(tree, trust);
    }

    /// <summary>Takes in the notes that came since; true where there are others than were known.</summary>
    private bool Look(HeadsTree tree, ProjectTrust trust)
    {
        var ticks = Ticks();
        if (ticks == _ticks)
            return false;
        var paths = AuditTree.Heads(layout, []);
        var here = paths.Select(static p => Path.GetFileName(p)).ToHashSet(StringComparer.Ordinal);
        var names = _ticks != Unknown && File.Exists(path + ".names") ? File.ReadAllLines(path + ".names").ToHashSet(StringComparer.Ordinal) : [];
        // A note that is gone (another branch is checked out) takes what it said with it.
        if (names.Count == 0 || !names.IsSubsetOf(here))
        {
            Forget(tree);
            names.Clear();
        }

        var built = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fresh in paths.Where(p => !names.Contains(Path.GetFileName(p))))
        {
            if (HeadsNote.TryParse(BoundedFile.ReadNote(fresh), out var note) && note.Note.IsSignedByOne(trust))
            {
                names.Add(Path.GetFileName(fresh));
                Take(tree, note);
                built.UnionWith(note.Priors);
            }
        }

        _tips.ExceptWith(built);
        _ticks = ticks;
        AtomicFile.WriteUnflushed(path + ".names", Encoding.UTF8.GetBytes(string.Concat(names.Select(static n => n + "\n"))));
        return true;
    }

    private void Name(string note)
    {
        try
        {
            File.AppendAllText(path + ".names", note + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A note that is not known by name is only read once more.
        }
    }

    private void Take(HeadsTree tree, HeadsNote note)
    {
        _tips.ExceptWith(note.Priors);
        _tips.Add(note.Hash);
        foreach (var head in note.Moved)
        {
            if (tree.Find(head.Key) is not { } before || head.IsOver(before))
                tree.Set(head);
        }
    }

    private long Ticks() => Directory.Exists(layout.Heads) ? Directory.GetLastWriteTimeUtc(layout.Heads).Ticks : 0;

    private void Forget(HeadsTree tree)
    {
        _tips.Clear();
        _ticks = Unknown;
        tree.Clear();
    }

    private void Load(HeadsTree tree, ProjectTrust trust)
    {
        _tips.Clear();
        _ticks = Unknown;
        if (tree.Id.Length > 0 && File.Exists(path) && File.ReadAllText(path) is { } text && text.StartsWith($"{Header}\ntree {tree.Id}\ntrust {trust.Version}\n", StringComparison.Ordinal) && text.EndsWith("\nend\n", StringComparison.Ordinal))
        {
            foreach (var line in text.Split('\n'))
            {
                switch (line.Split(' ', 2))
                {
                    case ["ticks", var ticks]:
                        _ticks = long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Unknown;
                        break;
                    case ["tip", var hash]:
                        _tips.Add(hash);
                        break;
                    case ["moved", var moved] when moved.IndexOf(' ', StringComparison.Ordinal) is var cut and > 0
                        && int.TryParse(moved.AsSpan(0, cut), NumberStyles.None, CultureInfo.InvariantCulture, out var place) && HeadsNote.TryParseHead(moved[(cut + 1)..], out var head):
                        tree.Resume(place, head);
                        break;
                }
            }
        }
        else
        {
            // What moved since belongs to another tree or was judged by another trust, or is lost: the notes tell it again.
            tree.Clear();
        }
    }

    private void Save(HeadsTree tree, ProjectTrust trust)
    {
        if (tree.Updates.Count > MostMoved || tree.HasNew)
            tree.Renew();
        tree.Save();
        var text = new StringBuilder(Header).Append(CultureInfo.InvariantCulture, $"\ntree {tree.Id}\ntrust {trust.Version}\nticks {_ticks}\n");
        foreach (var tip in _tips)
            text.Append("tip ").Append(tip).Append('\n');
        foreach (var (place, head) in tree.Updates)
            text.Append(CultureInfo.InvariantCulture, $"moved {place} ").Append(head.Line).Append('\n');
        AtomicFile.WriteUnflushed(path, Encoding.UTF8.GetBytes(text.Append("end\n").ToString()));
    }
}
