namespace Colophon.Specs.Checking;

/// <summary>One replacement inside a line of a file.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The first character replaced, counted from 1 in UTF-16 code units.</param>
/// <param name="Length">How many characters are replaced; 0 inserts.</param>
/// <param name="Text">What takes their place; a line feed in it becomes the file's own line end.</param>
public sealed record TextEdit(int Line, int Column, int Length, string Text);

/// <summary>A way to mend a finding that is certain.</summary>
/// <param name="Description">What it does, in a few words.</param>
/// <param name="Edits">The replacements, in the order of the file.</param>
public sealed record SpecFix(string Description, IReadOnlyList<TextEdit> Edits);

/// <summary>Another place that a finding is about.</summary>
/// <param name="Path">The file, relative to the root of the tree.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Message">What is there.</param>
public sealed record RelatedPlace(string Path, int Line, string Message);

/// <summary>Something found in a specification tree: what, where, and how to mend it.</summary>
public sealed record SpecFinding
{
    /// <summary>The rule.</summary>
    public required SpecRule Rule { get; init; }

    /// <summary>How much it weighs.</summary>
    public required IssueLevel Level { get; init; }

    /// <summary>The file (or the folder where a file is missing), relative to the root of the tree, with <c>/</c> between its parts.</summary>
    public required string Path { get; init; }

    /// <summary>The line, counted from 1; 1 where it concerns the whole file.</summary>
    public int Line { get; init; } = 1;

    /// <summary>The column, counted from 1 in UTF-16 code units.</summary>
    public int Column { get; init; } = 1;

    /// <summary>The column behind its last character, on the same line.</summary>
    public int EndColumn { get; init; } = 1;

    /// <summary>What it is.</summary>
    public required string Message { get; init; }

    /// <summary>What to do about it, in one sentence.</summary>
    public required string Hint { get; init; }

    /// <summary>A fix, or null where none is certain.</summary>
    public SpecFix? Fix { get; init; }

    /// <summary>Other places that it is about.</summary>
    public IReadOnlyList<RelatedPlace> Related { get; init; } = [];

    /// <summary>The stable code, such as <c>COL1162</c>.</summary>
    public string Code => $"COL{(int)Rule:D4}";

    /// <summary>The rule's name, such as <c>header-spacing</c>.</summary>
    public string Name => RuleTable.NameOf(Rule);
}
