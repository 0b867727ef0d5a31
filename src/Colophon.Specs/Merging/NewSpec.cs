using System.Text;
using Colophon.Specs.Parsing;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Merging;

/// <summary>The spec of a capability that has none yet, and where its Purpose comes from.</summary>
internal static class NewSpec
{
    private const int MinimumPurpose = 50;

    /// <summary>An empty spec with the delta's Purpose, or the placeholder where that would break it.</summary>
    internal static MainSpec Create(string id, string change, string? purpose, SpecKeywords? keywords, List<string> warnings)
    {
        if (purpose is null)
            return MainSpec.Read(Skeleton(id, change, null, keywords), keywords);
        var text = Skeleton(id, change, purpose, keywords);
        var spec = MainSpec.Read(text, keywords);
        var overview = text.Contains("<!--", StringComparison.Ordinal) || SpecStructure.Find(spec.RawLines).Count > 0 || spec.Refusal is not null
            ? ""
            : Js.Trim(spec.Purpose).ToString();
        if (overview.Length == 0)
        {
            warnings.Add($"{id} - delta Purpose ignored (it would leave the new spec unreadable); wrote the placeholder Purpose instead.");
            return MainSpec.Read(Skeleton(id, change, null, keywords), keywords);
        }

        if (overview.Length < MinimumPurpose)
            warnings.Add($"{id} - carried Purpose is under {MinimumPurpose} characters; openspec validate --strict reports it as too brief.");
        return spec;
    }

    /// <summary>The body of the first <c>## Purpose</c> that is neither in a fence nor in a comment; null where it has no prose.</summary>
    internal static string? PurposeOf(MarkdownLines lines, bool hasMark = false)
    {
        var masked = lines.Text.Contains("<!--", StringComparison.Ordinal) ? MarkdownLines.Of(MaskComments(lines.Text), keepMark: true, lines.Keywords) : lines;
        var start = hasMark ? 1 : 0;
        while (start < masked.Count && (masked.IsFenced(start) || !Headers.IsSectionNamed(masked[start], "Purpose")))
            start++;
        if (start >= masked.Count)
            return null;
        var end = start + 1;
        while (end < masked.Count && (masked.IsFenced(end) || Headers.Level(masked[end]) != 2))
            end++;
        for (var i = start + 1; i < end; i++)
        {
            if (!masked.IsFenced(i) && !Js.IsBlank(masked[i]))
                return Js.Trim(lines.Slice(start + 1, end)).ToString();
        }

        return null;
    }

    private static string Skeleton(string id, string change, string? purpose, SpecKeywords? keywords) =>
        $"# {id} Specification\n\n## {SpecKeywords.Write(keywords, "Purpose")}\n{(purpose is { Length: > 0 } ? purpose : $"TBD - created by archiving change {change}. Update Purpose after archive.")}\n\n## {SpecKeywords.Write(keywords, "Requirements")}\n";

    /// <summary>Comments become spaces, line feeds stay; one that is never closed runs to the end.</summary>
    private static string MaskComments(string text)
    {
        var masked = new StringBuilder(text.Length);
        for (var from = 0; ;)
        {
            var open = text.IndexOf("<!--", from, StringComparison.Ordinal);
            if (open < 0)
                return masked.Append(text, from, text.Length - from).ToString();
            masked.Append(text, from, open - from);
            var close = EndOfComment(text, open + 4);
            for (var i = open; i < close; i++)
                masked.Append(text[i] == '\n' ? '\n' : ' ');
            from = close;
        }
    }

    private static int EndOfComment(string text, int from)
    {
        var (plain, bang) = (text.IndexOf("-->", from, StringComparison.Ordinal), text.IndexOf("--!>", from, StringComparison.Ordinal));
        if (plain < 0 && bang < 0)
            return text.Length;
        return bang < 0 || (plain >= 0 && plain < bang) ? plain + 3 : bang + 4;
    }
}
