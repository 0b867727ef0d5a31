namespace Colophon.Specs;

/// <summary>One check box line of a task file.</summary>
public sealed record TaskItem
{
    /// <summary>The number it carries, such as <c>1.2</c> or <c>2.3a</c>; a task without one has its place in the file, counted from 1.</summary>
    public required string Id { get; init; }

    /// <summary>The text after the box and the number.</summary>
    public required string Description { get; init; }

    /// <summary>The text after the box with the number, as OpenSpec reports it.</summary>
    public required string Text { get; init; }

    /// <summary>The text of the last <c>## </c> header above, such as <c>1. Build</c>; null where there is none.</summary>
    public required string? Group { get; init; }

    /// <summary>Whether the box holds <c>x</c> or <c>X</c>; any other mark counts as open.</summary>
    public required bool Done { get; init; }

    /// <summary>The line in the file, counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>White space before the list mark in columns, a tab to the next multiple of four: how deep the task is nested.</summary>
    public required int Indent { get; init; }

    /// <summary>The lines below that are indented deeper than the task and are no tasks themselves, dedented by nothing, line ends LF; empty where there are none.</summary>
    public required string Body { get; init; }
}
