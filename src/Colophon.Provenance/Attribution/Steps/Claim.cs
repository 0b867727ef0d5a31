using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>A hunk ready to be replayed: 0-based, with the keys of its inserted lines.</summary>
internal sealed record ClaimHunk(int OldStart, int OldLines, int NewStart, ulong[] Keys, HunkAuthor By);

/// <summary>What one entry says about one file.</summary>
internal sealed record Claim(Entry Entry, FileChange File, IReadOnlyList<ClaimHunk> Hunks)
{
    /// <summary>Stands for the content of a file that does not exist.</summary>
    public const string Absent = "";

    private const int MostLines = AttributionOptions.LargestFile;

    public string Before => File.Before?.GitBlob ?? Absent;

    public string After => File.After?.GitBlob ?? Absent;

    public string OldPath => File.RenamedFrom ?? File.Path;

    /// <summary>The claims of an entry: none where it is of a kind that changes no file, was rejected, or contradicts itself.</summary>
    public static IEnumerable<Claim> Of(Entry entry)
    {
        var counts = entry.Predicate.Kind switch
        {
            EntryKind.Decision => entry.Predicate.Decision is { Accepted: true },
            EntryKind.HumanEdit or EntryKind.Format or EntryKind.Discard => true,
            _ => false,
        };
        if (!counts)
            yield break;
        foreach (var file in entry.Predicate.Files)
        {
            if (Read(file) is { } hunks)
                yield return new Claim(entry, file, hunks);
        }
    }

    /// <summary>The order in which an entry's claims are replayed: stream, then place in it.</summary>
    public static int Compare(Claim one, Claim other)
    {
        var (a, b) = (one.Entry.Predicate, other.Entry.Predicate);
        var order = string.CompareOrdinal(a.Stream, b.Stream);
        order = order != 0 ? order : a.Seq.CompareTo(b.Seq);
        return order != 0 ? order : string.CompareOrdinal(one.Entry.Leaf, other.Entry.Leaf);
    }

    private static List<ClaimHunk>? Read(FileChange file)
    {
        var (before, after) = (file.Before?.Lines ?? 0, file.After?.Lines ?? 0);
        if (before is < 0 or > MostLines || after is < 0 or > MostLines)
            return null;
        var hunks = new List<ClaimHunk>(file.Hunks.Count);
        var (line, shift) = (0, 0);
        foreach (var hunk in file.Hunks)
        {
            var old = hunk.OldStart - (hunk.OldLines > 0 ? 1 : 0);
            var fresh = hunk.NewStart - (hunk.NewLines > 0 ? 1 : 0);
            if (hunk.OldLines is < 0 or > MostLines || hunk.NewLines is < 0 or > MostLines || old > MostLines || old < line || old + shift != fresh || LineHash.Unpack(hunk.Lines) is not { } keys || keys.Length != hunk.NewLines)
                return null;
            hunks.Add(new ClaimHunk(old, hunk.OldLines, fresh, keys, hunk.By));
            line = old + hunk.OldLines;
            shift += hunk.NewLines - hunk.OldLines;
        }

        return line <= before && before + shift == after ? hunks : null;
    }
}
