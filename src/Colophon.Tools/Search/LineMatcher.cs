using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Colophon.Tools.Search;

/// <summary>
/// A model's regular expression over single lines. It runs on the engine whose time is linear in the text; what that engine lacks
/// (look-around, back-references) runs on the other one with a time limit for each line.
/// </summary>
internal sealed class LineMatcher
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(100);

    private readonly Regex _regex;
    private readonly bool _seesWholeTexts;

    private LineMatcher(Regex regex)
    {
        _regex = regex;
        // Without anchors and look-around, what matches within a line matches within the text; so most files need one search, not one a line.
        _seesWholeTexts = regex.Options.HasFlag(RegexOptions.NonBacktracking) && regex.ToString().AsSpan().IndexOfAny('^', '$') < 0 && !HasAnchorEscape(regex.ToString());
    }

    internal static bool TryParse(string pattern, bool ignoreCase, [NotNullWhen(true)] out LineMatcher? matcher, [NotNullWhen(false)] out string? refusal)
    {
        (matcher, refusal) = (null, null);
        var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            matcher = new LineMatcher(Compile(pattern, options));
            return true;
        }
        catch (ArgumentException e)
        {
            refusal = $"The pattern is not a valid regular expression: {e.Message} Escape characters that are meant literally with a backslash.";
            return false;
        }
    }

    /// <summary>False where no line of a text can match; true says nothing.</summary>
    internal bool MayMatch(string text) => !_seesWholeTexts || _regex.IsMatch(text);

    /// <summary>Whether the pattern occurs in a line.</summary>
    /// <exception cref="RegexMatchTimeoutException">The pattern takes too long on this line.</exception>
    internal bool IsMatch(ReadOnlySpan<char> line) => _regex.IsMatch(line);

    private static Regex Compile(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, s_limit);
        }
    }

    private static bool HasAnchorEscape(string pattern) =>
        pattern.Contains("\\A", StringComparison.Ordinal) || pattern.Contains("\\z", StringComparison.OrdinalIgnoreCase) || pattern.Contains("\\G", StringComparison.Ordinal);
}
