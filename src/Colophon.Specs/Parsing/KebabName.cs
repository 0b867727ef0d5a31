namespace Colophon.Specs.Parsing;

/// <summary><c>^[a-z0-9]+(?:-[a-z0-9]+)*$</c>.</summary>
internal static class KebabName
{
    internal static bool Is(string text)
    {
        var letter = false;
        foreach (var c in text)
        {
            if (c == '-' ? !letter : !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
                return false;
            letter = c != '-';
        }

        return letter;
    }
}
