namespace Colophon.Security.Redaction;

/// <summary>A secret that was found in a text.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">How many characters it takes.</param>
/// <param name="Kind">What it is, such as <c>anthropic-key</c> or <c>private-key</c>.</param>
public readonly record struct SecretMatch(int Start, int Length, string Kind);

/// <summary>Finds secrets in text.</summary>
public static class SecretScanner
{
    /// <summary>Every secret in the text, in order, without overlaps; allocates nothing where there is none.</summary>
    public static IReadOnlyList<SecretMatch> Scan(ReadOnlySpan<char> text) => text.IsEmpty ? [] : throw new NotSupportedException();
}
