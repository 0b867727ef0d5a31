using Colophon.Specs.Authoring;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.Checking;

/// <summary>Finds what <c>colophon new change</c> left to be written: archived, it would stand in the specification for good.</summary>
internal static class PlaceholderChecks
{
    internal static void Check(MarkdownLines lines, FileFindings findings)
    {
        if (!lines.Text.Contains("<!-- ", StringComparison.Ordinal))
            return;
        for (var i = 0; i < lines.Count; i++)
        {
            if (!lines.IsFenced(i) && DraftPlaceholders.In(lines.Written(i)) is { Length: > 0 } text)
                findings.Add(SpecRule.DraftPlaceholder, IssueLevel.Error, i + 1, $"The placeholder \"{text}\" is still here.", "Write what it asks for in place of the comment.");
        }
    }
}
