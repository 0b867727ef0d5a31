using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Colophon.Kernel.Paths;

/// <summary>
/// A file pattern: <c>*</c> and <c>?</c> stay within a name, <c>**</c> crosses directories, <c>[a-z]</c> and <c>{a,b}</c> choose. A pattern
/// without <c>/</c> is matched against the name alone, as in a <c>.gitignore</c>.
/// </summary>
public sealed class PathGlob
{
    private readonly Regex _regex;
    private readonly bool _nameOnly;

    private PathGlob(Regex regex, bool nameOnly) => (_regex, _nameOnly) = (regex, nameOnly);

    /// <summary>Reads a pattern; false where it is none.</summary>
    public static bool TryParse(string pattern, [NotNullWhen(true)] out PathGlob? glob)
    {
        glob = null;
        try
        {
            var regex = new Regex(Translate(pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            glob = new PathGlob(regex, !pattern.Contains('/'));
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Whether a path with <c>/</c> between its parts matches.</summary>
    public bool Matches(ReadOnlySpan<char> path) => _regex.IsMatch(_nameOnly ? path[(path.LastIndexOf('/') + 1)..] : path);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder("^");
        var braces = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            switch (pattern[i])
            {
                case '*' when rest.StartsWith("**/"):
                    regex.Append("(?:.*/)?");
                    i += 2;
                    break;
                case '*' when rest.StartsWith("**"):
                    regex.Append(".*");
                    i++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when rest[1..].IndexOf(']') is > 0 and var end:
                    regex.Append(Class(rest[1..(end + 1)]));
                    i += end + 1;
                    break;
                case '{' when rest.Contains('}'):
                    regex.Append("(?:");
                    braces++;
                    break;
                case '}' when braces > 0:
                    regex.Append(')');
                    braces--;
                    break;
                case ',' when braces > 0:
                    regex.Append('|');
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return regex.Append('$').ToString();
    }

    private static string Class(ReadOnlySpan<char> members)
    {
        var negated = members[0] is '!' or '^';
        return $"[{(negated ? "^" : "")}{Regex.Escape(members[(negated ? 1 : 0)..].ToString())}]";
    }
}
