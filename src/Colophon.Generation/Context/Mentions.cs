using System.Text.RegularExpressions;

namespace Colophon.Generation.Context;

/// <summary>A file that a text names.</summary>
/// <param name="Path">The file.</param>
/// <param name="Certainty">100 for a path, less for a bare name or an identifier.</param>
internal readonly record struct Mention(string Path, int Certainty);

/// <summary>Finds the files that a text for people names: by path, by a file name that is unique, or by an identifier that is a file's stem.</summary>
internal static partial class Mentions
{
    internal static IEnumerable<Mention> In(string text, FileIndex index)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in Words().Matches(text))
        {
            var word = match.Value.TrimEnd('.', '-', '+').TrimStart('+', '-');
            while (word.StartsWith("./", StringComparison.Ordinal))
                word = word[2..];
            if (word.Length >= 3 && seen.Add(word) && Find(word, index) is { } mention)
                yield return mention;
        }
    }

    private static Mention? Find(string word, FileIndex index)
    {
        if (word.Contains('/') || word.Contains('.'))
        {
            if (index.ByPath(word) is { } path)
                return new Mention(path, word.Contains('/') ? 100 : 90);
            // `config.load` names a function of config.py; `src/config` names src/config.py.
            return !word.Contains('/') && index.ByStem(word[..word.IndexOf('.')]) is { } owner ? new Mention(owner, 60) : null;
        }

        return IsIdentifier(word) && index.ByStem(word) is { } file ? new Mention(file, 60) : null;
    }

    // Common words are not identifiers: one needs an underscore, an inner capital, or to be long enough to be a name.
    private static bool IsIdentifier(string word) =>
        word.Length >= 5 || word.Contains('_') || word.AsSpan(1).IndexOfAnyInRange('A', 'Z') >= 0;

    [GeneratedRegex(@"[\p{L}\p{N}_@.+-]+(?:/[\p{L}\p{N}_@.+-]+)*", RegexOptions.None, 1000)]
    private static partial Regex Words();
}
