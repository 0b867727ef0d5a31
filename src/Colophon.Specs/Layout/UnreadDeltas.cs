using Colophon.Specs.Parsing;

namespace Colophon.Specs.Layout;

/// <summary>Markdown files with delta sections that no reader ever opens.</summary>
internal static class UnreadDeltas
{
    /// <summary>The files below a change's <c>specs/</c>, each with the file its requirements belong into.</summary>
    internal static List<(string Relative, string Expected)> Find(string specs)
    {
        if (File.Exists(specs))
            return [];
        var others = new List<(string Relative, string Absolute, EntryKind Kind)>();
        SpecFiles.Find(specs, others);
        return Find(others, FileText.Read, null);
    }

    internal static List<(string Relative, string Expected)> Find(List<(string Relative, string Absolute, EntryKind Kind)> others, Func<string, FileText> read, SpecKeywords? keywords)
    {
        var unread = new List<(string, string)>();
        others.Sort(static (a, b) => string.CompareOrdinal(a.Relative, b.Relative));
        foreach (var (relative, absolute, kind) in others)
        {
            var name = relative[(relative.LastIndexOf('/') + 1)..];
            if (name == SpecFiles.FileName || !name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || (kind == EntryKind.Link && !File.Exists(absolute)))
                continue;
            var file = read(absolute);
            if (file.Missing || !DeltaReader.HasSections(MarkdownLines.Of(file.OrThrow(absolute), keywords: keywords)))
                continue;
            var capability = relative.Length > name.Length ? relative[..(relative.Length - name.Length - 1)] : name[..^3];
            unread.Add((relative, $"{capability}/{SpecFiles.FileName}"));
        }

        return unread;
    }
}
