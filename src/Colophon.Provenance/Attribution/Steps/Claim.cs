using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>A hunk ready to be replayed: 0-based, with the keys of its inserted lines.</summary>
internal sealed record ClaimHunk(int OldStart, int OldLines, int NewStart, ulong[] Keys, HunkAuthor By);

/// <summary>What one entry says about one file. The hunks are read when they are first wanted: most claims are never replayed again.</summary>
internal sealed class Claim(Entry entry, FileChange file)
{
    private IReadOnlyList<ClaimHunk>? _hunks;
    private bool _read;

    public Entry Entry { get; } = entry;

    public FileChange File { get; } = file;

    /// <summary>Whether the hunks fit one another and the numbers of lines before and after; otherwise the claim says nothing.</summary>
    public bool IsSound
    {
        get
        {
            if (!_read)
                (_hunks, _read) = (Read(File), true);
            return _hunks is not null;
        }
    }

    /// <summary>The hunks in order; none where the claim is not sound.</summary>
    public IReadOnlyList<ClaimHunk> Hunks => IsSound ? _hunks ?? [] : [];

    /// <summary>Stands for the content of a file that does not exist.</summary>
    public const string Absent = "";

    private const int MostLines = AttributionOptions.LargestFile;

    public string Before => File.Before?.Blob ?? Absent;

    public string After => File.After?.Blob ?? Absent;

    public string OldPath => File.RenamedFrom ?? File.Path;

    /// <summary>Whether a file's hunks, where there are any, fit one another and the numbers of lines before and after.</summary>
    public static bool Fits(FileChange file) => file.Hunks.Count == 0 || Read(file) is not null;

    /// <summary>The claims of an entry: none where it is of a kind that changes no file or was rejected.</summary>
    public static IEnumerable<Claim> Of(Entry entry)
    {
        var counts = entry.Predicate.Kind switch
        {
            EntryKind.Decision => entry.Predicate.Decision is { Accepted: true },
            EntryKind.HumanEdit or EntryKind.Format or EntryKind.Discard => true,
            _ => false,
        };
        return counts ? entry.Predicate.Files.Select(f => new Claim(entry, f)) : [];
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
