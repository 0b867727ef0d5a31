namespace Colophon.Security.Redaction;

/// <summary>The password of an entry in a <c>.netrc</c>, whose words have blanks or line breaks between them.</summary>
internal static class Netrc
{
    internal const string Anchor = "machine ";
    private const int Words = 8;
    private const int Limit = 1024;
    private const int Least = 6;

    internal static SecretMatch? At(ReadOnlySpan<char> text, int at)
    {
        if (!SecretScanner.StartsHere(text, at))
            return null;
        var limit = Math.Min(text.Length, at + Limit);
        var next = at + Anchor.Length;
        Word(text, ref next, limit);
        var login = false;
        for (var i = 0; i < Words; i++)
        {
            var name = Word(text, ref next, limit);
            var value = Word(text, ref next, limit);
            if (name is "password" && login && value.Length >= Least && value is not "password" && !Likelihood.IsPlaceholder(value))
                return new SecretMatch(next - value.Length, value.Length, "netrc-password");
            if (name is not ("login" or "account"))
                return null;
            login |= name is "login";
        }

        return null;
    }

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text, ref int at, int limit)
    {
        while (at < limit && text[at] is ' ' or '\t' or '\r' or '\n')
            at++;
        var start = at;
        while (at < limit && text[at] is not (' ' or '\t' or '\r' or '\n'))
            at++;
        return text[start..at];
    }
}
