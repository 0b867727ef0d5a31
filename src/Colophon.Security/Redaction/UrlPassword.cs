using System.Buffers;

namespace Colophon.Security.Redaction;

/// <summary>The password in <c>scheme://user:password@host</c>.</summary>
internal static class UrlPassword
{
    internal const string Anchor = "://";
    private const int Limit = 256;
    private const int Least = 6;

    private static readonly SearchValues<char> s_ends = SearchValues.Create("@/?# \t\r\n\"'`<>[]{}\\$");

    internal static SecretMatch? At(ReadOnlySpan<char> text, int at)
    {
        var start = at + Anchor.Length;
        var rest = text.Slice(start, Math.Min(Limit, text.Length - start));
        var end = rest.IndexOfAny(s_ends);
        if (end < 0 || rest[end] != '@')
            return null;
        var colon = rest[..end].IndexOf(':');
        if (colon < 0)
            return null;
        var password = rest[(colon + 1)..end];
        // What everybody's first database is opened by protects nothing.
        return password.Length < Least || Likelihood.IsPlaceholder(password) || password is "password" or "secret" || password.SequenceEqual(rest[..colon])
            ? null
            : new SecretMatch(start + colon + 1, password.Length, "url-password");
    }
}
