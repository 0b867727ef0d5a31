namespace Colophon.Specs;

/// <summary>One scenario of a requirement: any level-4 header with a body below it.</summary>
/// <param name="Name">The header's text without its <c>Scenario:</c> label.</param>
/// <param name="Text">The body, trimmed, as it stands in the file.</param>
/// <param name="Line">The header's line in its file, counted from 1.</param>
public sealed record Scenario(string Name, string Text, int Line);
