namespace Colophon.Specs.Parsing;

/// <summary>Reads <c>proposal.md</c>.</summary>
internal static class ProposalReader
{
    internal static Proposal Read(string content, SpecKeywords? keywords = null)
    {
        var lines = MarkdownLines.Of(content, keywords: keywords);
        var sections = SectionTree.Read(lines);
        return new Proposal(lines.Text, Content(sections, "Why"), Content(sections, "What Changes"));
    }

    /// <summary>
    /// <c>^#\s+(?:Change:\s+)?(.+)$</c>, multi-line and in any case, on the file as it is: white space may run over line ends, so a title may stand
    /// below its <c>#</c>. The change's name where there is none, or where it only names the document.
    /// </summary>
    internal static string Title(string content, string name)
    {
        var text = content.AsSpan();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '#' || (at > 0 && !Js.IsLineEnd(text[at - 1])))
                continue;
            var rest = text[(at + 1)..];
            var spaces = Js.CountSpaces(rest);
            if (spaces == 0)
                continue;
            var title = Js.Trim(FirstLine(AfterLabel(rest[spaces..])));
            return title.IsEmpty || (title.Length == "proposal".Length && Js.StartsWithIgnoringCase(title, "proposal")) ? name : title.ToString();
        }

        return name;
    }

    private static ReadOnlySpan<char> AfterLabel(ReadOnlySpan<char> text)
    {
        const string label = "Change:";
        if (!Js.StartsWithIgnoringCase(text, label))
            return text;
        var rest = text[label.Length..];
        var spaces = Js.CountSpaces(rest);
        if (spaces > 0 && spaces < rest.Length)
            return rest[spaces..];
        // White space up to the end of the file: the expression gives one character of it back, if one may be a title.
        return spaces > 1 && rest[1..].ContainsAnyExcept("\r\n\u2028\u2029") ? [] : text;
    }

    private static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny("\r\n\u2028\u2029");
        return end < 0 ? text : text[..end];
    }

    private static string Content(List<Section> sections, string title) =>
        SectionTree.Find(sections, title) is { } section ? section.Content.ToString() : "";
}
