namespace Colophon.Specs.Tracing.Results;

/// <summary>How a test ended.</summary>
public enum TestOutcome
{
    /// <summary>It was found and not run.</summary>
    Skipped,

    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It failed or broke.</summary>
    Failed,
}

/// <summary>One test of a run, as the runner tells it.</summary>
/// <param name="Name">The name, with what stands before it (class, module, suite) and behind it (the case's values) where the runner prints that in one.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record TestResult(string Name, TestOutcome Outcome)
{
    /// <summary>The class, package or suites, where the runner tells them by themselves.</summary>
    public string Scope { get; init; } = "";

    /// <summary>The file, where the runner tells it.</summary>
    public string? File { get; init; }

    /// <summary>What a failed test said first, one line.</summary>
    public string? Message { get; init; }

    /// <summary>The references that the result itself carries: by a property <c>spec</c>, or by <c>@spec(…)</c> in its name.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
}
