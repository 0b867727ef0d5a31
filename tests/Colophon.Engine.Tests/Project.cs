using Colophon.Generation.Review;
using Colophon.Provenance.Verify;

namespace Colophon.Engine.Tests;

/// <summary>A repository with a change of some tasks, made ready, in a home of its own.</summary>
internal sealed class Project : IDisposable
{
    private readonly TemporaryFolder _home = new();

    private Project(TestRepository repository) => Repository = repository;

    public TestRepository Repository { get; }

    public string Home => _home.Path;

    public string Tasks => Repository.Read("openspec/changes/add-x/tasks.md");

    public Dictionary<string, string> Environment => new(StringComparer.Ordinal) { ["HOME"] = Home, ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "" };

    public static async Task<Project> CreateAsync(int tasks = 1, params (string Path, string Text)[] files)
    {
        (string, string)[] all =
        [
            ("openspec/changes/add-x/proposal.md", "# Add x\n\n## Why\n\nBecause.\n\n## What Changes\n\n- x\n"),
            ("openspec/changes/add-x/tasks.md", "## 1. Work\n\n" + string.Concat(Enumerable.Range(1, tasks).Select(static i => $"- [ ] 1.{i} Do thing {i}\n"))),
            ("openspec/changes/add-x/specs/things/spec.md", "## ADDED Requirements\n\n### Requirement: Things work\nThings SHALL work.\n\n#### Scenario: It works\n- **WHEN** used\n- **THEN** it works\n"),
            ("README.md", "# Sample\n"),
            .. files,
        ];
        var project = new Project(await TestRepository.CreateAsync(all));
        await ColophonEngine.InitAsync(project.Repository.Root, project.Overrides(null));
        await project.Repository.CommitAsync();
        return project;
    }

    public EngineOverrides Overrides(Script? script) => new() { Environment = Environment, Model = script is null ? null : $"replay:{script.Save(Home)}" };

    public async Task<List<EngineEvent>> ApplyAsync(Script script, IReviewer? reviewer = null, bool resume = false, string? task = null, List<EngineEvent>? into = null)
    {
        var events = into ?? [];
        await using var engine = await ColophonEngine.OpenAsync(Repository.Root, Overrides(script));
        await foreach (var happened in engine.ApplyAsync(new ApplyRequest { Change = "add-x", Resume = resume, Task = task }, reviewer ?? new AutoAccept()))
            events.Add(happened);
        return events;
    }

    public async Task<VerifyReport> VerifyAsync() =>
        await Verifier.VerifyAsync(await Repository.OpenAsync(), new VerifyOptions { ConfigurationDirectory = Path.Combine(Home, ".config/colophon"), Strict = true }, CancellationToken.None);

    public void Dispose()
    {
        Repository.Dispose();
        _home.Dispose();
    }
}

/// <summary>Answers what the test says.</summary>
internal sealed class Answers(params Func<Proposal, ReviewAnswer>[] answers) : IReviewer
{
    private int _next;

    public List<Proposal> Seen { get; } = [];

    public Task<ReviewAnswer> ReviewAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        Seen.Add(proposal);
        return Task.FromResult(answers[_next++](proposal));
    }
}
