namespace Colophon.Security.Redaction;

/// <summary>A JSON web token (RFC 7519): three base64url parts, of which the first two hold JSON objects.</summary>
internal static class WebToken
{
    /// <summary><c>{"</c> in base64url.</summary>
    internal const string Prefix = "eyJ";

    private const int LeastPart = 10;

    internal static SecretMatch? At(ReadOnlySpan<char> text, int at, ref RunCache runs)
    {
        var header = runs.EndOf(KeyFormat.Word, at);
        if (header - at < LeastPart || header + 1 >= text.Length || text[header] != '.' || !text[(header + 1)..].StartsWith(Prefix))
            return null;
        var payload = runs.EndOf(KeyFormat.Word, header + 1);
        if (payload - header <= LeastPart || payload + 1 >= text.Length || text[payload] != '.')
            return null;
        var signature = runs.EndOf(KeyFormat.Word, payload + 1);
        return signature - payload <= LeastPart ? null : new SecretMatch(at, signature - at, "jwt");
    }
}
