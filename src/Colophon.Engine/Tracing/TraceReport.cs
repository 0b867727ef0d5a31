using Colophon.Provenance.Coverage;
using Colophon.Specs;
using Colophon.Specs.Tracing.Links;

namespace Colophon.Engine.Tracing;

/// <summary>What to trace.</summary>
public sealed record TraceQuery
{
    /// <summary>A capability, a change, or a requirement by id or name; null for everything. Default: null.</summary>
    public string? Name { get; init; }

    /// <summary>Whether to ask the log and git's history which code serves a requirement. Default: true.</summary>
    public bool Code { get; init; } = true;

    /// <summary>Whether a test that is named as a scenario is (letter case and punctuation aside) counts as linked. Default: false.</summary>
    public bool Names { get; init; }
}

/// <summary>A test that proves a scenario.</summary>
/// <param name="Path">The file, relative to the repository's root.</param>
/// <param name="Line">The link's line.</param>
/// <param name="Test">The test, where its declaration was found.</param>
/// <param name="IsWhole">Whether the link names the whole requirement, and so all of its scenarios.</param>
/// <param name="IsByName">Whether there is no link: the test is only named as the scenario is.</param>
public sealed record TracedTest(string Path, int Line, TestName? Test, bool IsWhole, bool IsByName = false);

/// <summary>A scenario and what proves it.</summary>
public sealed record TracedScenario
{
    /// <summary><c>capability/requirement#scenario</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name in the file.</summary>
    public required string Name { get; init; }

    /// <summary>The file that says it, relative to the repository's root.</summary>
    public required string Path { get; init; }

    /// <summary>The line there.</summary>
    public required int Line { get; init; }

    /// <summary>The open change that brings it; null where a main spec has it.</summary>
    public required string? Change { get; init; }

    /// <summary>Whether a test is due: not yet for what a change brings whose tasks are open, unless that change was asked for.</summary>
    public required bool IsDue { get; init; }

    /// <summary>The tests linked to it.</summary>
    public required IReadOnlyList<TracedTest> Tests { get; init; }
}

/// <summary>Lines of one file.</summary>
/// <param name="Path">The file, relative to the repository's root.</param>
/// <param name="Ranges">First line (from 1) and number of lines of each run, in order.</param>
public sealed record TracedLines(string Path, IReadOnlyList<(int Start, int Count)> Ranges)
{
    /// <summary>How many lines they are.</summary>
    public int Count => Ranges.Sum(static range => range.Count);
}

/// <summary>The lines that one accepted generation wrote for a requirement and that stand today.</summary>
/// <param name="Source">The entries, task, model and person behind them.</param>
/// <param name="Files">The lines.</param>
/// <param name="IsStale">Whether the requirement read differently when they were written.</param>
public sealed record TracedCode(CoverageSource Source, IReadOnlyList<TracedLines> Files, bool IsStale)
{
    /// <summary>How many lines they are.</summary>
    public long Lines => Files.Sum(static file => (long)file.Count);
}

/// <summary>A place in code that names a requirement by <c>@spec(…)</c> and is no test.</summary>
/// <param name="Path">The file, relative to the repository's root.</param>
/// <param name="Line">The line.</param>
/// <param name="Reference">What it names.</param>
public sealed record TracedPlace(string Path, int Line, string Reference);

/// <summary>A requirement from its text to the people who let its code in.</summary>
public sealed record TracedRequirement
{
    /// <summary><c>capability/requirement</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name in the file.</summary>
    public required string Name { get; init; }

    /// <summary>The capability.</summary>
    public required string Capability { get; init; }

    /// <summary>The file that says what is wanted now, relative to the repository's root.</summary>
    public required string Path { get; init; }

    /// <summary>The line there.</summary>
    public required int Line { get; init; }

    /// <summary>The hash of that text.</summary>
    public required string Hash { get; init; }

    /// <summary>The open change that says it; null where the main spec stands as it is.</summary>
    public string? Change { get; init; }

    /// <summary>The open change that removes it, or null.</summary>
    public string? RemovedBy { get; init; }

    /// <summary>The id it had before the open change that renames it, or null.</summary>
    public string? RenamedFrom { get; init; }

    /// <summary>Whether code and tests are due.</summary>
    public required bool IsDue { get; init; }

    /// <summary>Its scenarios in the order of the file.</summary>
    public required IReadOnlyList<TracedScenario> Scenarios { get; init; }

    /// <summary>The tests linked to the requirement itself.</summary>
    public required IReadOnlyList<TracedTest> Tests { get; init; }

    /// <summary>The places in code that name it.</summary>
    public required IReadOnlyList<TracedPlace> Places { get; init; }

    /// <summary>The code that the log says was written for it, most lines first.</summary>
    public required IReadOnlyList<TracedCode> Code { get; init; }

    /// <summary>Whether anything serves it.</summary>
    public bool HasCode => Code.Count > 0 || Places.Count > 0;

    /// <summary>Whether some of its code was written for an older text.</summary>
    public bool IsStale => Code.Any(static code => code.IsStale);
}

/// <summary>What is missing.</summary>
public enum TraceGapKind
{
    /// <summary>A link names nothing that is there.</summary>
    DanglingLink,

    /// <summary>No test is linked to a scenario.</summary>
    ScenarioWithoutTest,

    /// <summary>Nothing says that any code serves a requirement.</summary>
    RequirementWithoutCode,

    /// <summary>A requirement's text changed after its code was written.</summary>
    StaleCode,

    /// <summary>Code was written for a requirement that is gone.</summary>
    RequirementGone,

    /// <summary>A file has lines that no requirement asked for.</summary>
    CodeWithoutRequirement,
}

/// <summary>One thing that is missing.</summary>
/// <param name="Kind">What.</param>
/// <param name="Subject">The requirement, scenario, reference or file.</param>
/// <param name="Path">Where it is said, relative to the repository's root; null where that is nowhere.</param>
/// <param name="Line">The line there, or null.</param>
/// <param name="Message">In one sentence.</param>
/// <param name="Hint">What may have been meant, or null.</param>
public sealed record TraceGap(TraceGapKind Kind, string Subject, string? Path, int? Line, string Message, string? Hint = null);

/// <summary>The matrix: requirement, scenario, test, code, entry, model, person, and what is missing in it.</summary>
public sealed record TraceReport
{
    /// <summary>What was asked for; null for everything.</summary>
    public string? Selection { get; init; }

    /// <summary>The commit that the code's owners are told for; null where nobody asked, or before the first.</summary>
    public string? Commit { get; init; }

    /// <summary>The requirements in ordinal order of their ids.</summary>
    public required IReadOnlyList<TracedRequirement> Requirements { get; init; }

    /// <summary>What is missing, by kind, then by place.</summary>
    public required IReadOnlyList<TraceGap> Gaps { get; init; }

    /// <summary>What a reader of the figures should know, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Specifications and changes that cannot be read, so that nothing of theirs is in the report.</summary>
    public IReadOnlyList<SpecProblem> Problems { get; init; } = [];

    /// <summary>The scenarios that a test is due for.</summary>
    public int DueScenarios => Requirements.Sum(static r => r.Scenarios.Count(static s => s.IsDue));

    /// <summary>Those of them that have one.</summary>
    public int TestedScenarios => Requirements.Sum(static r => r.Scenarios.Count(static s => s.IsDue && s.Tests.Count > 0));

    /// <summary>The links that name nothing.</summary>
    public int DanglingLinks => Gaps.Count(static gap => gap.Kind == TraceGapKind.DanglingLink);

    /// <summary>The share of due scenarios that have a test, in hundredths of a percent, rounded down; all of them where none is due.</summary>
    public int BasisPoints => DueScenarios == 0 ? 10_000 : (int)(10_000L * TestedScenarios / DueScenarios);
}
