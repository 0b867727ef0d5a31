using System.Globalization;
using System.Text;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>Recognises a Purpose that nobody wrote: a leading TBD or TODO, or the sentence an archive leaves.</summary>
internal static class PurposePlaceholder
{
    private const string Prefix = "TBD - created by archiving change ";
    private const string Suffix = ". Update Purpose after archive.";

    /// <summary>Whether the Purpose is a placeholder and, where one line can be named, which.</summary>
    internal static bool Find(string purpose, MarkdownLines lines, out int? line)
    {
        line = null;
        var prose = Js.Trim(Unfenced(purpose)).ToString();
        var leading = HasLeadingMarker(prose);
        if (!leading && GeneratedAt(prose) < 0)
            return false;
        line = Locate(lines, leading);
        return true;
    }

    private static string Unfenced(string text)
    {
        if (!text.Contains("```", StringComparison.Ordinal) && !text.Contains("~~~", StringComparison.Ordinal))
            return text;
        var lines = MarkdownLines.Of(text, keepMark: true);
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < lines.Count; i++)
        {
            if (!lines.IsFenced(i))
                kept.Append(lines[i]).Append('\n');
        }

        return kept.ToString();
    }

    private static bool HasLeadingMarker(ReadOnlySpan<char> prose)
    {
        var length = Js.StartsWithIgnoringCase(prose, "TBD") ? 3 : Js.StartsWithIgnoringCase(prose, "TODO") ? 4 : 0;
        if (length == 0)
            return false;
        var rest = prose[length..];
        if (!rest.IsEmpty && ContinuesWord(rest))
            return false;
        // Capitals are the marker whatever follows; "todo" opens many a Spanish sentence.
        if (prose[..length] is "TBD" or "TODO")
            return true;
        rest = rest.TrimStart(" \t");
        return rest.IsEmpty || rest[0] is '\n' or ':' or '-' or '\u2013' or '\u2014' or '.' or ',' or ';' or '(' or ')' or '[' or ']' or '{' or '}';
    }

    private static bool ContinuesWord(ReadOnlySpan<char> rest)
    {
        if (Rune.DecodeFromUtf16(rest, out var rune, out _) != System.Buffers.OperationStatus.Done)
            return false;
        return rune.Value == '_' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark;
    }

    /// <summary>Where the generated sentence starts: the prefix nearest before the first suffix that has one, or -1.</summary>
    private static int GeneratedAt(string text)
    {
        for (var suffix = text.IndexOf(Suffix, StringComparison.Ordinal); suffix >= 0; suffix = text.IndexOf(Suffix, suffix + 1, StringComparison.Ordinal))
        {
            var prefix = text.AsSpan(0, Math.Min(text.Length, suffix + Prefix.Length)).LastIndexOf(Prefix, StringComparison.Ordinal);
            if (prefix >= 0)
                return prefix;
        }

        return -1;
    }

    private static int? Locate(MarkdownLines lines, bool leading)
    {
        var at = 0;
        while (at < lines.Count && (lines.IsFenced(at) || !IsPurposeHeader(lines[at])))
            at++;
        var text = new StringBuilder();
        var numbers = new List<int>();
        for (at++; at < lines.Count; at++)
        {
            if (lines.IsFenced(at))
                continue;
            if (IsTopHeader(lines[at]))
                break;
            if (leading && !Js.IsBlank(lines[at]))
                return at + 1;
            if (numbers.Count > 0)
                text.Append('\n');
            numbers.Add(at + 1);
            text.Append(lines[at]);
        }

        if (leading || GeneratedAt(text.ToString()) is not (>= 0 and var from))
            return null;
        return numbers[text.ToString().AsSpan(0, from).Count('\n')];
    }

    /// <summary><c>^ {0,3}##(?!#)[ \t]+Purpose[ \t]*$</c>, any case.</summary>
    private static bool IsPurposeHeader(ReadOnlySpan<char> line)
    {
        if (Hashes(ref line) != 2)
            return false;
        var rest = line.TrimStart(" \t");
        return Js.StartsWithIgnoringCase(rest, "Purpose") && rest["Purpose".Length..].Trim(" \t").IsEmpty;
    }

    /// <summary><c>^ {0,3}#{1,2}(?!#)[ \t]+</c>.</summary>
    private static bool IsTopHeader(ReadOnlySpan<char> line) => Hashes(ref line) is 1 or 2;

    /// <summary>The run of <c>#</c> that a space or tab follows; the line continues behind the run.</summary>
    private static int Hashes(ref ReadOnlySpan<char> line)
    {
        var indent = line.IndexOfAnyExcept(' ');
        if (indent is < 0 or > 3)
            return 0;
        line = line[indent..];
        var run = line.IndexOfAnyExcept('#');
        if (run <= 0 || line[run] is not (' ' or '\t'))
            return 0;
        line = line[run..];
        return run;
    }
}
