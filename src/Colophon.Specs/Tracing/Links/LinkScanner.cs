using System.Text;

namespace Colophon.Specs.Tracing.Links;

/// <summary>
/// Finds links in a file of any language, from its text alone: <c>@spec(…)</c> anywhere (a comment, a name, a decorator), and <c>Spec("…")</c> as an attribute.
/// Files without the word cost one vectorised search. Never fails.
/// </summary>
public static class LinkScanner
{
    /// <summary>Files above this size are not looked at.</summary>
    public const int MaximumBytes = 2 * 1024 * 1024;

    private const int BinaryProbe = 8000;
    private const int MostPlaces = 5000;

    /// <summary>The links of a file in their order; behind the 5,000th place that may hold one nothing is looked for.</summary>
    /// <param name="path">The file's path, relative to the repository's root: it tells the language and whether it holds tests.</param>
    /// <param name="content">The file's bytes.</param>
    public static IReadOnlyList<SpecLink> Scan(string path, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (content.Length > MaximumBytes || !HasWord(content) || content[..Math.Min(content.Length, BinaryProbe)].Contains((byte)0))
            return [];
        var source = new SourceText(Encoding.UTF8.GetString(content));
        var language = Languages.Of(path);
        List<SpecLink>? links = null;
        List<string> references = [];
        var text = source.Text;
        var places = 0;
        for (var at = Next(text, 0); at >= 0 && places++ < MostPlaces; at = Next(text, at + 1))
        {
            references.Clear();
            var line = source.LineAt(at);
            LinkArguments.Read(source, line, at, references);
            if (references.Count == 0 || (language == Language.Prose && !IsHidden(source.Line(line), at - source.StartOf(line))))
                continue;
            var test = Declarations.For(source, line, language);
            var isTest = TestFiles.Holds(path) || TestFiles.Marks(source, line, test, language);
            foreach (var reference in references)
                (links ??= []).Add(new SpecLink(path, line + 1, reference, test, isTest));
        }

        return links is null ? [] : links;
    }

    /// <summary>The tests that a file declares, where its path is that of a file with tests.</summary>
    /// <param name="path">The file's path, relative to the repository's root.</param>
    /// <param name="content">The file's bytes.</param>
    public static IReadOnlyList<TestName> Tests(string path, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(path);
        var language = Languages.Of(path);
        if (language == Language.Prose || !TestFiles.Holds(path) || content.Length > MaximumBytes || content[..Math.Min(content.Length, BinaryProbe)].Contains((byte)0))
            return [];
        var source = new SourceText(Encoding.UTF8.GetString(content));
        var tests = new List<TestName>();
        for (var line = 0; line < source.Count && tests.Count < MostPlaces; line++)
        {
            if (Declaration.Name(source.Line(line), language) is { } name)
                tests.Add(new TestName(name, [], line + 1));
        }

        return tests;
    }

    /// <summary>The references that one line of text carries by <c>@spec(…)</c>: a test's name as a runner tells it, say.</summary>
    public static IReadOnlyList<string> References(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var source = new SourceText(line);
        List<string> references = [];
        for (var at = Next(line, 0); at >= 0; at = Next(line, at + 1))
            LinkArguments.Read(source, source.LineAt(at), at, references);
        return references;
    }

    private static bool HasWord(ReadOnlySpan<byte> content)
    {
        for (var at = content.IndexOf("pec("u8); at >= 0;)
        {
            if (at > 0 && content[at - 1] is (byte)'s' or (byte)'S')
                return true;
            var next = content[(at + 1)..].IndexOf("pec("u8);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    // The place of the word's first letter.
    private static int Next(string text, int from)
    {
        for (var at = text.IndexOf("pec(", from, StringComparison.Ordinal); at >= 0; at = text.IndexOf("pec(", at + 1, StringComparison.Ordinal))
        {
            if (at > from && text[at - 1] is 's' or 'S')
                return at - 1;
        }

        return -1;
    }

    // A document may show what a link looks like; only a comment that readers do not see is one.
    private static bool IsHidden(ReadOnlySpan<char> line, int at)
    {
        var open = line[..at].LastIndexOf("<!--");
        return open >= 0 && !line[open..at].Contains("-->", StringComparison.Ordinal) && !line[..open].Contains('`');
    }
}
