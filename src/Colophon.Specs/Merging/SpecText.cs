using System.Text;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.Merging;

/// <summary>Puts a spec together again: what stood before, the requirements, what stood behind, one blank line between each.</summary>
internal static class SpecText
{
    internal static string Join(MainSpec spec, List<MergedBlock> blocks)
    {
        var body = new List<string>(blocks.Count + 1);
        var parts = SpecParts.Of(spec);
        if (!Js.IsBlank(parts.Preamble))
            body.Add(Js.TrimEnd(parts.Preamble).ToString());
        foreach (var block in blocks)
            body.Add(block.Raw);
        var slices = new[]
        {
            Js.TrimEnd(parts.Before).ToString(),
            parts.Header,
            Js.TrimEnd(string.Join("\n\n", body)).ToString(),
            Js.Trim(parts.After).ToString(),
        };
        var text = CollapseBlankLines(string.Join("\n\n", slices.Where(static slice => slice.Length > 0)));
        return Js.TrimEnd(text).ToString() + "\n";
    }

    /// <summary>The text with the line ends that a file has more of; both in equal number are CRLF.</summary>
    internal static string MatchLineEnds(string text, string original)
    {
        var crlf = original.AsSpan().Count("\r\n");
        var lf = original.AsSpan().Count('\n') - crlf;
        if (crlf == 0 && lf == 0)
            return text;
        var plain = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return crlf >= lf ? plain.Replace("\n", "\r\n", StringComparison.Ordinal) : plain;
    }

    /// <summary>Runs of truly empty lines outside fences become one.</summary>
    private static string CollapseBlankLines(string text)
    {
        // A lone CR is content to this pass, so the lines are not cut at it.
        // Two line feeds make two empty lines only where the text begins with them.
        if ((!text.Contains("\n\n\n", StringComparison.Ordinal) && !text.StartsWith("\n\n", StringComparison.Ordinal)) || text.Contains('\r'))
            return text.Contains('\r') ? CollapseRaw(text) : text;
        var lines = MarkdownLines.Of(text, keepMark: true);
        var kept = new StringBuilder(text.Length);
        var empty = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var fenced = lines.IsFenced(i);
            if (!fenced && lines[i].IsEmpty && empty)
                continue;
            empty = !fenced && lines[i].IsEmpty;
            if (i > 0)
                kept.Append('\n');
            kept.Append(lines[i]);
        }

        return kept.ToString();
    }

    private static string CollapseRaw(string text)
    {
        var lines = text.Split('\n');
        var fences = MarkdownLines.Of(string.Join('\n', lines.Select(static line => line.Replace('\r', ' '))), keepMark: true);
        var kept = new List<string>(lines.Length);
        var empty = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var blank = lines[i].Length == 0 && !fences.IsFenced(i);
            if (!(blank && empty))
                kept.Add(lines[i]);
            empty = blank;
        }

        return string.Join('\n', kept);
    }
}
