using System.Text;

namespace Colophon.Agent.Conversations;

/// <summary>Keeps texts writable: half of a surrogate pair, which a cut in the wrong place leaves, has no UTF-8 form.</summary>
internal static class WellFormed
{
    /// <summary>The text, with U+FFFD in place of every unpaired surrogate.</summary>
    internal static string Text(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else
                return Repaired(text);
        }

        return text;
    }

    private static string Repaired(string text)
    {
        var repaired = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            repaired.Append(rune);
        return repaired.ToString();
    }
}
