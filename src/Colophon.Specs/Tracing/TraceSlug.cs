using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colophon.Kernel.Words;

namespace Colophon.Specs.Tracing;

/// <summary>
/// The short form of a name in an id. Letters, digits and the marks on them are kept in every script, composed (NFC) and in lower case; each run of anything else
/// becomes one hyphen. So letter case, punctuation and white space can change without changing the id. The slug of a slug is itself.
/// </summary>
public static class TraceSlug
{
    /// <summary>The slug of a name, or a fixed word where the name has no letter and no digit.</summary>
    /// <param name="name">Any text.</param>
    /// <param name="otherwise">What stands for a name without letters and digits.</param>
    public static string Of(string name, string otherwise)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slug = new StringBuilder(name.Length);
        foreach (var rune in ComposedText.Of(name).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                Append(slug, Rune.ToLowerInvariant(rune));
            else if (slug.Length > 0 && slug[^1] != '-' && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
                Append(slug, rune);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        while (slug.Length > 0 && slug[^1] == '-')
            slug.Length--;
        // A lower-case letter may compose with a mark where the capital did not.
        return slug.Length == 0 ? otherwise : ComposedText.Of(slug.ToString());
    }

    /// <summary>Eight digits that tell two names with one slug apart.</summary>
    internal static string Digits(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8];

    /// <summary>The ids of a requirement's scenarios, in their order.</summary>
    internal static string[] Scenarios(string requirement, IReadOnlyList<Scenario> scenarios)
    {
        var ids = new string[scenarios.Count];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++)
        {
            var slug = $"{requirement}#{Of(scenarios[i].Name, "scenario")}";
            // A second name with the slug carries digits of its own; the same name a second time can only be counted.
            if (!taken.Add(slug))
            {
                if (names.Contains(scenarios[i].Name) || !taken.Add(slug = $"{slug}-{Digits(scenarios[i].Name)}"))
                    slug = Numbered(slug, taken);
            }

            names.Add(scenarios[i].Name);
            ids[i] = slug;
        }

        return ids;
    }

    private static string Numbered(string slug, HashSet<string> taken)
    {
        for (var number = 2; ; number++)
        {
            var counted = $"{slug}-{number}";
            if (taken.Add(counted))
                return counted;
        }
    }

    private static void Append(StringBuilder slug, Rune rune)
    {
        Span<char> characters = stackalloc char[2];
        slug.Append(characters[..rune.EncodeToUtf16(characters)]);
    }
}
