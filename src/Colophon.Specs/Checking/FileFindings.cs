using Colophon.Specs.Parsing;

namespace Colophon.Specs.Checking;

/// <summary>Collects what is found in one file.</summary>
/// <param name="path">The file, relative to the root of the tree.</param>
/// <param name="lines">Its lines, or null where only whole-file findings are made.</param>
/// <param name="found">Receives the findings.</param>
internal sealed class FileFindings(string path, MarkdownLines? lines, List<SpecFinding> found)
{
    internal string Path { get; } = path;

    /// <summary>Adds a finding about a line, counted from 1, from its first character to its last; 0 is the whole file.</summary>
    internal void Add(SpecRule rule, IssueLevel level, int line, string message, string hint, SpecFix? fix = null, IReadOnlyList<RelatedPlace>? related = null)
    {
        var (column, end) = Extent(line);
        found.Add(new SpecFinding
        {
            Rule = rule,
            Level = level,
            Path = Path,
            Line = Math.Max(1, line),
            Column = column,
            EndColumn = end,
            // One finding is one line.
            Message = message.ReplaceLineEndings("; "),
            Hint = hint,
            Fix = fix,
            Related = related ?? [],
        });
    }

    private (int Column, int End) Extent(int line)
    {
        if (lines is null || line < 1 || line > lines.Count)
            return (1, 1);
        var text = lines.Written(line - 1);
        return (Js.IsBlank(text) ? 1 : Js.CountSpaces(text) + 1, Js.TrimEnd(text).Length + 1);
    }
}
