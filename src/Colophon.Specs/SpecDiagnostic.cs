namespace Colophon.Specs;

/// <summary>How much a finding weighs; the names are OpenSpec's.</summary>
public enum IssueLevel
{
    /// <summary>Makes the item invalid.</summary>
    Error,

    /// <summary>Makes the item invalid in strict mode only.</summary>
    Warning,

    /// <summary>Never makes an item invalid.</summary>
    Info,
}

/// <summary>Something a reader noticed while it read on: the value it returned beside this is still usable.</summary>
/// <param name="Level">How much it weighs.</param>
/// <param name="Path">The file, relative to the root of the tree, with <c>/</c> between its parts.</param>
/// <param name="Line">The line, counted from 1, or null where it concerns the whole file.</param>
/// <param name="Message">What it is, in one sentence.</param>
public sealed record SpecDiagnostic(IssueLevel Level, string Path, int? Line, string Message);
