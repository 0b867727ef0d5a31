using Colophon.Specs.Parsing;

namespace Colophon.Specs.Merging;

/// <summary>A main spec cut around its requirements.</summary>
internal readonly ref struct SpecParts
{
    private SpecParts(ReadOnlySpan<char> before, string header, ReadOnlySpan<char> preamble, ReadOnlySpan<char> after)
    {
        Before = before;
        Header = header;
        Preamble = preamble;
        After = after;
    }

    internal ReadOnlySpan<char> Before { get; }

    /// <summary>The <c>## Requirements</c> line as it is written.</summary>
    internal string Header { get; }

    /// <summary>What stands between that line and the first requirement.</summary>
    internal ReadOnlySpan<char> Preamble { get; }

    internal ReadOnlySpan<char> After { get; }

    internal static SpecParts Of(MainSpec spec)
    {
        var lines = spec.Lines;
        var from = 0;
        while (from < lines.Count && (lines.IsFenced(from) || !Headers.IsSectionNamed(lines[from], "Requirements")))
            from++;
        // Without the section, the file's own bytes go before it.
        if (from == lines.Count)
            return new SpecParts(spec.Content, $"## {SpecKeywords.Write(lines.Keywords, "Requirements")}", [], []);
        var to = from + 1;
        while (to < lines.Count && (lines.IsFenced(to) || Headers.Level(lines[to]) != 2))
            to++;
        var first = from + 1;
        while (first < to && (lines.IsFenced(first) || !Headers.IsRequirement(lines[first])))
            first++;
        return new SpecParts(lines.Slice(0, from), lines.Written(from).ToString(), lines.Slice(from + 1, first), lines.Slice(to, lines.Count));
    }
}
