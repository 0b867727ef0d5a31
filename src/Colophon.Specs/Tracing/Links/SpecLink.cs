namespace Colophon.Specs.Tracing.Links;

/// <summary>A test as its declaration names it.</summary>
/// <param name="Name">The function's or method's name, or the words a test is called by.</param>
/// <param name="Within">The classes, modules or suites around it, the outermost first; what could be told from the text alone.</param>
/// <param name="Line">The declaration's line, counted from 1.</param>
public sealed record TestName(string Name, IReadOnlyList<string> Within, int Line);

/// <summary>A place in a project's files that names a requirement or a scenario: <c>@spec(capability/requirement#scenario)</c>.</summary>
/// <param name="Path">The file, relative to the repository's root.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Reference">What it names, as it is written.</param>
/// <param name="Test">The declaration it belongs to, where one was found.</param>
/// <param name="IsTest">Whether it stands in a test; otherwise it marks code that serves the requirement.</param>
public sealed record SpecLink(string Path, int Line, string Reference, TestName? Test, bool IsTest);
