namespace Colophon.Security.Redaction;

/// <summary>A secret that was found in a text.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">How many characters it takes.</param>
/// <param name="Kind">What it is, such as <c>anthropic-key</c> or <c>private-key</c>.</param>
public readonly record struct SecretMatch(int Start, int Length, string Kind);
