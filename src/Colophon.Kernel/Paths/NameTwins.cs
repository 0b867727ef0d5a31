using System.Globalization;
using System.Text;

namespace Colophon.Kernel.Paths;

/// <summary>
/// Tells file names that some file systems hold for one: names that differ by case, or by composed and decomposed Unicode form.
/// The program runs without ICU, so decomposed forms are compared by their skeleton: it may take two accents on one letter for twins, never
/// miss a pair.
/// </summary>
public static class NameTwins
{
    private const char Marked = '\uFFFF';

    /// <summary>Whether two different names, or one name twice, could be one file.</summary>
    public static bool AreTwins(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (Ascii.IsValid(one) && Ascii.IsValid(other))
            return Ascii.EqualsIgnoreCase(one, other);
        var (left, right) = (one.ToString().ToUpperInvariant(), other.ToString().ToUpperInvariant());
        return left == right || ((HasMark(left) || HasMark(right)) && Skeleton(left) == Skeleton(right));
    }

    /// <summary>The first name that could be one file with a name before it, or that stands twice; null where there is none. Takes one pass, however many names look alike.</summary>
    public static string? First(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var alike = new Dictionary<string, bool>(StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var upper = name.ToUpperInvariant();
            var (skeleton, isMarked) = (Skeleton(upper), HasMark(upper));
            if (!known.Add(upper) || (alike.TryGetValue(skeleton, out var wasMarked) && (isMarked || wasMarked)))
                return name;
            alike[skeleton] = isMarked;
        }

        return null;
    }

    private static bool HasMark(string name) => name.Any(IsMark);

    private static bool IsMark(char c) => c >= '\u0300' && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private static string Skeleton(string name)
    {
        var skeleton = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (!IsMark(c))
                skeleton.Append(IsComposable(c) ? Marked : c);
            else if (skeleton.Length > 0)
                skeleton[^1] = Marked;
        }

        return skeleton.ToString();
    }

    private static bool IsComposable(char c) => c is (>= '\u00C0' and <= '\u024F') or (>= '\u0370' and <= '\u04FF')
        or (>= '\u1E00' and <= '\u1FFF') or (>= '\u3040' and <= '\u30FF');
}
