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

    /// <summary>A line with so many characters of Base64 in a row belongs to a body, whatever quotes and escapes are around it.</summary>
    private const int LineRun = 40;
    private const int LeastRun = 16;
    private const int HeaderLines = 4;
    private const int Judged = 2048;

    /// <summary>What stands before the secret part of PuTTY's key files.</summary>
    internal const string Putty = "Private-Lines: ";

    /// <summary>What stands before a private key of ssh.com's.</summary>
    internal const string Ssh2 = "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----";

    /// <summary>The private part of a PuTTY key file, or one of ssh.com's.</summary>
    internal static SecretMatch? AtPutty(ReadOnlySpan<char> text, int at)
    {
        var line = text[at..].IndexOfAny('\n', '\\');
        if (line is < 0 or > HeaderLimit)
            return null;
        var body = at + line;
        var end = body + ArmouredLines(text[body..]);
        return CountBody(text[body..end]) < LeastBody ? null : new SecretMatch(at, end - at, "private-key");
    }

    internal static SecretMatch? At(ReadOnlySpan<char> text, int at, ref RunCache runs)
    {
        var label = text.Slice(at + Header.Length, Math.Min(HeaderLimit, text.Length - at - Header.Length));
        var close = label.IndexOf("-----");
        if (close < 0 || !label[..close].Contains("PRIVATE KEY", StringComparison.Ordinal))
            return null;
        var body = at + Header.Length + close + 5;
        var end = FindFooter(text, body, ref runs);
        if (end < 0 || !IsArmour(text[body..end]))
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
        var (end, headers) = (0, 0);
        while (end < text.Length && end < BodyLimit)
        {
            var line = text.Slice(end, Math.Min(LineLimit, text.Length - end));
            var length = line.IndexOf('\n');
            if (length >= 0)
                line = line[..length];
            var content = line.Trim().Trim("\"',");
            if (content.ContainsAnyExcept(KeyFormat.Alphabets[KeyFormat.Value]) && !HasRun(content) && !(IsHeader(content) && ++headers <= HeaderLines))
                break;
            end += length < 0 ? line.Length : length + 1;
        }

        return end;
    }

    /// <summary>A line such as <c>Proc-Type: 4,ENCRYPTED</c> (RFC 1421).</summary>
    private static bool IsHeader(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(": ");
        return colon > 0 && line[..colon].IndexOfAnyExcept(KeyFormat.Alphabets[KeyFormat.Word]) < 0;
    }

    private static bool HasRun(ReadOnlySpan<char> line)
    {
        while (line.Length >= LineRun)
        {
            var run = line.IndexOfAnyExcept(KeyFormat.Alphabets[KeyFormat.Value]);
            if (run < 0 || run >= LineRun)
                return true;
            line = line[(run + 1)..];
        }

        return false;
    }

    /// <summary>Whether what stands between the two lines is mostly Base64, and not a program that has both lines in it.</summary>
    private static bool IsArmour(ReadOnlySpan<char> body)
    {
        body = body[..Math.Min(Judged, body.Length)];
        var (armour, other) = (0, 0);
        while (!body.IsEmpty)
        {
            var run = body.IndexOfAnyExcept(KeyFormat.Alphabets[KeyFormat.Value]);
            if (run < 0)
                run = body.Length;
            (armour, other) = run >= LeastRun ? (armour + run, other) : (armour, other + run);
            if (run < body.Length && !char.IsWhiteSpace(body[run]))
                other++;
            body = body[Math.Min(run + 1, body.Length)..];
        }

        return armour >= other;
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
