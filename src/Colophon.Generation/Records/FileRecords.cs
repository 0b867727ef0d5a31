using Colophon.Generation.Scratch;
using Colophon.Provenance.Log;
using Colophon.Text.Diff;

namespace Colophon.Generation.Records;

/// <summary>Turns file changes into what the log keeps of them: digests and line keys, never the text.</summary>
internal static class FileRecords
{
    /// <summary>The record of one change.</summary>
    /// <param name="edit">What is written.</param>
    /// <param name="proposed">What the model had proposed, where the reviewer wrote something else; null where every inserted line is the model's.</param>
    /// <param name="requirements">The requirements the change serves.</param>
    internal static FileChange Of(FileEdit edit, byte[]? proposed, IReadOnlyList<string> requirements) => new()
    {
        Path = edit.Path.Value,
        Action = edit.Action switch
        {
            EditAction.Create => FileAction.Create,
            EditAction.Delete => FileAction.Delete,
            EditAction.Rename => FileAction.Rename,
            _ => FileAction.Modify,
        },
        RenamedFrom = edit.RenamedFrom?.Value,
        Mode = edit.After is { GitMode: not "100644" } after ? after.GitMode : null,
        Before = edit.Before is null ? null : FileDigest.Of(edit.Before.Content),
        After = edit.After is null ? null : FileDigest.Of(edit.After.Content),
        Hunks = Hunks(edit, proposed),
        Requirements = requirements,
    };

    private static List<HunkRecord> Hunks(FileEdit edit, byte[]? proposed)
    {
        if (edit.IsBinary)
            return [];
        var before = Lines(edit.Before?.Content);
        var after = Lines(edit.After?.Content);
        var keys = LineKey.OfLines(edit.After?.Content);
        var human = proposed is null ? new bool[after.Count] : Inserted(Lines(proposed), after);
        var records = new List<HunkRecord>();
        foreach (var hunk in LineDiff.Compute(before, after))
            Split(hunk, human, keys, records);
        return records;
    }

    // One record per run of lines with one author; the first carries the lines that go.
    private static void Split(Hunk hunk, bool[] human, ulong[] keys, List<HunkRecord> records)
    {
        var start = hunk.NewStart;
        do
        {
            var end = start;
            while (end < hunk.NewEnd && human[end] == human[start])
                end++;
            var first = start == hunk.NewStart;
            var (oldStart, oldLines) = first ? (hunk.OldStart, hunk.OldLines) : (hunk.OldEnd, 0);
            records.Add(new HunkRecord
            {
                OldStart = oldLines == 0 ? oldStart : oldStart + 1,
                OldLines = oldLines,
                NewStart = end == start ? start : start + 1,
                NewLines = end - start,
                By = start < hunk.NewEnd && human[start] ? HunkAuthor.Human : HunkAuthor.Model,
                Lines = LineHash.Pack(keys.AsSpan(start, end - start)),
            });
            start = end;
        }
        while (start < hunk.NewEnd);
    }

    private static bool[] Inserted(IReadOnlyList<string> from, IReadOnlyList<string> to)
    {
        var inserted = new bool[to.Count];
        foreach (var hunk in LineDiff.Compute(from, to))
            inserted.AsSpan(hunk.NewStart, hunk.NewLines).Fill(true);
        return inserted;
    }

    // As Latin-1: one character a byte, so that lines compare and split as their bytes do.
    private static IReadOnlyList<string> Lines(byte[]? content) =>
        content is null ? [] : LineText.Split(System.Text.Encoding.Latin1.GetString(content)).RawLines;
}
