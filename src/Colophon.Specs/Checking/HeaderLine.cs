using Colophon.Specs.Parsing;

namespace Colophon.Specs.Checking;

/// <summary>A line that a person would take for a Markdown header, whether the readers do or not.</summary>
/// <param name="Indent">Spaces before the first <c>#</c>; at most three.</param>
/// <param name="Level">The number of <c>#</c>.</param>
/// <param name="Title">Where the title begins.</param>
internal readonly record struct HeaderLine(int Indent, int Level, int Title)
{
    private const int DeepestLevel = 6;
    private const int MostIndent = 3;

    /// <summary>Whether the readers see a header: no indent, and white space behind the <c>#</c>.</summary>
    internal bool IsSeen => Indent == 0 && Title > Level;

    internal static bool TryRead(ReadOnlySpan<char> line, out HeaderLine header)
    {
        header = default;
        var indent = line.IndexOfAnyExcept(' ');
        if (indent is < 0 or > MostIndent || line[indent] != '#')
            return false;
        var run = line[indent..].IndexOfAnyExcept('#');
        if (run is < 1 or > DeepestLevel)
            return false;
        var title = indent + run + Js.CountSpaces(line[(indent + run)..]);
        header = new HeaderLine(indent, run, title);
        return title < line.Length;
    }

    /// <summary>The same header as the readers want it, at another level where one is given.</summary>
    internal SpecFix Respell(int line, string description, int level = 0, ReadOnlySpan<char> title = default, int titleLength = 0) =>
        new(description, [new TextEdit(line, 1, Title + titleLength, $"{new string('#', level == 0 ? Level : level)} {title}")]);
}
