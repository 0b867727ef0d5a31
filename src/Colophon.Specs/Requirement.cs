using Colophon.Specs.Parsing;
using Colophon.Specs.Tracing;

namespace Colophon.Specs;

/// <summary>One <c>### Requirement:</c> block of a main spec or of a delta.</summary>
public sealed class Requirement
{
    private string? _hash;
    private IReadOnlyList<string>? _scenarioIds;

    internal Requirement(RequirementBlock block, string id)
    {
        Id = id;
        Name = block.Name;
        Text = block.Raw;
        BodyText = block.Body();
        Scenarios = block.Scenarios();
        Line = block.Line;
    }

    internal Requirement(string name, string id, int line)
    {
        (Name, Id, Line) = (name, id, line);
        Text = $"### Requirement: {name}";
        BodyText = "";
        Scenarios = [];
    }

    /// <summary>The name after <c>Requirement:</c>; compared case-sensitively, as OpenSpec does.</summary>
    public string Name { get; }

    /// <summary>
    /// <c>&lt;capability&gt;/&lt;slug of the name&gt;</c> (see <see cref="TraceSlug"/>): stable while the name stands, the same in a delta and in the main spec, unique in its file
    /// (a second name with the same slug carries eight digits of its hash).
    /// </summary>
    public string Id { get; }

    /// <summary>The whole block from its header on, trailing white space removed, line ends LF.</summary>
    public string Text { get; }

    /// <summary>The requirement's sentence or sentences: the lines before the first header, without fences and <c>**Label**:</c> lines; empty where there are none.</summary>
    public string BodyText { get; }

    /// <summary>The scenarios in the order of the file.</summary>
    public IReadOnlyList<Scenario> Scenarios { get; }

    /// <summary>
    /// The scenarios' ids in the same order, <c>&lt;requirement's id&gt;#&lt;slug of the name&gt;</c>, unique in the requirement: a second name with the same slug
    /// carries eight digits of its hash, the same name again its number.
    /// </summary>
    public IReadOnlyList<string> ScenarioIds => _scenarioIds ??= TraceSlug.Scenarios(Id, Scenarios);

    /// <summary>The header's line in its file, counted from 1.</summary>
    public int Line { get; }

    /// <summary>
    /// SHA-256 (lower-case hex) of <see cref="Text"/> as UTF-8 after white space at line ends is removed and runs of blank lines become one:
    /// coverage that names another hash than today's was written for an older text.
    /// </summary>
    public string Hash => _hash ??= RequirementHash.Of(Text);
}
