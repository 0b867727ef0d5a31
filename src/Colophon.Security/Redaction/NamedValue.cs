namespace Colophon.Security.Redaction;

/// <summary>A random value that is assigned to a name such as <c>api_key</c> or <c>clientSecret</c>, in whatever language or file format.</summary>
internal static class NamedValue
{
    /// <summary>How names of secrets end. A bare <c>key</c> is none: every map has keys.</summary>
    internal static readonly string[] Words =
    [
        "api_key", "apikey", "api-key", "secret", "token", "passwd", "password", "passphrase", "private_key", "privatekey", "access_key", "accesskey",
        "secret_key", "secretkey", "signing_key", "encryption_key", "account_key", "accountkey", "auth_key", "credential", "bearer ", BasicWord, "pwd",
        "secret-key", "access-key", "private-key", "signing-key", "encryption-key", "account-key", "auth-key", "encryptionkey", "signingkey", "authkey",
        "shared_key", "shared-key", "sharedkey", "sharedaccesskey", "master_key", "master-key", "masterkey", "session_key", "sessionkey", "hmac_key", "hmackey",
        "secret_key_base", "admin_key", "admin-key", "adminkey", "_pat", "_auth", "\"auth\"",
    ];

    // A word of prose too: "basic authentication".
    private const string BasicWord = "basic ";
    private const int Least = 16;

    /// <summary>Shorter values must have letters of both cases and digits.</summary>
    private const int Long = 20;
    private const int MorePartsLimit = 3;
    private const int PartLimit = 128;
    private const int LeastPart = 6;
    private const int Most = 4096;
    private const int GapLimit = 16;

    internal static SecretMatch? At(ReadOnlySpan<char> text, int at, ref RunCache runs)
    {
        var after = at + WordLength(text[at..]);
        var start = text[at..after].EndsWith(" ") ? after : SkipAssignment(text, after, IsOption(text, at));
        if (start < 0 || start >= text.Length)
            return null;
        if (QuotedPassword.At(text, at, start) is { } quoted)
            return quoted;
        var end = runs.EndOf(KeyFormat.Value, start);
        if (end - start is < Least or > Most || !SecretScanner.EndsHere(text, end))
            return null;
        var value = text[start..end];
        if ((value.Length < Long || text[at..after].Equals(BasicWord, StringComparison.OrdinalIgnoreCase)) && !Likelihood.IsMixed(value))
            return null;
        return Likelihood.IsRandom(value) && !Likelihood.IsPlaceholder(value) && !Likelihood.IsPath(value) ? new SecretMatch(start, AllParts(text, end) - start, "secret-value") : null;
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

    /// <summary>Some tokens have several parts with dots between them; none of them may stay.</summary>
    private static int AllParts(ReadOnlySpan<char> text, int end)
    {
        for (var i = 0; i < MorePartsLimit && end < text.Length && text[end] == '.'; i++)
        {
            var rest = text.Slice(end + 1, Math.Min(PartLimit, text.Length - end - 1));
            var length = rest.IndexOfAnyExcept(KeyFormat.Alphabets[KeyFormat.Value]);
            if (length < 0)
                length = rest.Length;
            if (length is < LeastPart or PartLimit || !SecretScanner.EndsHere(text, end + 1 + length))
                break;
            end += 1 + length;
        }

        return end;
    }

    /// <summary>Whether the word ends a command's option, as in <c>--auth-token</c>: its value may follow after a blank.</summary>
    private static bool IsOption(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (start > 0 && at - start < GapLimit && (char.IsAsciiLetter(text[start - 1]) || text[start - 1] is '-' or '_'))
            start--;
        return text[start..].StartsWith("--");
    }

    /// <summary>Passes <c>s</c>, a closing quote or bracket, blanks, <c>value</c> (an attribute of XML), one of <c>= : := =&gt; &gt;</c>, blanks and an opening quote; -1 where that is not what follows.</summary>
    private static int SkipAssignment(ReadOnlySpan<char> text, int at, bool blankWill)
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
            // define('AUTH_KEY', 'value')
            if (at < limit && text[at] == ',')
                return SkipQuote(text, SkipBlanks(text, at + 1, limit), limit);
        }

        var blank = at;
        at = SkipBlanks(text, at, limit);
        blankWill &= at > blank;
        if (text[at..limit].StartsWith("value="))
            at += 5;
        var sign = at;
        while (at < limit && text[at] is '=' or ':' or '>')
            at++;
        if (at == sign && !blankWill)
            return -1;
        return SkipQuote(text, SkipBlanks(text, at, limit), limit);
    }

    private static int SkipQuote(ReadOnlySpan<char> text, int at, int limit)
    {
        if (at < limit && text[at] == '\\')
            at++;
        return at < limit && text[at] is '"' or '\'' or '`' ? at + 1 : at;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int at, int limit)
    {
        while (at < limit && text[at] is ' ' or '\t')
            at++;
        return at;
    }
}
