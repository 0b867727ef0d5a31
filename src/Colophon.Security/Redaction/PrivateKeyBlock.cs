namespace Colophon.Security.Redaction;

/// <summary>A private key in PEM armour (RFC 7468), OpenSSH's and PGP's included, also where its end was cut off.</summary>
internal static class PrivateKeyBlock
{
    internal const string Header = "-----BEGIN ";
    private const string Footer = "-----END";
    private const int HeaderLimit = 80;
    private const int BodyLimit = 64 * 1024;
    private const int LeastBody = 40;

    /// <summary>Armour is wrapped at 64 or 70 characters; one line of escaped line breaks is longer.</summary>
    private const int LineLimit = 4096;

    internal static SecretMatch? At(ReadOnlySpan<char> text, int at, ref RunCache runs)
    {
        var label = text.Slice(at + Header.Length, Math.Min(HeaderLimit, text.Length - at - Header.Length));
        var close = label.IndexOf("-----");
        if (close < 0 || !label[..close].Contains("PRIVATE KEY", StringComparison.Ordinal))
            return null;
        var body = at + Header.Length + close + 5;
        var end = FindFooter(text, body, ref runs);
        if (end < 0)
            end = body + ArmouredLines(text[body..]);
        return CountBody(text[body..end]) < LeastBody ? null : new SecretMatch(at, end - at, "private-key");
    }

    /// <summary>The index after the closing line, or -1.</summary>
    private static int FindFooter(ReadOnlySpan<char> text, int body, ref RunCache runs)
    {
        var footer = runs.NextMark(Footer, body);
        if (footer < 0 || footer - body > BodyLimit)
            return -1;
        var after = footer + Footer.Length;
        var rest = text.Slice(after, Math.Min(HeaderLimit, text.Length - after));
        var close = rest.IndexOf("-----");
        return close < 0 ? after : after + close + 5;
    }

    /// <summary>How far the lines go that look like an armoured body.</summary>
    private static int ArmouredLines(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && end < BodyLimit)
        {
            var line = text.Slice(end, Math.Min(LineLimit, text.Length - end));
            var length = line.IndexOf('\n');
            if (length >= 0)
                line = line[..length];
            var content = line.Trim().Trim("\"',");
            if (content.Length > 0 && content.ContainsAnyExcept(KeyFormat.Alphabets[KeyFormat.Value]) && !content.Contains(':') && !content.Contains('\\'))
                break;
            end += length < 0 ? line.Length : length + 1;
        }

        return end;
    }

    private static int CountBody(ReadOnlySpan<char> body)
    {
        var count = 0;
        foreach (var c in body)
        {
            if (char.IsAsciiLetterOrDigit(c) && ++count >= LeastBody)
                break;
        }

        return count;
    }
}
