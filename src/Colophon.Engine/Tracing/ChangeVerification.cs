using Colophon.Kernel.Errors;
using Colophon.Specs;
using Colophon.Specs.Tracing.Results;

namespace Colophon.Engine.Tracing;

/// <summary>Proves scenarios by the project's own tests.</summary>
public static class ChangeVerification
{
    private const string NoCommand = "No test command is configured, so nothing was run. Set it in .colophon/config.toml: [test] command = \"make test\"; or give the results of a run: --results 'TestResults/*.xml'.";

    /// <summary>Runs the tests, or reads results, and tells each scenario's status.</summary>
    /// <param name="engine">The project.</param>
    /// <param name="request">What to verify.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="SpecException">There is no such change, a specification cannot be read, or no result file is there.</exception>
    /// <exception cref="ColophonException">There is no git repository, or the tests cannot be run.</exception>
    public static async Task<VerificationReport> RunAsync(ColophonEngine engine, VerificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(request);
        var repository = await engine.Parts.RepositoryAsync(cancellationToken).ConfigureAwait(false);
        var tree = ProjectSpecs.Open(engine.Parts, engine.Directory);
        if (request.Change is { } change && tree.Change(change).IsArchived)
            throw new SpecException(SpecError.ChangeNotFound, $"The change '{change}' is archived.", "What it brought is in the main specifications: `colophon verify --all`.");
        var selection = request.Change is null ? TraceSelection.OfMain(tree) : TraceSelection.Of(SpecTexts.Read(tree).OrThrow(), request.Change);
        var links = await ProjectTrace.LinksAsync(repository, tree, cancellationToken).ConfigureAwait(false);
        var trace = new TraceJoin(selection, ProjectTrace.Prefix(repository, tree), new TraceQuery { Name = request.Change, Code = false }).Run(links, null);

        var notes = new List<string>();
        VerificationRun? run = null;
        IReadOnlyList<TestResult> results = [];
        IReadOnlyList<string> files = [];
        if (request.Results is { } pattern)
            (results, files) = TestRun.Given(repository.Root, engine.Directory, pattern);
        else if (engine.Configuration.Text("test.command") is { Length: > 0 } command)
            (run, results, files) = await new TestRun(engine, repository).ExecuteAsync(command, request.InPlace, cancellationToken).ConfigureAwait(false);
        else
            notes.Add(NoCommand);

        var scenarios = Judge(selection, trace, results);
        Remark(notes, run, request, results, scenarios);
        return new VerificationReport
        {
            Change = request.Change,
            Run = run,
            Files = files,
            Results = results.Count,
            FailedResults = results.Count(static result => result.Outcome == TestOutcome.Failed),
            Scenarios = scenarios,
            Dangling = [.. trace.Gaps.Where(static gap => gap.Kind == TraceGapKind.DanglingLink)],
            Notes = notes,
        };
    }

    private static List<VerifiedScenario> Judge(TraceSelection selection, TraceReport trace, IReadOnlyList<TestResult> results)
    {
        var match = new ResultMatch(results);
        // Results that name a scenario themselves need no link in the text.
        var direct = results.SelectMany(result => result.References.Select(reference => (Target: selection.Index.Resolve(reference), Result: result)))
            .Where(static pair => pair.Target is not null).ToLookup(static pair => pair.Target?.Scenario ?? pair.Target?.Requirement ?? "", static pair => pair.Result, StringComparer.Ordinal);
        var known = new Dictionary<TracedTest, IReadOnlyList<TestResult>>();
        var scenarios = new List<VerifiedScenario>();
        foreach (var requirement in trace.Requirements)
        {
            foreach (var scenario in requirement.Scenarios.Where(static scenario => scenario.IsDue))
            {
                var tests = new List<VerifiedTest>();
                foreach (var test in scenario.Tests)
                {
                    if (!known.TryGetValue(test, out var found))
                        known[test] = found = match.For(test.Path, test.Test);
                    tests.Add(new VerifiedTest(test, found));
                }

                foreach (var result in direct[scenario.Id].Concat(direct[requirement.Id]))
                {
                    if (!tests.Exists(test => test.Results.Contains(result)))
                        tests.Add(new VerifiedTest(new TracedTest(result.File ?? "", 0, null, IsWhole: false), [result]));
                }

                scenarios.Add(new VerifiedScenario(requirement.Id, scenario, StatusOf(tests), tests));
            }
        }

        return scenarios;
    }

    private static ScenarioStatus StatusOf(List<VerifiedTest> tests)
    {
        if (tests.Count == 0)
            return ScenarioStatus.NoTest;
        var outcomes = tests.SelectMany(static test => test.Results).Select(static result => result.Outcome).ToHashSet();
        return outcomes.Contains(TestOutcome.Failed) ? ScenarioStatus.Failed : outcomes.Contains(TestOutcome.Passed) ? ScenarioStatus.Passed : ScenarioStatus.NotRun;
    }

    private static void Remark(List<string> notes, VerificationRun? run, VerificationRequest request, IReadOnlyList<TestResult> results, List<VerifiedScenario> scenarios)
    {
        if (scenarios.Count == 0)
            notes.Add(request.Change is null ? "The main specifications have no scenario." : "The change brings no scenario.");
        if (run is { TimedOut: true })
            notes.Add($"The tests were ended after {run.Duration.TotalSeconds:0} s: sandbox.time_limit.");
        else if (run is { ExitCode: not 0 } && scenarios.TrueForAll(static scenario => scenario.Status == ScenarioStatus.Passed))
            notes.Add($"The test command ended with {run.ExitCode}: {(scenarios.Count == 0 ? "there is no scenario to prove, so this counts as failed" : "something that no scenario here needs failed")}.");
        if ((run is not null || request.Results is not null) && results.Count == 0)
            notes.Add("No result of a single test was understood. Let the command print each test's name, or write result files: $COLOPHON_RESULTS is a folder for them, test.results names others.");
        else if (results.Count > 0 && scenarios.Exists(static scenario => scenario is { Status: ScenarioStatus.NotRun, IsSkipped: false }))
            notes.Add("A scenario is 'not run' where the results do not tell its test: many runners print only failures unless asked for more.");
    }
}
