using Colophon.Kernel.Files;
using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Log;

/// <summary>Writes the next heads note: every stream's newest checkpoint in the tree, over the notes that nobody has built on yet.</summary>
internal static class HeadsBook
{
    internal static void Advance(AuditLayout layout, string repo, SigningKey key)
    {
        var oddities = new List<string>();
        var (known, tips) = Known(layout, oddities);
        var moved = new List<StreamHead>();
        foreach (var folder in AuditTree.Streams(layout, oddities))
        {
            if (folder.Checkpoints.Count == 0 || (known.TryGetValue(folder.Key, out var before) && before.Size >= folder.Checkpoints[^1].Size))
                continue;
            if (StreamCheckpoint.TryRead(folder.Checkpoints[^1].Path, out _, out var checkpoint) && checkpoint.Size > 0)
                moved.Add(new StreamHead(folder.Key, checkpoint.Size, Convert.ToHexStringLower(checkpoint.Root.Span)));
        }

        if (moved.Count == 0)
            return;
        foreach (var head in moved)
            known[head.Key] = head;
        var note = HeadsNote.Sign(repo, known.Values, tips, moved, key);
        AtomicFile.TryCreate(Path.Combine(layout.Heads, note.FileName), note.Note.ToBytes());
    }

    private static (Dictionary<string, StreamHead> Known, HashSet<string> Tips) Known(AuditLayout layout, List<string> oddities)
    {
        var known = new Dictionary<string, StreamHead>(StringComparer.Ordinal);
        var tips = new HashSet<string>(StringComparer.Ordinal);
        var built = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in AuditTree.Heads(layout, oddities))
        {
            if (!HeadsNote.TryParse(BoundedFile.ReadNote(path), out var note))
                continue;
            tips.Add(note.Hash);
            built.UnionWith(note.Priors);
            foreach (var head in note.Moved)
            {
                if (!known.TryGetValue(head.Key, out var before) || before.Size < head.Size)
                    known[head.Key] = head;
            }
        }

        tips.ExceptWith(built);
        return (known, tips);
    }
}
