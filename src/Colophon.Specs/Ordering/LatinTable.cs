using System.Text;

namespace Colophon.Specs.Ordering;

/// <summary>What the root collation says of signs and of Latin letters up to U+017F.</summary>
internal static class LatinTable
{
    private const string Signs =
        "\t\n\v\f\r\u0085\u2028\u2029 _\u203F-\u2010\u2013\u2014,;:!?.\u2026\u00B7'\u2018\u2019\"\u201C\u201D\u00AB\u00BB()[]{}\u00A7\u00B6@*/\\&#%`\u00B4^\u00AF\u00A8\u00B0\u00A9"
        + "\u00AE+\u00B1\u00F7\u00D7<=>|\u00A6~\u00AC\u00A4\u00A2$\u00A3\u00A5\u20AC";

    // Each letter followed by its accented forms in the order of their accents.
    private const string Accents =
        "aáàăâåäãąā|cćĉčċç|dďđð|eéèĕêěëėęē|gğĝġģ|hĥħ|iíìĭîïĩįī|jĵ|kķ|lĺľļł|nńňñņ|oóòŏôöőõøō|rŕřŗ|sśŝšşſ|tťţ|uúùŭûůüűũųū|wŵ|yýŷÿ|zźžż";

    private const string Ligatures = "æaeœoeßssĳij";

    // Letters of their own, each behind the one it follows.
    private const string Followers = "iınŋqĸtŧzþ";

    /// <summary>The place among the signs, or -1.</summary>
    internal static int Sign(Rune rune) => rune.IsBmp ? Signs.IndexOf((char)rune.Value) : -1;

    /// <summary>A lower-case letter as its base, the second letter of a ligature, and the rank of its accent.</summary>
    internal static Rune Split(Rune lower, out Rune? second, out int accent)
    {
        (second, accent) = (null, 0);
        if (lower.Value is < 0xDF or > 0x17F)
            return lower;
        var c = (char)lower.Value;
        if (Ligatures.IndexOf(c) is >= 0 and var ligature)
        {
            second = new Rune(Ligatures[ligature + 2]);
            accent = Accents.Length;
            return new Rune(Ligatures[ligature + 1]);
        }

        var at = Accents.IndexOf(c);
        if (at < 0)
            return lower;
        var start = Accents.LastIndexOf('|', at) + 1;
        accent = at - start;
        return new Rune(Accents[start]);
    }

    /// <summary>The letter that this letter of its own follows, or null.</summary>
    internal static Rune? After(Rune lower) =>
        lower.Value is >= 0xDF and <= 0x17F && Followers.IndexOf((char)lower.Value) is > 0 and var at ? new Rune(Followers[at - 1]) : null;
}
