using Colophon.Specs.Parsing;

namespace Colophon.Specs;

/// <summary>
/// Words of another language that count beside OpenSpec's English ones. Readers see a line that uses one of them in English, line for line; the text itself stays as it was
/// written, and so do names, hashes and whatever is printed or archived. OpenSpec's own command line knows none of this.
/// </summary>
public sealed class SpecKeywords
{
    /// <summary>The keys of <c>[specs.keywords]</c> with the English they stand for.</summary>
    private static readonly (string Key, string English)[] s_sections =
    [
        ("purpose", "Purpose"), ("requirements", "Requirements"), ("added", "ADDED Requirements"), ("modified", "MODIFIED Requirements"), ("removed", "REMOVED Requirements"),
        ("renamed", "RENAMED Requirements"), ("why", "Why"), ("what_changes", "What Changes"),
    ];

    private static readonly (string Key, string English)[] s_labels = [("requirement", "Requirement:"), ("scenario", "Scenario:")];
    private static readonly (string Key, string English)[] s_renames = [("from", "FROM:"), ("to", "TO:")];
    private static readonly string[] s_words = ["shall", "when", "then"];

    private readonly (string Word, string English)[] _sections;
    private readonly (string Word, string English)[] _labels;
    private readonly (string Word, string English)[] _renames;

    private SpecKeywords(Func<string, IReadOnlyList<string>> words)
    {
        (_sections, _labels, _renames) = (Table(s_sections, words), Table(s_labels, words), Table(s_renames, words));
        (Shall, When, Then) = (Words("shall", words), Words("when", words), Words("then", words));
    }

    /// <summary>The keys there are.</summary>
    public static IEnumerable<string> Keys => s_sections.Concat(s_labels).Concat(s_renames).Select(static pair => pair.Key).Concat(s_words);

    /// <summary>What a requirement may say instead of SHALL or MUST.</summary>
    public IReadOnlyList<string> Shall { get; }

    /// <summary>What a scenario may say instead of WHEN.</summary>
    internal IReadOnlyList<string> When { get; }

    /// <summary>What a scenario may say instead of THEN.</summary>
    internal IReadOnlyList<string> Then { get; }

    /// <summary>Takes the words.</summary>
    /// <param name="words">The words of a key; empty where there are none.</param>
    /// <returns>Null where no key has a word: then everything is read as OpenSpec reads it.</returns>
    /// <exception cref="SpecException"><see cref="SpecError.KeywordInvalid"/>: a word is none, or stands for two things.</exception>
    public static SpecKeywords? Of(Func<string, IReadOnlyList<string>> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Keys.Any(key => words(key).Count > 0) ? new SpecKeywords(words) : null;
    }

    /// <summary>What is written for an English heading or label: the first word of its key, or itself.</summary>
    internal static string Write(SpecKeywords? keywords, string english) =>
        keywords is null ? english
        : Array.Find(keywords._sections, pair => pair.English == english).Word
            ?? (Array.Find(keywords._labels, pair => pair.English == english).Word is { } label ? label + ":" : english);

    /// <summary>Whether a text says SHALL or MUST in one of the words, letter for letter.</summary>
    internal bool IsNormative(ReadOnlySpan<char> text)
    {
        foreach (var word in Shall)
        {
            if (WholeWord.IsIn(text, word))
                return true;
        }

        return false;
    }

    /// <summary>A line as OpenSpec would have it, or null where it uses none of the words. Only a keyword is another: what stands before and behind it is the same.</summary>
    internal string? See(ReadOnlySpan<char> line)
    {
        var indent = Js.CountSpaces(line);
        if (indent == line.Length)
            return null;
        if (line[indent] == '#')
            return SeeHeader(line, indent);
        var isBullet = line[indent] is '-' or '*' or '+';
        var start = isBullet ? indent + 1 + Js.CountSpaces(line[(indent + 1)..]) : indent;
        foreach (var (word, english) in _renames)
        {
            if (LabelLength(line[start..], word) is > 0 and var length)
                return $"{line[..start]}{english}{SeeQuoted(line[(start + length)..]) ?? line[(start + length)..].ToString()}";
        }

        var isRename = line[start..].StartsWith("FROM:") || line[start..].StartsWith("TO:");
        if (isRename)
            start += line[start..].IndexOf(':') + 1;
        return (isBullet || isRename) && SeeQuoted(line[start..]) is { } quoted ? $"{line[..start]}{quoted}" : null;
    }

    private string? SeeHeader(ReadOnlySpan<char> line, int indent)
    {
        var run = line[indent..].IndexOfAnyExcept('#');
        if (run < 0)
            return null;
        var start = indent + run + Js.CountSpaces(line[(indent + run)..]);
        var title = line[start..];
        if (SeeLabel(title) is { } labelled)
            return $"{line[..start]}{labelled}";
        var trimmed = Js.TrimEnd(title);
        foreach (var (word, english) in _sections)
        {
            if (trimmed.Equals(word, StringComparison.OrdinalIgnoreCase))
                return $"{line[..start]}{english}{title[trimmed.Length..]}";
        }

        return null;
    }

    /// <summary>A requirement's header within a line, such as bullets of REMOVED and RENAMED quote it.</summary>
    private string? SeeQuoted(ReadOnlySpan<char> text)
    {
        var start = Js.CountSpaces(text);
        if (text[start..].StartsWith("`"))
            start++;
        if (!text[start..].StartsWith("###"))
            return null;
        start += 3;
        start += Js.CountSpaces(text[start..]);
        return SeeLabel(text[start..]) is { } labelled ? $"{text[..start]}{labelled}" : null;
    }

    private string? SeeLabel(ReadOnlySpan<char> title)
    {
        foreach (var (word, english) in _labels)
        {
            if (LabelLength(title, word) is > 0 and var length)
                return $"{english}{title[length..]}";
        }

        return null;
    }

    /// <summary>The length of a word and its colon, which may be a full-width one and may have white space before it, as in French; 0 where the text does not begin so.</summary>
    private static int LabelLength(ReadOnlySpan<char> text, string word)
    {
        if (!text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            return 0;
        var colon = word.Length + Js.CountSpaces(text[word.Length..]);
        return colon < text.Length && text[colon] is ':' or '\uFF1A' ? colon + 1 : 0;
    }

    private static (string, string)[] Table((string Key, string English)[] keys, Func<string, IReadOnlyList<string>> words)
    {
        var table = new List<(string, string)>();
        var meaning = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, english) in keys)
            meaning.Add(english.TrimEnd(':'), key);
        foreach (var (key, english) in keys)
        {
            foreach (var word in Words(key, words))
            {
                if (meaning.TryAdd(word, key))
                    table.Add((word, english));
                else if (meaning[word] != key)
                    throw Invalid(key, word, $"stands for `{meaning[word]}` already", "Give each of the two a word of its own.");
            }
        }

        return [.. table];
    }

    private static string[] Words(string key, Func<string, IReadOnlyList<string>> words) => [.. words(key).Select(word =>
    {
        var trimmed = word.Trim().TrimEnd(':', '\uFF1A').TrimEnd();
        return trimmed.Length > 0 && trimmed[0] is not ('#' or '-' or '*' or '+' or '`' or '~') && !Js.HasLineEnd(trimmed)
            ? trimmed
            : throw Invalid(key, word, "is no word", "Write the word alone, without # and colon.");
    })];

    private static SpecException Invalid(string key, string word, string why, string hint) =>
        new(SpecError.KeywordInvalid, $"specs.keywords.{key}: \"{word}\" {why}.", hint);
}
