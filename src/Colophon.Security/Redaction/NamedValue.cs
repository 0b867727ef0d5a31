namespace Colophon.Security.Redaction;

/// <summary>A random value that is assigned to a name such as <c>api_key</c> or <c>clientSecret</c>, in whatever language or file format.</summary>
internal static class NamedValue
{
    /// <summary>How names of secrets end. A bare <c>key</c> is none: every map has keys.</summary>
    internal static readonly string[] Words =
    [
        "api_key", "apikey", "api-key", "secret", "token", "passwd", "password", "passphrase", "private_key", "privatekey", "access_key", "accesskey",
        "secret_key", "secretkey", "signing_key", "encryption_key", "account_key", "accountkey", "auth_key", "credential", "bearer ",
    ];

    private const int Least = 20;
    private const int Most = 4096;
    private const int GapLimit = 16;

    internal static SecretMatch? At(ReadOnlySpan<char> text, int at, ref RunCache runs)
    {
        var after = at + WordLength(text[at..]);
        var start = text[at..after].EndsWith(" ") ? after : SkipAssignment(text, after);
        if (start < 0 || start >= text.Length)
            return null;
        var end = runs.EndOf(KeyFormat.Value, start);
        if (end - start is < Least or > Most || !SecretScanner.EndsHere(text, end))
            return null;
        var value = text[start..end];
        return Likelihood.IsRandom(value) && !Likelihood.IsPlaceholder(value) && !Likelihood.IsPath(value) ? new SecretMatch(start, end - start, "secret-value") : null;
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var longest = 0;
        foreach (var word in Words)
        {
            if (word.Length > longest && text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                longest = word.Length;
        }

        return longest;
    }

    /// <summary>Passes <c>s</c>, a closing quote or bracket, blanks, one of <c>= : := =&gt;</c>, blanks and an opening quote; -1 where that is not what follows.</summary>
    private static int SkipAssignment(ReadOnlySpan<char> text, int at)
    {
        var limit = Math.Min(text.Length, at + GapLimit);
        if (at < limit && text[at] is 's' or 'S')
            at++;
        if (at < limit && text[at] == '\\')
            at++;
        if (at < limit && text[at] is '"' or '\'' or '`')
        {
            at++;
            if (at < limit && text[at] == ']')
                at++;
        }

        at = SkipBlanks(text, at, limit);
        var sign = at;
        while (at < limit && text[at] is '=' or ':' or '>')
            at++;
        if (at == sign)
            return -1;
        at = SkipBlanks(text, at, limit);
        if (at < limit && text[at] == '\\')
            at++;
        if (at < limit && text[at] is '"' or '\'' or '`')
            at++;
        return at;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int at, int limit)
    {
        while (at < limit && text[at] is ' ' or '\t')
            at++;
        return at;
    }
}
