using System.Text;

namespace Colophon.Specs.Parsing;

/// <summary>A requirement's name folded for finding near misses: lower case, each run of white space one space. Never used to match.</summary>
internal static class NameFold
{
    internal static string Of(string name)
    {
        var lower = Js.ToLower(Headers.NormaliseName(name).ToString());
        if (!NeedsFolding(lower))
            return lower;
        var folded = new StringBuilder(lower.Length);
        for (var i = 0; i < lower.Length; i++)
        {
            if (!Js.IsSpace(lower[i]))
                folded.Append(lower[i]);
            else if (i == 0 || !Js.IsSpace(lower[i - 1]))
                folded.Append(' ');
        }

        return folded.ToString();
    }

    private static bool NeedsFolding(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (Js.IsSpace(text[i]) && (text[i] != ' ' || (i > 0 && Js.IsSpace(text[i - 1]))))
                return true;
        }

        return false;
    }
}
