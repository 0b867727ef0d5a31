using Colophon.Generation.Errors;
using Colophon.Generation.Review;
using Colophon.Kernel.Errors;
using Colophon.Models.Errors;
using Colophon.Provenance;
using Colophon.Provenance.Coverage;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Specs;
using Proposal = Colophon.Generation.Review.Proposal;

namespace Colophon.Engine.Tests;

public sealed class ApplyTests
{
    [Fact]
    public async Task The_main_job_ends_in_written_signed_ticked_and_covered_code()
    {
        using var project = await Project.CreateAsync(tasks: 2);
        var script = new Script().Writes("a.py", "one = 1\ntwo = 2\n").NextTask().Calls(("read", new { path = "a.py" })).Writes("b/c.py", "three = 3\n");
        var events = await project.ApplyAsync(script);

        Assert.IsType<EngineEvent.ApplyStarted>(events[0]);
        var finished = Assert.IsType<EngineEvent.ApplyFinished>(events[^1]);
        Assert.Equal((ApplyOutcome.Done, 0), (finished.Outcome, finished.OpenTasks));
        Assert.Equal(["1.1", "1.2"], finished.Accepted);
        Assert.Equal("## 1. Work\n\n- [x] 1.1 Do thing 1\n- [x] 1.2 Do thing 2\n", project.Tasks);
        Assert.Equal("one = 1\ntwo = 2\n", project.Repository.Read("a.py"));
        Assert.Equal("three = 3\n", project.Repository.Read("b/c.py"));

        var report = await project.VerifyAsync();
        Assert.Equal((0, 4), (report.ExitCode, report.Entries.Count));
        Assert.Equal([EntryKind.Generation, EntryKind.Decision, EntryKind.Generation, EntryKind.Decision], report.Entries.Select(static e => e.Kind));
        Assert.Empty(Directory.GetDirectories(project.Repository.At(".colophon/state/sessions")));
        Assert.Single((await project.Repository.Git.RunAsync(["worktree", "list"])).Text.Split('\n'));

        await project.Repository.CommitAsync();
        var repository = await project.Repository.OpenAsync();
        var entries = AuditLog.Open(repository, new AuditOptions { ConfigurationDirectory = project.Home }).Entries().ToList();
        var coverage = await CodeCoverage.ComputeAsync(repository, entries, static _ => true, new CoverageOptions { Paths = ["a.py", "b"] }, CancellationToken.None);
        Assert.Equal(new LineTotals(3, 3, 0, 0), coverage.Project);

        var generation = entries[0].Predicate;
        Assert.Equal(("1.1", "things/things-work"), (generation.Spec?.Task, generation.Spec?.Requirements[0].Id));
        Assert.Equal(("replay", "scripted-1", 200L, 40L), (generation.Model?.Provider, generation.Model?.Reported, generation.Model?.TokensIn, generation.Model?.TokensOut));
        Assert.NotNull(generation.Prompt?.Content);
        Assert.Equal("main", generation.Actor.Branch);
        Assert.Equal("policy", entries[1].Predicate.Witnessed["reviewer"]);
    }

    [Theory]
    [InlineData(KeyRole.Ci, "its role, ci, may not sign a Decision entry")]
    [InlineData(KeyRole.Reviewer, "its role, reviewer, may not sign a Generation entry")]
    public async Task A_key_whose_role_does_not_sign_what_comes_is_refused_before_anything_is_spent(KeyRole role, string said)
    {
        using var project = await Project.CreateAsync();
        using var other = new TemporaryFolder();
        var script = new Script().Writes("a.py", "1\n");
        var theirs = project.Overrides(script) with { Environment = new Dictionary<string, string>(project.Environment, StringComparer.Ordinal) { ["HOME"] = other.Path } };
        await ColophonEngine.InitAsync(project.Repository.Root, theirs);
        await using (var mine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null)))
        await using (var engine = await ColophonEngine.OpenAsync(project.Repository.Root, theirs))
        {
            var (keys, own) = (await ProjectKeys.OfAsync(mine), (await ProjectKeys.OfAsync(engine)).Show().OwnKey ?? "");
            Assert.True(PublicKeyText.TryParse(own, out var key));
            await keys.MakeAsync(new TrustEdit.Add(key, "Other", role, DateTimeOffset.UnixEpoch, null, IsRoot: false));
            (await ProjectKeys.OfAsync(engine)).Pin(keys.Show().Trust?.Fingerprint ?? "");
        }

        var before = project.Repository.Everything(".colophon");
        await using var again = await ColophonEngine.OpenAsync(project.Repository.Root, theirs);
        var refused = await Assert.ThrowsAsync<ProvenanceException>(async () =>
        {
            await foreach (var happened in again.ApplyAsync(new ApplyRequest { Change = "add-x" }, new AutoAccept()))
                Assert.IsNotType<EngineEvent.TurnStarted>(happened);
        });
        Assert.Equal((ProvenanceError.KeyNotTrusted, ExitCode.Configuration), (refused.Error, refused.ExitCode));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, project.Repository.Everything(".colophon"));
    }

    [Fact]
    public async Task A_model_cannot_rewrite_what_it_was_asked_for()
    {
        using var project = await Project.CreateAsync();
        var before = project.Repository.Read("openspec/changes/add-x/proposal.md");
        var script = new Script().Calls(("write", new { path = "openspec/changes/add-x/proposal.md", content = "easier\n" })).Calls(("grep", new { pattern = "Do thing", path = "openspec" })).Writes("a.py", "x\n");
        var events = await project.ApplyAsync(script);
        Assert.Equal([false, true, true], events.OfType<EngineEvent.ToolFinished>().Select(static e => e.Succeeded));
        Assert.Equal(["openspec/changes/add-x/proposal.md", "Do thing in openspec", "a.py"], events.OfType<EngineEvent.ToolStarted>().Select(static e => e.Summary));
        Assert.Equal(before, project.Repository.Read("openspec/changes/add-x/proposal.md"));
        Assert.Equal("x\n", project.Repository.Read("a.py"));
    }

    [Fact]
    public void A_wait_says_why_and_how_long() => Assert.Equal(
        new EngineEvent.ModelWaiting("rate limited", TimeSpan.FromSeconds(12)),
        EventTranslation.Of(new ModelException(ModelError.RateLimited, "429 from the provider."), TimeSpan.FromSeconds(12)));

    [Fact]
    public async Task A_rejection_is_fed_back_and_the_next_try_can_be_accepted()
    {
        using var project = await Project.CreateAsync();
        var reviewer = new Answers(static _ => new ReviewAnswer.Reject("Too short.", Retry: true), static _ => new ReviewAnswer.AcceptAll());
        var events = await project.ApplyAsync(new Script().Writes("a.py", "x\n").Writes("a.py", "xyz\n"), reviewer);
        Assert.Equal([1, 2], reviewer.Seen.Select(static p => p.Attempt));
        Assert.Equal("xyz\n", project.Repository.Read("a.py"));
        Assert.True(events.OfType<EngineEvent.TaskRejected>().Single().TriesAgain);
        var report = await project.VerifyAsync();
        Assert.Equal((0, 4), (report.ExitCode, report.Entries.Count));
    }

    [Fact]
    public async Task A_final_rejection_is_recorded_ends_the_run_and_leaves_the_tree_alone()
    {
        using var project = await Project.CreateAsync(tasks: 2);
        var before = project.Repository.Everything(".openspec", ".colophon");
        var events = await project.ApplyAsync(new Script().Writes("a.py", "x\n"), new Answers(static _ => new ReviewAnswer.Reject("No.", Retry: false)));
        Assert.Equal(ApplyOutcome.Rejected, events.OfType<EngineEvent.ApplyFinished>().Single().Outcome);
        Assert.Equal(before, project.Repository.Everything(".openspec", ".colophon"));
        Assert.Equal((0, 2), ((await project.VerifyAsync()).ExitCode, (await project.VerifyAsync()).Entries.Count));
    }

    [Fact]
    public async Task The_third_rejection_is_final()
    {
        using var project = await Project.CreateAsync();
        Func<Proposal, ReviewAnswer> no = static _ => new ReviewAnswer.Reject("Again.", Retry: true);
        var reviewer = new Answers(no, no, no);
        await project.ApplyAsync(new Script().Writes("a", "1\n").Writes("a", "2\n").Writes("a", "3\n"), reviewer);
        Assert.Equal(3, reviewer.Seen.Count);
    }

    [Fact]
    public async Task Files_hunks_and_edits_can_be_chosen_and_a_persons_lines_are_recorded_as_theirs()
    {
        var old = string.Concat(Enumerable.Range(1, 30).Select(static i => $"line {i}\n"));
        using var project = await Project.CreateAsync(files: [("f.txt", old)]);
        var proposed = old.Replace("line 2\n", "LINE 2\n", StringComparison.Ordinal).Replace("line 28\n", "LINE 28\n", StringComparison.Ordinal);
        var reviewer = new Answers(static p => new ReviewAnswer.AcceptSelection(new Dictionary<string, FileChoice>(StringComparer.Ordinal)
        {
            ["f.txt"] = new FileChoice.Hunks([1]),
            ["new.txt"] = new FileChoice.Edited("model\nmine\n"u8.ToArray()),
        }));
        await project.ApplyAsync(new Script().Calls(("write", new { path = "f.txt", content = proposed }), ("write", new { path = "new.txt", content = "model\n" }), ("write", new { path = "no.txt", content = "n\n" })).Says("Done."), reviewer);

        Assert.Equal(old.Replace("line 28\n", "LINE 28\n", StringComparison.Ordinal), project.Repository.Read("f.txt"));
        Assert.Equal("model\nmine\n", project.Repository.Read("new.txt"));
        Assert.False(File.Exists(project.Repository.At("no.txt")));
        var log = AuditLog.Open(await project.Repository.OpenAsync(), new AuditOptions { ConfigurationDirectory = project.Home });
        var decision = log.Entries().Single(static e => e.Predicate.Kind == EntryKind.Decision).Predicate;
        Assert.Equal(DecisionMode.Edited, decision.Decision?.Mode);
        Assert.Equal([(1, HunkAuthor.Model), (2, HunkAuthor.Human)], decision.Files.Single(static f => f.Path == "new.txt").Hunks.Select(static h => (h.NewStart, h.By)));
        Assert.Equal(0, (await project.VerifyAsync()).ExitCode);
    }

    [Fact]
    public async Task Stop_keeps_the_session_and_resume_shows_the_same_proposal_without_the_model()
    {
        using var project = await Project.CreateAsync();
        var events = await project.ApplyAsync(new Script().Writes("a.py", "x\n"), new Answers(static _ => new ReviewAnswer.Stop()));
        Assert.Equal(ApplyOutcome.Stopped, events.OfType<EngineEvent.ApplyFinished>().Single().Outcome);
        events = await project.ApplyAsync(new Script(), resume: true);
        Assert.True(events.OfType<EngineEvent.ApplyStarted>().Single().Resumed);
        Assert.Empty(events.OfType<EngineEvent.TurnStarted>());
        Assert.Equal("x\n", project.Repository.Read("a.py"));
        Assert.Equal((0, 2), ((await project.VerifyAsync()).ExitCode, (await project.VerifyAsync()).Entries.Count));
    }

    [Fact]
    public async Task A_file_changed_by_the_user_before_acceptance_is_refused_and_merged_on_resume()
    {
        using var project = await Project.CreateAsync(files: [("f.txt", "a\nb\nc\nd\ne\n")]);
        var script = new Script().Writes("f.txt", "A\nb\nc\nd\ne\n");
        var error = await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(script, new Answers(p =>
        {
            project.Repository.Write("f.txt", "a\nb\nc\nd\nuser\n");
            return new ReviewAnswer.AcceptAll();
        })));
        Assert.Equal(GenerationError.FileChangedByUser, error.Error);
        Assert.Equal("a\nb\nc\nd\nuser\n", project.Repository.Read("f.txt"));
        Assert.Contains("[ ] 1.1", project.Tasks, StringComparison.Ordinal);

        await project.ApplyAsync(new Script(), resume: true);
        Assert.Equal("A\nb\nc\nd\nuser\n", project.Repository.Read("f.txt"));
        Assert.Contains("[x] 1.1", project.Tasks, StringComparison.Ordinal);
        Assert.Equal(0, (await project.VerifyAsync()).ExitCode);
    }

    [Fact]
    public async Task A_dirty_tree_a_binary_file_and_crlf_come_through_as_they_are()
    {
        using var project = await Project.CreateAsync(files: [("crlf.txt", "one\r\ntwo\r\n")]);
        project.Repository.Write("mine.bin", [0, 1, 2]);
        project.Repository.Write("README.md", "# Mine\n");
        await project.ApplyAsync(new Script().Calls(("edit", new { path = "crlf.txt", old_string = "two", new_string = "TWO\nthree" })).Says("Done."));
        Assert.Equal([0, 1, 2], File.ReadAllBytes(project.Repository.At("mine.bin")));
        Assert.Equal("# Mine\n", project.Repository.Read("README.md"));
        Assert.Equal("one\r\nTWO\r\nthree\r\n", project.Repository.Read("crlf.txt"));
    }

    [Fact]
    public async Task A_secret_is_flagged_and_refused_unless_confirmed()
    {
        using var project = await Project.CreateAsync();
        const string key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAzq9v1b2k3J4x5y6z7A8B9C0D1E2F3G4H5I6J7K8L9M0N1O2P\nQ3R4S5T6U7V8W9X0Y1Z2a3b4c5d6e7f8g9h0i1j2k3l4m5n6o7p8q9r0s1t2u3v4\n-----END RSA PRIVATE KEY-----\n";
        var error = await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(new Script().Writes("key.pem", key)));
        Assert.Equal(GenerationError.SecretFound, error.Error);
        Assert.False(File.Exists(project.Repository.At("key.pem")));
        var reviewer = new Answers(static p => new ReviewAnswer.AcceptAll { SecretsConfirmed = p.Secrets.Count > 0 });
        await project.ApplyAsync(new Script(), reviewer, resume: true);
        Assert.Equal(key, project.Repository.Read("key.pem"));
    }

    [Fact]
    public async Task A_secret_reaches_neither_entries_nor_disclosures_nor_reasons_and_an_allowed_text_is_none()
    {
        var key = "ghp_" + "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZaC4e";
        using var project = await Project.CreateAsync();
        var reject = new Answers(_ => new ReviewAnswer.Reject($"no {key} please", Retry: false));
        await Record.ExceptionAsync(() => project.ApplyAsync(new Script().Calls(("write", new { path = "a.txt", content = $"x {key}\n" })).Says($"I wrote {key}."), reject));
        var files = Directory.GetFiles(project.Repository.At(".openspec/audit"), "*", SearchOption.AllDirectories);
        Assert.Contains(files, static f => f.Contains("/disc/", StringComparison.Ordinal) && File.ReadAllText(f).Contains("[redacted:github-token]", StringComparison.Ordinal));
        Assert.All(files, f => Assert.DoesNotContain(key, File.ReadAllText(f), StringComparison.Ordinal));

        project.Repository.Write(".colophon/config.toml", $"[secrets]\nallow = [\"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)))}\"]\n");
        await project.ApplyAsync(new Script().Writes("a.txt", $"x {key}\n"));
        Assert.Equal($"x {key}\n", project.Repository.Read("a.txt"));
        project.Repository.Write(".colophon/config.toml", "[secrets]\nallow = [\"*\"]\n");
        Assert.Equal(KernelError.ConfigurationInvalid, (await Assert.ThrowsAsync<KernelException>(() => project.ApplyAsync(new Script()))).Error);
    }

    [Fact]
    public async Task A_model_that_changes_nothing_is_asked_once_more_and_then_refused()
    {
        using var project = await Project.CreateAsync();
        var error = await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(new Script().Says("All done.").Says("Really.")));
        Assert.Equal(GenerationError.NothingProposed, error.Error);
        Assert.Contains("[ ] 1.1", project.Tasks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_needs_no_change_is_done_where_the_reviewer_says_so()
    {
        using var project = await Project.CreateAsync();
        await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(new Script().Says("All done.").Says("Really.")));
        var events = await project.ApplyAsync(new Script(), new AutoAccept { AllowEmpty = true }, resume: true, task: "1.1");
        Assert.Empty(Assert.Single(events.OfType<EngineEvent.TaskAccepted>()).Files);
        Assert.Contains("[x] 1.1", project.Tasks, StringComparison.Ordinal);
        Assert.Equal(0, (await project.VerifyAsync()).ExitCode);
    }

    [Fact]
    public async Task A_change_whose_text_is_a_link_out_of_the_project_is_refused_before_anything_is_sent()
    {
        using var project = await Project.CreateAsync();
        var proposal = project.Repository.At("openspec/changes/add-x/proposal.md");
        File.Delete(proposal);
        File.CreateSymbolicLink(proposal, "/etc/hostname");
        var error = await Assert.ThrowsAsync<KernelException>(() => project.ApplyAsync(new Script().Writes("a.txt", "x")));
        Assert.Equal(KernelError.PathEscapes, error.Error);
        Assert.False(File.Exists(project.Repository.At("a.txt")));
    }

    [Fact]
    public async Task A_file_named_like_a_secret_is_refused_before_it_is_recorded()
    {
        using var project = await Project.CreateAsync();
        var name = "AKIA" + "Z7QKX3VWMD2NPLRT.txt";
        var error = await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(new Script().Writes(name, "x")));
        Assert.Equal(GenerationError.SecretFound, error.Error);
        Assert.DoesNotContain("Z7QKX3VWMD2NPLRT", error.Message, StringComparison.Ordinal);
        var report = await project.VerifyAsync();
        Assert.Equal((0, EntryKind.Security), (report.ExitCode, Assert.Single(report.Entries).Kind));
        Assert.DoesNotContain("Z7QKX3VWMD2NPLRT", File.ReadAllText(project.Repository.At(report.Entries[0].Path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Escapes_and_invalid_calls_are_told_to_the_model_and_touch_nothing()
    {
        using var project = await Project.CreateAsync();
        var events = await project.ApplyAsync(new Script()
            .Calls(("write", new { path = "../../../../../../escape.txt", content = "x" }), ("write", new { path = "/etc/colophon-escape", content = "x" }), ("write", "{\"path\": \"a.txt\", \"content"), ("write", new { path = ".git/hooks/x", content = "x" }))
            .Writes("fine.txt", "x\n"));
        Assert.Equal(4, events.OfType<EngineEvent.ToolFinished>().Count(static e => !e.Succeeded));
        Assert.Equal("x\n", project.Repository.Read("fine.txt"));
        Assert.False(File.Exists("/etc/colophon-escape"));
    }

    [Fact]
    public async Task A_looping_model_ends_with_a_typed_error_and_the_session_is_kept()
    {
        using var project = await Project.CreateAsync();
        var script = new Script();
        for (var i = 0; i < 8; i++)
            script.Calls(("read", new { path = "README.md" }));
        var events = new List<EngineEvent>();
        var error = await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(script, into: events));
        Assert.Equal((GenerationError.ModelLoops, ExitCode.Failed), (error.Error, error.ExitCode));
        Assert.Contains("--resume", Assert.IsType<EngineEvent.Notice>(events[^1]).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_and_a_cut_stream_are_the_providers_errors()
    {
        using var project = await Project.CreateAsync();
        var error = await Assert.ThrowsAsync<ModelException>(() => project.ApplyAsync(new Script().Fails(401, "bad key")));
        Assert.Equal((ModelError.Unauthorized, ExitCode.Provider), (error.Error, error.ExitCode));
        Assert.Equal("# Sample\n", project.Repository.Read("README.md"));
    }

    [Fact]
    public async Task A_detached_head_works_and_is_recorded_without_a_branch()
    {
        using var project = await Project.CreateAsync();
        await project.Repository.Git.RunAsync(["checkout", "--quiet", "--detach"]);
        await project.ApplyAsync(new Script().Writes("a.py", "x\n"));
        var log = AuditLog.Open(await project.Repository.OpenAsync(), new AuditOptions { ConfigurationDirectory = project.Home });
        Assert.All(log.Entries(), static e => Assert.Null(e.Predicate.Actor.Branch));
    }

    [Fact]
    public async Task Unknown_changes_tasks_and_models_are_typed_errors_with_hints()
    {
        using var project = await Project.CreateAsync();
        await using (var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(new Script())))
        {
            var change = await Assert.ThrowsAsync<SpecException>(() => Drain(engine.ApplyAsync(new ApplyRequest { Change = "add-y" }, new AutoAccept())));
            Assert.Equal(SpecError.ChangeNotFound, change.Error);
            Assert.Contains("add-x", change.Hint, StringComparison.Ordinal);
        }

        var task = await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(new Script(), task: "1.7"));
        Assert.Equal((GenerationError.TaskNotFound, ExitCode.Usage), (task.Error, task.ExitCode));
        await using var none = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        var model = await Assert.ThrowsAsync<ModelException>(() => Drain(none.ApplyAsync(new ApplyRequest { Change = "add-x" }, new AutoAccept())));
        Assert.Equal(ModelError.NoProvider, model.Error);
        Assert.NotNull(model.Hint);
    }

    [Fact]
    public async Task Not_a_repository_and_no_commit_are_typed_errors_with_hints()
    {
        using var folder = new TemporaryFolder();
        var error = await Assert.ThrowsAsync<KernelException>(() => ColophonEngine.InitAsync(folder.Path));
        Assert.Equal(KernelError.NotARepository, error.Error);
        Assert.NotNull(error.Hint);

        using var project = await Project.CreateAsync();
        await project.Repository.Git.RunAsync(["update-ref", "-d", "refs/heads/main"]);
        error = await Assert.ThrowsAsync<KernelException>(() => project.ApplyAsync(new Script().Writes("a", "x\n")));
        Assert.Equal(KernelError.NoCommits, error.Error);
        Assert.NotNull(error.Hint);
    }

    [Fact]
    public async Task A_stream_that_is_cut_is_asked_for_again_and_a_stream_that_stays_cut_keeps_the_session()
    {
        using var project = await Project.CreateAsync();
        await project.ApplyAsync(new Script().IsCut().Writes("a.py", "x\n"));
        Assert.Equal("x\n", project.Repository.Read("a.py"));

        using var other = await Project.CreateAsync();
        var script = new Script().Calls(("read", new { path = "README.md" }));
        for (var i = 0; i < 16; i++)
            script.IsCut();
        var error = await Assert.ThrowsAsync<ModelException>(() => other.ApplyAsync(script));
        Assert.Equal(ExitCode.Provider, error.ExitCode);
        await other.ApplyAsync(new Script().Calls(("read", new { path = "README.md" })).Writes("a.py", "y\n"), resume: true);
        Assert.Equal("y\n", other.Repository.Read("a.py"));
    }

    [Fact]
    public async Task A_second_apply_at_once_is_told_who_works_here()
    {
        using var project = await Project.CreateAsync();
        GenerationException? second = null;
        await project.ApplyAsync(new Script().Writes("a.py", "x\n"), new Asking(async () =>
            second = await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(new Script().Writes("a.py", "y\n")))));
        Assert.Equal(GenerationError.AlreadyApplying, second?.Error);
        Assert.Contains($"process {Environment.ProcessId}, change 'add-x'", second?.Message, StringComparison.Ordinal);
        Assert.Equal("x\n", project.Repository.Read("a.py"));
    }

    [Fact]
    public async Task A_host_that_walks_away_ends_the_work_and_the_session_can_be_resumed()
    {
        using var project = await Project.CreateAsync();
        await using (var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(new Script().Writes("a.py", "x\n"))))
        {
            await foreach (var happened in engine.ApplyAsync(new ApplyRequest { Change = "add-x" }, new AutoAccept()))
            {
                if (happened is EngineEvent.ToolFinished)
                    break;
            }
        }

        await project.ApplyAsync(new Script().Writes("a.py", "x\n"), resume: true);
        Assert.Contains("[x] 1.1", project.Tasks, StringComparison.Ordinal);
    }

    private static async Task Drain(IAsyncEnumerable<EngineEvent> events)
    {
        await foreach (var _ in events)
        {
        }
    }

    private sealed class Asking(Func<Task> meanwhile) : IReviewer
    {
        public async Task<ReviewAnswer> ReviewAsync(Proposal proposal, CancellationToken cancellationToken)
        {
            await meanwhile();
            return new ReviewAnswer.AcceptAll();
        }
    }

    [Fact]
    public async Task Resuming_needs_no_model_to_be_named_and_clears_what_a_killed_write_left_in_the_log()
    {
        using var project = await Project.CreateAsync();
        await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(new Script().Says(new string('w', 5000)).Says("No.")));
        var left = project.Repository.At(".openspec/audit/v1/disc/aa/.aa.2147483647-1.colophon-tmp");
        Directory.CreateDirectory(Path.GetDirectoryName(left) ?? "");
        File.WriteAllText(left, "half");

        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        Assert.False(File.Exists(left));
        await Drain(engine.ApplyAsync(new ApplyRequest { Change = "add-x", Resume = true }, new AutoAccept { AllowEmpty = true }));
        Assert.Contains("[x] 1.1", project.Tasks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_talks_without_end_instead_of_working_is_quoted_in_short()
    {
        using var project = await Project.CreateAsync();
        var thrown = await Assert.ThrowsAsync<GenerationException>(() => project.ApplyAsync(new Script().Says("No.").Says(new string('w', 100_000))));
        Assert.Equal(GenerationError.NothingProposed, thrown.Error);
        Assert.True(thrown.Message.Length < 1000);
    }
}
