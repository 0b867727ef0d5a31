namespace Colophon.Engine.Explain;

/// <summary>What a code means, for people.</summary>
/// <param name="Code">The stable code, such as <c>COL1011</c>, or <c>EXIT1</c> for an exit code.</param>
/// <param name="Title">What happened, as a heading.</param>
/// <param name="Meaning">What it means, in one or two sentences.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Mend">How to put it right.</param>
/// <param name="Example">Lines that show it, or null where they would not help.</param>
public sealed record CodeEntry(string Code, string Title, string Meaning, string Why, string Mend, string? Example);
