namespace Colophon.Specs.Merging;

/// <summary>The shapes of Markdown lines that the merge tells apart.</summary>
internal static class Markdown
{
    /// <summary><c>^ {0,3}(#+)</c>: how many, and what follows; 0 where the line is none.</summary>
    internal static int HashesIndented(ReadOnlySpan<char> line, out ReadOnlySpan<char> rest)
    {
        rest = Unindented(line);
        var run = rest.IndexOfAnyExcept('#');
        if (run < 0)
            run = rest.Length;
        if (run == 0)
            return 0;
        rest = rest[run..];
        return run;
    }

    /// <summary>The line behind at most three spaces; empty where there are more.</summary>
    internal static ReadOnlySpan<char> Unindented(ReadOnlySpan<char> line)
    {
        var indent = line.IndexOfAnyExcept(' ');
        return indent is >= 0 and <= 3 ? line[indent..] : [];
    }
}
