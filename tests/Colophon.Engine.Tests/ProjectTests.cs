using Colophon.Generation.Errors;
using Colophon.Generation.Review;
using Colophon.Kernel.Errors;

namespace Colophon.Engine.Tests;

public sealed class ProjectTests
{
    [Fact]
    public async Task Init_makes_what_is_missing_and_changes_nothing_the_second_time()
    {
        using var repository = await TestRepository.CreateAsync(("README.md", "x\n"));
        using var home = new TemporaryFolder();
        var overrides = new EngineOverrides { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home.Path, ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" } };
        var first = await ColophonEngine.InitAsync(repository.Root, overrides);
        Assert.Contains("openspec/config.yaml", first.Created);
        Assert.Contains(".openspec/audit/v1/trust/0001.json", first.Created);
        Assert.NotNull(first.Fingerprint);
        var before = repository.Everything();
        var second = await ColophonEngine.InitAsync(repository.Root, overrides);
        Assert.Empty(second.Created);
        Assert.Equal(before, repository.Everything());
        Assert.Equal((first.KeyId, first.Fingerprint), (second.KeyId, second.Fingerprint));

        // The settings it writes are settings it can read.
        await using var engine = await ColophonEngine.OpenAsync(repository.Root, overrides);
        var text = repository.Read(".colophon/config.toml").Replace("# ", "", StringComparison.Ordinal);
        Assert.Contains("turns = 40", text, StringComparison.Ordinal);
        Assert.Equal(40, engine.Configuration.Integer("limits.turns"));
    }

    [Fact]
    public async Task Doctor_says_what_is_missing_and_never_throws()
    {
        using var folder = new TemporaryFolder();
        var nothing = await ColophonEngine.DoctorAsync(folder.Path, new EngineOverrides { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = folder.Path } });
        Assert.False(nothing.Healthy);
        Assert.All(nothing.Checks.Where(static c => c.Status == DoctorStatus.Bad && c.Name is "key" or "git"), static c => Assert.NotNull(c.Hint));

        using var project = await Project.CreateAsync();
        var report = await ColophonEngine.DoctorAsync(project.Repository.Root, project.Overrides(new Script().Says("x")));
        Assert.Equal(["git", "configuration", "openspec", "sandbox", "key", "trust", "provider", "disk"], report.Checks.Select(static c => c.Name));
        Assert.All(report.Checks.Where(static c => c.Name != "sandbox"), static c => Assert.NotEqual(DoctorStatus.Bad, c.Status));
    }

    [Fact]
    public async Task A_projects_file_can_neither_add_endpoints_nor_allow_commands_without_a_sandbox()
    {
        using var project = await Project.CreateAsync();
        project.Repository.Write(".colophon/config.toml", "[providers.evil]\nbase_url = \"https://evil.example\"\n");
        var error = await Assert.ThrowsAsync<KernelException>(() => project.ApplyAsync(new Script()));
        Assert.Equal((KernelError.ConfigurationInvalid, ExitCode.Configuration), (error.Error, error.ExitCode));
        project.Repository.Write(".colophon/config.toml", "[sandbox]\nallow_unsandboxed = true\n");
        error = await Assert.ThrowsAsync<KernelException>(() => project.ApplyAsync(new Script()));
        Assert.Equal(KernelError.ConfigurationInvalid, error.Error);
    }

    [Fact]
    public async Task A_limit_of_turns_ends_the_run_with_the_budgets_exit_code()
    {
        using var project = await Project.CreateAsync();
        project.Repository.Write(".colophon/config.toml", "[limits]\nturns = 2\n");
        var script = new Script().Calls(("list", new { path = "." })).Calls(("read", new { path = "README.md" })).Writes("a.py", "x\n");
        var error = await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(script));
        Assert.Equal((GenerationError.LimitReached, ExitCode.Budget), (error.Error, error.ExitCode));
    }

    [Fact]
    public async Task A_new_file_that_differs_from_another_only_by_case_is_left_out_and_said()
    {
        using var project = await Project.CreateAsync();
        var reviewer = new Answers(static _ => new ReviewAnswer.AcceptAll());
        await project.ApplyAsync(new Script().Calls(("shell", new { command = "cp README.md readme.MD; echo ok > fine.txt" })).Writes("fine.txt", "x\n"), reviewer);
        Assert.False(File.Exists(project.Repository.At("readme.MD")));
        if (reviewer.Seen[0].LeftOut.Count > 0)
            Assert.Contains("readme.MD", reviewer.Seen[0].LeftOut[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shell_can_write_in_the_copy_and_nowhere_else()
    {
        using var project = await Project.CreateAsync();
        var events = await project.ApplyAsync(new Script()
            .Calls(("shell", new { command = $"echo inside > in.txt; echo outside > {project.Repository.Root}/out.txt; echo outside > {project.Home}/out.txt" }))
            .Writes("a.txt", "a\n"));
        Assert.SkipWhen(events.OfType<EngineEvent.Notice>().Any(static n => n.Message.Contains("no sandbox", StringComparison.Ordinal)), "This kernel has no Landlock.");
        Assert.Equal("inside\n", project.Repository.Read("in.txt"));
        Assert.False(File.Exists(project.Repository.At("out.txt")));
        Assert.False(File.Exists(Path.Combine(project.Home, "out.txt")));
    }

    [Fact]
    public async Task The_context_is_explained()
    {
        using var project = await Project.CreateAsync(files: [("AGENTS.md", "Be brief.\n"), ("thing.py", "x = 1\n")]);
        project.Repository.Write("openspec/changes/add-x/tasks.md", "- [ ] 1.1 Extend thing.py\n");
        var events = await project.ApplyAsync(new Script().Writes("a.py", "x\n"));
        var context = events.OfType<EngineEvent.ContextChosen>().Single();
        Assert.Equal(["AGENTS.md: the project's notes for models", "thing.py: named in the task"], context.Choices.Select(static c => $"{c.Path}: {c.Reason}"));
        Assert.Contains("[x] 1.1 Extend", project.Tasks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_accepted_write_that_could_not_be_signed_is_undone_where_the_user_changed_the_file_since()
    {
        using var project = await Project.CreateAsync(files: [("f.txt", "a\nb\nc\nd\n"), ("g.txt", "g\n")]);
        var lockFile = project.Repository.At(".git/colophon/audit.lock");
        var script = new Script().Calls(("write", new { path = "g.txt", content = "G\n" })).Writes("f.txt", "A\nb\nc\nd\n");
        var error = await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(script, new Answers(_ =>
        {
            // Nobody can take a lock that is a folder, so the entry cannot be appended.
            File.Delete(lockFile);
            Directory.CreateDirectory(lockFile);
            return new ReviewAnswer.AcceptAll();
        })));
        Assert.Equal(GenerationError.Unfinished, error.Error);
        Assert.Equal("G\n", project.Repository.Read("g.txt"));
        Directory.Delete(lockFile);
        project.Repository.Write("f.txt", "a\nb\nc\nuser\n");

        error = await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(new Script()));
        Assert.Equal(GenerationError.RolledBack, error.Error);
        Assert.Equal(("a\nb\nc\nuser\n", "g\n"), (project.Repository.Read("f.txt"), project.Repository.Read("g.txt")));
        Assert.Contains("[ ] 1.1", project.Tasks, StringComparison.Ordinal);

        await project.ApplyAsync(new Script(), resume: true);
        Assert.Equal(("A\nb\nc\nuser\n", "G\n"), (project.Repository.Read("f.txt"), project.Repository.Read("g.txt")));
        Assert.Equal(0, (await project.VerifyAsync()).ExitCode);
    }

    [Fact]
    public async Task What_could_not_be_signed_is_signed_by_the_next_command()
    {
        using var project = await Project.CreateAsync();
        var lockFile = project.Repository.At(".git/colophon/audit.lock");
        await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(new Script().Writes("a.py", "x\n"), new Answers(_ =>
        {
            File.Delete(lockFile);
            Directory.CreateDirectory(lockFile);
            return new ReviewAnswer.AcceptAll();
        })));
        Directory.Delete(lockFile);
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        Assert.True(Assert.Single(engine.Recovered).Finished);
        Assert.Contains("[x] 1.1", project.Tasks, StringComparison.Ordinal);
        Assert.Equal("x\n", project.Repository.Read("a.py"));
        Assert.Equal((0, 2), ((await project.VerifyAsync()).ExitCode, (await project.VerifyAsync()).Entries.Count));
    }
}
