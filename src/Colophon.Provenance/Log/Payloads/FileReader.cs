using Colophon.Kernel.Paths;

namespace Colophon.Provenance.Log;

/// <summary>Reads the file changes of a payload; a path that could lead out of the repository is a fault.</summary>
internal static class FileReader
{
    internal static FileChange Read(Members m)
    {
        var change = new FileChange
        {
            Path = Path(m, "path"),
            Action = m.Choice<FileAction>("action"),
            RenamedFrom = m.OptionalText("renamedFrom") is null ? null : Path(m, "renamedFrom"),
            Mode = m.OptionalText("mode"),
            Before = m.Object("before", Digest),
            After = m.Object("after", Digest),
            Hunks = m.List("hunks", Hunk),
            Requirements = m.Texts("requirements"),
            Diff = m.Object("diff", PayloadReader.Commitment),
        };
        Check(change, m);
        return change;
    }

    internal static string Path(Members m, string name)
    {
        var text = m.Text(name);
        if (!WorkspacePath.TryParse(text, out var path) || path.Value != text || text == ".")
            m.Fault("A path does not lie inside the repository.");
        return text;
    }

    /// <summary>The first path that stands twice or is a twin of another; a deletion may be one half of a change of case.</summary>
    internal static string? Twins(IReadOnlyList<FileChange> files) => files.Count < 2 ? null
        : NameTwins.First(files.Where(static f => f.Action != FileAction.Delete).Select(static f => f.Path))
            ?? files.GroupBy(static f => f.Path, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1)?.Key;

    private static void Check(FileChange file, Members m)
    {
        var sides = (file.Before is not null, file.After is not null);
        var fits = file.Action switch
        {
            FileAction.Create => sides == (false, true),
            FileAction.Delete => sides == (true, false),
            _ => sides == (true, true),
        };
        if (!fits || (file.Action == FileAction.Rename) != file.RenamedFrom is not null)
            m.Fault($"The change of '{file.Path}' contradicts its action.");
    }

    private static FileDigest Digest(Members m) => new()
    {
        Sha256 = m.Hex("sha256", MerkleHash.Length),
        GitBlob = m.Hex("gitBlob", 20),
        Lines = m.Count("lines"),
        Bytes = m.Number("bytes"),
        Eol = m.Text("eol") is "lf" or "crlf" or "mixed" or "none" or "binary" ? m.Text("eol") : Unknown(m),
    };

    private static string Unknown(Members m)
    {
        m.Fault("The line ends of a file are of no known kind.");
        return "";
    }

    private static HunkRecord Hunk(Members m)
    {
        var hunk = new HunkRecord
        {
            OldStart = m.Count("oldStart"),
            OldLines = m.Count("oldLines"),
            NewStart = m.Count("newStart"),
            NewLines = m.Count("newLines"),
            By = m.Choice<HunkAuthor>("by"),
            Lines = m.Text("lines"),
        };
        if (hunk is { OldLines: 0, NewLines: 0 })
            m.Fault("A hunk changes nothing.");
        // Eight bytes a line in base64 with padding.
        if (hunk.Lines.Length != ((hunk.NewLines * 8L) + 2) / 3 * 4)
            m.Fault("A hunk does not name each of its lines.");
        return hunk;
    }
}
