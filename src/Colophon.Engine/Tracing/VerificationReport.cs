using Colophon.Specs.Tracing.Results;

namespace Colophon.Engine.Tracing;

/// <summary>What to verify, and from which results.</summary>
public sealed record VerificationRequest
{
    /// <summary>The open change; null for the main specifications. Default: null.</summary>
    public string? Change { get; init; }

    /// <summary>Result files of a run that somebody else made, absolute or as a pattern below the project's root; null to run the tests. Default: null.</summary>
    public string? Results { get; init; }

    /// <summary>Whether to run the tests in the project's own tree, which they can then only read, instead of a copy. Default: false.</summary>
    public bool InPlace { get; init; }
}

/// <summary>How a scenario did.</summary>
public enum ScenarioStatus
{
    /// <summary>A linked test passed and none failed.</summary>
    Passed,

    /// <summary>A linked test failed.</summary>
    Failed,

    /// <summary>No linked test ran, or the results do not tell it.</summary>
    NotRun,

    /// <summary>No test is linked.</summary>
    NoTest,
}

/// <summary>A linked test and what the run says of it.</summary>
/// <param name="Test">The link.</param>
/// <param name="Results">Its results; several for a test with several cases.</param>
public sealed record VerifiedTest(TracedTest Test, IReadOnlyList<TestResult> Results);

/// <summary>A scenario and its proof.</summary>
/// <param name="Requirement">The requirement's id.</param>
/// <param name="Scenario">The scenario.</param>
/// <param name="Status">How it did.</param>
/// <param name="Tests">The tests linked to it.</param>
public sealed record VerifiedScenario(string Requirement, TracedScenario Scenario, ScenarioStatus Status, IReadOnlyList<VerifiedTest> Tests)
{
    /// <summary>Whether its tests were met and skipped, rather than told nowhere.</summary>
    public bool IsSkipped => Status == ScenarioStatus.NotRun && Tests.Any(static test => test.Results.Count > 0);

    /// <summary>What the first failed test said, or null.</summary>
    public string? Message => Tests.SelectMany(static test => test.Results).FirstOrDefault(static result => result is { Outcome: TestOutcome.Failed, Message.Length: > 0 })?.Message;
}

/// <summary>A run of the project's tests.</summary>
/// <param name="Command">The command.</param>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="TimedOut">Whether its time was up.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Output">What it printed; the middle may be missing.</param>
public sealed record VerificationRun(string Command, int ExitCode, bool TimedOut, TimeSpan Duration, string Output);

/// <summary>Which scenarios of a change, or of the main specifications, the project's tests prove.</summary>
public sealed record VerificationReport
{
    /// <summary>The change; null for the main specifications.</summary>
    public string? Change { get; init; }

    /// <summary>The run; null where results were read or there is no command.</summary>
    public VerificationRun? Run { get; init; }

    /// <summary>The files that results were read from.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The results that were understood, linked or not.</summary>
    public required int Results { get; init; }

    /// <summary>Those of them that failed.</summary>
    public required int FailedResults { get; init; }

    /// <summary>The scenarios in the order of their requirements.</summary>
    public required IReadOnlyList<VerifiedScenario> Scenarios { get; init; }

    /// <summary>Links that name nothing and may have been meant for one of these scenarios.</summary>
    public required IReadOnlyList<TraceGap> Dangling { get; init; }

    /// <summary>What a reader should know, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Whether every scenario passed, and the run came to its end. Where there is no scenario to prove, the command's own word counts.</summary>
    public bool Passed => Run is not { TimedOut: true } && (Scenarios.Count > 0 || (Run is not { ExitCode: not 0 } && FailedResults == 0)) && Scenarios.All(static scenario => scenario.Status == ScenarioStatus.Passed);

    /// <summary>How many scenarios have a status.</summary>
    public int Count(ScenarioStatus status) => Scenarios.Count(scenario => scenario.Status == status);
}
