using System.Text;

namespace Colophon.Specs.Checking.Fixing;

/// <summary>A file's text as it is, edited by the lines and columns that readers count. Everything that no edit names stays byte for byte.</summary>
internal static class SourceText
{
    /// <summary>Whether edits can be placed: a lone CR or a byte that is no UTF-8 could not be written back as it was.</summary>
    internal static bool IsEditable(string text)
    {
        for (var at = text.IndexOf('\r'); at >= 0; at = text.IndexOf('\r', at + 1))
        {
            if (at + 1 == text.Length || text[at + 1] != '\n')
                return false;
        }

        return !text.Contains('\uFFFD');
    }

    /// <summary>Applies edits that do not overlap; null where one lies outside the text.</summary>
    internal static string? Apply(string text, IReadOnlyList<TextEdit> edits)
    {
        var starts = Starts(text);
        // Behind first, so that places stay what they are; of two at one place, the insertion stands before the replacement.
        var edited = new StringBuilder(text);
        var limit = text.Length + 1;
        foreach (var edit in edits.OrderByDescending(static edit => (edit.Line, edit.Column, edit.Length)))
        {
            if (edit.Line < 1 || edit.Line > starts.Count)
                return null;
            var start = starts[edit.Line - 1] + edit.Column - 1 + (edit.Line == 1 && text.StartsWith('\uFEFF') ? 1 : 0);
            if (start + edit.Length > Math.Min(limit, text.Length))
                return null;
            limit = start;
            var crlf = edit.Line > 1 && starts[edit.Line - 1] >= 2 && text[starts[edit.Line - 1] - 2] == '\r';
            edited.Remove(start, edit.Length).Insert(start, crlf ? edit.Text.Replace("\n", "\r\n", StringComparison.Ordinal) : edit.Text);
        }

        return edited.ToString();
    }

    private static List<int> Starts(string text)
    {
        var starts = new List<int> { 0 };
        for (var at = text.IndexOf('\n'); at >= 0; at = text.IndexOf('\n', at + 1))
            starts.Add(at + 1);
        return starts;
    }
}
