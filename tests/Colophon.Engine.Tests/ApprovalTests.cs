using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance.Approvals;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;
using Colophon.Specs;
using Colophon.Specs.Approving;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Engine.Tests;

public sealed class ApprovalTests
{
    private const string Rules = ".colophon/config.toml";
    private const string Proposal = "openspec/changes/add-x/proposal.md";

    [Fact]
    public async Task Nothing_is_applied_before_it_is_approved_and_ticks_take_no_approval_back()
    {
        using var project = await Project.CreateAsync(tasks: 2);
        project.Repository.Write(Rules, "[approval]\nrequired = 1\n");
        var refused = await Assert.ThrowsAsync<EngineException>(() => project.ApplyAsync(new Script()));
        Assert.Equal((EngineError.NotApproved, "COL7001", ExitCode.Failed), (refused.Error, refused.Code, refused.ExitCode));
        Assert.Contains("0 of 1 approvals", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Test Person (developer)", refused.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(project.Repository.Everything().Keys, static k => k.StartsWith(".colophon/state/sessions", StringComparison.Ordinal));

        await ApproveAsync(project);
        await project.ApplyAsync(new Script().Writes("a.py", "1\n"), task: "1.1");
        Assert.Contains("[x] 1.1", project.Tasks, StringComparison.Ordinal);
        var standing = await StandingAsync(project);
        Assert.Equal((true, 1), (standing.CanApply, standing.Approvals?.Approvals.Count()));
        Assert.Equal(0, (await project.VerifyAsync()).ExitCode);

        project.Repository.Write(Proposal, project.Repository.Read(Proposal) + "- y\n");
        refused = await Assert.ThrowsAsync<EngineException>(() => project.ApplyAsync(new Script()));
        Assert.Contains("Test Person's lapsed: proposal.md changed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_for_changes_stands_in_the_way_until_its_giver_approves()
    {
        using var project = await Project.CreateAsync();
        project.Repository.Write(Rules, "[approval]\nrequired = 1\nbefore = [\"archive\"]\n");
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        var approvals = await ProjectApprovals.OfAsync(engine);
        await approvals.RequestChangesAsync(await approvals.ReadAsync("add-x"), "What about y?");
        var change = ProjectSpecs.Open(project.Repository.Root).Change("add-x");
        await ChangeGate.DemandAsync(engine, change, ChangeStep.Apply);
        var refused = await Assert.ThrowsAsync<EngineException>(() => ChangeGate.DemandAsync(engine, change, ChangeStep.Archive));
        Assert.Equal(EngineError.ChangesRequested, refused.Error);
        Assert.Contains("What about y?", refused.Message, StringComparison.Ordinal);
        Assert.Equal([BlockerKind.OpenTasks, BlockerKind.ChangesRequested], (await StandingAsync(project)).ArchiveBlockers.Select(static b => b.Kind));
        await approvals.ApproveAsync(await approvals.ReadAsync("add-x"), null, evenIfInvalid: false);
        await ChangeGate.DemandAsync(engine, change, ChangeStep.Archive);
    }

    [Fact]
    public async Task Rules_hold_until_their_looser_text_stands_on_the_main_branch()
    {
        using var project = await Project.CreateAsync();
        project.Repository.Write(Rules, "[approval]\nrequired = 1\n");
        await project.Repository.CommitAsync();
        await DemandedAsync(project, "config.toml:2");
        // In the working tree only, then committed on a branch: neither is what others looked at.
        File.Delete(project.Repository.At(Rules));
        await DemandedAsync(project, "HEAD:.colophon/config.toml:2");
        await project.Repository.Git.RunAsync(["checkout", "--quiet", "-b", "loose"]);
        await project.Repository.CommitAsync();
        await DemandedAsync(project, "refs/heads/main:.colophon/config.toml:2");
        await project.Repository.Git.RunAsync(["update-ref", "refs/remotes/origin/main", "main"]);
        await project.Repository.Git.RunAsync(["branch", "--quiet", "--force", "main", "loose"]);
        await DemandedAsync(project, "refs/remotes/origin/main:.colophon/config.toml:2");
        await project.Repository.Git.RunAsync(["update-ref", "-d", "refs/remotes/origin/main"]);
        Assert.True((await StandingAsync(project)).CanApply);
    }

    [Fact]
    public async Task Authors_are_those_whom_git_names_and_applying_makes_nobody_one()
    {
        using var project = await Project.CreateAsync();
        project.Repository.Write(Rules, "[approval]\nrequired = 1\nallow_author = false\n");
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        var approvals = await ProjectApprovals.OfAsync(engine);
        var refused = await Assert.ThrowsAsync<EngineException>(async () => await approvals.ApproveAsync(await approvals.ReadAsync("add-x"), null, evenIfInvalid: false));
        Assert.Equal(EngineError.MayNotApprove, refused.Error);
        Assert.Contains("Nobody who is trusted here", Assert.Single((await StandingAsync(project)).ApplyBlockers).Hint, StringComparison.Ordinal);

        // Another person sits here and ticks a task.
        await project.Repository.Git.RunAsync(["config", "user.name", "Grace"]);
        await project.Repository.Git.RunAsync(["config", "user.email", "grace@example.org"]);
        project.Repository.Write("openspec/changes/add-x/tasks.md", project.Tasks.Replace("[ ]", "[x]", StringComparison.Ordinal));
        await project.Repository.CommitAsync();
        Assert.False((await approvals.ReadAsync("add-x")).IsAuthor);
        project.Repository.Write(Proposal, project.Repository.Read(Proposal) + "- y\n");
        Assert.True((await approvals.ReadAsync("add-x")).IsAuthor);
    }

    [Fact]
    public async Task An_author_stays_one_whatever_a_later_commit_calls_its_own()
    {
        using var project = await Project.CreateAsync();
        project.Repository.Write(Rules, "[approval]\nrequired = 1\nallow_author = false\n");
        project.Repository.Write(Proposal, project.Repository.Read(Proposal) + "- y\n");
        await project.Repository.Git.RunAsync(["add", "--all"]);
        await project.Repository.Git.RunAsync(["-c", "user.name=Mallory", "-c", "user.email=", "commit", "--quiet", "--message=Change"]);
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        Assert.True((await (await ProjectApprovals.OfAsync(engine)).ReadAsync("add-x")).IsAuthor);
    }

    [Fact]
    public async Task An_author_stays_one_when_another_renames_the_change()
    {
        using var project = await Project.CreateAsync();
        await project.Repository.Git.RunAsync(["mv", "openspec/changes/add-x", "openspec/changes/add-y"]);
        await AsGraceAsync(project, "commit", "--quiet", "--all", "--message=Rename");
        await project.Repository.Git.RunAsync(["mv", "openspec/changes/add-y/proposal.md", "openspec/changes/add-y/was.md"]);
        await project.Repository.Git.RunAsync(["mv", "openspec/changes/add-y", "openspec/changes/add-z"]);
        project.Repository.Write("openspec/changes/add-z/proposal.md", "# Other\n");
        await project.Repository.Git.RunAsync(["add", "--all"]);
        await AsGraceAsync(project, "commit", "--quiet", "--message=Rename again");
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        Assert.True((await (await ProjectApprovals.OfAsync(engine)).ReadAsync("add-z")).IsAuthor);
    }

    [Fact]
    public async Task A_file_whose_name_git_would_quote_has_authors_as_any_other()
    {
        using var project = await Project.CreateAsync();
        await project.Repository.Git.RunAsync(["checkout", "--quiet", "--orphan", "hers"]);
        await AsGraceAsync(project, "commit", "--quiet", "--message=Hers");
        await project.Repository.Git.RunAsync(["branch", "--quiet", "-M", "hers", "main"]);
        await ApproveAsync(project);
        project.Repository.Write(Rules, "[approval]\nrequired = 1\nallow_author = false\n");
        Assert.Equal(VerdictStanding.Counts, Assert.Single((await StandingAsync(project)).Approvals?.Verdicts ?? []).Standing);
        project.Repository.Write("openspec/changes/add-x/\"quoted\" ü\t.md", "more\n");
        await project.Repository.CommitAsync();
        Assert.Equal(VerdictStanding.Author, Assert.Single((await StandingAsync(project)).Approvals?.Verdicts ?? []).Standing);
    }

    [Fact]
    public async Task A_text_that_changed_while_it_was_read_is_not_approved()
    {
        using var project = await Project.CreateAsync();
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        var approvals = await ProjectApprovals.OfAsync(engine);
        var subject = await approvals.ReadAsync("add-x");
        project.Repository.Write(Proposal, "# Other\n");
        Assert.Equal(EngineError.TextChanged, (await Assert.ThrowsAsync<EngineException>(() => approvals.ApproveAsync(subject, null, evenIfInvalid: true))).Error);
        File.CreateSymbolicLink(project.Repository.At("openspec/changes/add-x/design.md"), "proposal.md");
        Assert.Equal(EngineError.NotApprovable, (await Assert.ThrowsAsync<EngineException>(() => approvals.ReadAsync("add-x"))).Error);
    }

    [Fact]
    public async Task Rules_that_cannot_be_read_let_nothing_pass_and_hide_nothing()
    {
        using var project = await Project.CreateAsync();
        project.Repository.Write(Rules, "[approval]\nrequired = many\n");
        var standing = await StandingAsync(project);
        Assert.Equal([BlockerKind.RulesUnreadable], standing.ApplyBlockers.Select(static b => b.Kind));
        Assert.Equal(ChangeState.Proposed, standing.Change.State);
    }

    [Fact]
    public async Task An_interrupted_write_is_told_and_left_alone()
    {
        using var project = await Project.CreateAsync();
        var intent = project.Repository.At(".git/colophon/journal/x/intent.json");
        Directory.CreateDirectory(Path.GetDirectoryName(intent) ?? "");
        await File.WriteAllTextAsync(intent, """{"version":1,"id":"x","change":"add-x","task":"1.1","tasksFile":"openspec/changes/add-x/tasks.md","session":"s","decision":"","newFolders":[],"steps":[]}""", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(project.Repository.At(".git/colophon/journal/unmeant"));
        var board = await ChangeBoard.OpenAsync(ProjectSpecs.Open(project.Repository.Root), project.Repository.Root, project.Overrides(null), TestContext.Current.CancellationToken);
        Assert.Equal([("add-x", "1.1")], board.Unfinished);
        Assert.True(File.Exists(intent) && Directory.Exists(project.Repository.At(".git/colophon/journal/unmeant")));
    }

    [Fact]
    public async Task Whoever_has_no_name_in_git_goes_by_the_trust_files()
    {
        using var project = await Project.CreateAsync();
        await project.Repository.Git.RunAsync(["config", "user.name", ""]);
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        var approvals = await ProjectApprovals.OfAsync(engine);
        var person = (await approvals.ReadAsync("add-x")).Person;
        Assert.Equal(("Test Person", PersonSource.Trust), (person.Name, person.Source));
        var events = await project.ApplyAsync(new Script().Writes("a.py", "1\n"));
        Assert.Contains(events.OfType<EngineEvent.Notice>(), static n => n.Message.Contains("user.name", StringComparison.Ordinal) && n.Hint == Person.HowToSet);
    }

    /// <summary>Random edits, ticks and verdicts: what counts is what a model of three lines says.</summary>
    [Fact]
    public void What_counts_is_what_a_simple_model_says()
    {
        var folder = Directory.CreateTempSubdirectory("colophon-approvals-").FullName;
        using SigningKey ada = SigningKey.Generate(), bob = SigningKey.Generate(), eve = SigningKey.Generate();
        try
        {
            var repository = new GitRepository(folder, Path.Combine(folder, ".git"), Path.Combine(folder, ".git"));
            var configuration = Path.Combine(folder, "home");
            var before = TimeProvider.System.GetUtcNow().AddYears(-1);
            TrustStore.Init(repository, ada, new TrustInit { Name = "Ada", ConfigurationDirectory = configuration }, TimeProvider.System);
            TrustChanges.Make(repository, configuration, new TrustEdit.Add(bob.Public, "Bob", KeyRole.Reviewer, before, null, IsRoot: false), [ada]);
            var trust = TrustStore.Load(repository, configuration).Trust ?? throw new InvalidOperationException();
            Prop.ForAll(Gen.ListOf(Gen.Choose(0, 11)).ToArbitrary(), steps => Play(folder, trust, [(ada, "Ada"), (bob, "Bob"), (eve, "Eve")], [.. steps])).QuickCheckThrowOnFailure();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Play(string folder, ProjectTrust trust, (SigningKey Key, string Name)[] people, IReadOnlyList<int> steps)
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var entries = new List<Entry>();
        // The model: each person's newest verdict and the words it was about; boxes are no words.
        var model = new Dictionary<string, (ApprovalVerdict Verdict, string Words)>(StringComparer.Ordinal);
        var (proposal, task, done) = (0, 0, false);
        string Words() => $"{proposal} {task}";
        for (var i = 0; i < steps.Count; i++)
        {
            switch (steps[i])
            {
                case 0 or 1:
                    proposal = (proposal + 1) % 3;
                    break;
                case 2:
                    task = (task + 1) % 2;
                    break;
                case 3 or 4 or 5:
                    done = !done;
                    break;
                case var verdict:
                    var (key, name) = people[verdict % 3];
                    var said = verdict >= 9 ? ApprovalVerdict.ChangesRequested : ApprovalVerdict.Approved;
                    Write(folder, proposal, task, done);
                    entries.Add(EntryOf(key, name, said, Text(folder), at.AddSeconds(i), i + 1));
                    if (name != "Eve")
                        model[name] = (said, Words());
                    break;
            }
        }

        Write(folder, proposal, task, done);
        var standing = ApprovalJudge.Judge(entries, new ApprovalCase
        {
            Change = "c",
            Text = Text(folder),
            Rules = new ApprovalRules { Required = 1 },
            Trust = trust,
            Report = new VerifyReport { Streams = 1, Findings = [], Entries = [.. entries.Select(e => new EntryVerdict { Entry = new EntryReference("c", "s", e.Predicate.Seq, e.Leaf), Kind = EntryKind.Approval, Path = "", Status = e.Predicate.Actor.Name == "Eve" ? EntryStatus.PublicKeyNotTrusted : EntryStatus.Valid, Message = null })] },
            Now = at.AddDays(1),
        });
        string[] Expected(ApprovalVerdict verdict) => [.. model.Where(m => m.Value == (verdict, Words())).Select(static m => m.Key).Order(StringComparer.Ordinal)];
        Assert.Equal(Expected(ApprovalVerdict.Approved), standing.Approvals.Select(static v => v.Who).Order(StringComparer.Ordinal));
        Assert.Equal(Expected(ApprovalVerdict.ChangesRequested), standing.Requests.Select(static v => v.Who).Order(StringComparer.Ordinal));
    }

    private static void Write(string folder, int proposal, int task, bool done)
    {
        var change = Path.Combine(folder, "openspec/changes/c");
        Directory.CreateDirectory(change);
        File.WriteAllText(Path.Combine(change, "proposal.md"), $"# C {proposal}\n");
        File.WriteAllText(Path.Combine(change, "tasks.md"), $"- [{(done ? 'x' : ' ')}] 1.1 Task {task}\n- [ ] 1.2 Other\n");
    }

    private static ApprovedFile[] Text(string folder)
    {
        var tree = SpecTree.Open(folder);
        return [.. ChangeText.Read(tree, tree.Change("c")).Select(static f => new ApprovedFile(f.Path, f.Sha256, f.IsTasks))];
    }

    private static Entry EntryOf(SigningKey key, string name, ApprovalVerdict verdict, IReadOnlyList<ApprovedFile> text, DateTimeOffset at, int seq) => new()
    {
        Leaf = seq.ToString("x64", null),
        Payload = Encoding.UTF8.GetBytes("{}"),
        Signatures = [],
        FilePath = "",
        Predicate = new Predicate
        {
            Kind = EntryKind.Approval,
            Id = "",
            Change = "c",
            Repo = "",
            Stream = "s",
            Seq = seq,
            RecordedAt = at,
            Actor = new Actor { Name = name, KeyId = key.KeyId },
            Approval = new Approval { Verdict = verdict, Files = text, Text = Approval.DigestOf(text) },
        },
    };

    private static async Task ApproveAsync(Project project)
    {
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        var approvals = await ProjectApprovals.OfAsync(engine);
        await approvals.ApproveAsync(await approvals.ReadAsync("add-x"), "fine", evenIfInvalid: false);
    }

    private static async Task AsGraceAsync(Project project, params string[] words) =>
        await project.Repository.Git.RunAsync(["-c", "user.name=Grace", "-c", "user.email=grace@example.org", .. words]);

    private static async Task<ChangeStanding> StandingAsync(Project project)
    {
        var board = await ChangeBoard.OpenAsync(ProjectSpecs.Open(project.Repository.Root), project.Repository.Root, project.Overrides(null), TestContext.Current.CancellationToken);
        return await board.OfAsync(board.Tree.Change("add-x"), TestContext.Current.CancellationToken);
    }

    private static async Task DemandedAsync(Project project, string origin)
    {
        var blocker = Assert.Single((await StandingAsync(project)).ApplyBlockers);
        Assert.Equal(BlockerKind.NotApproved, blocker.Kind);
        Assert.Contains(origin, blocker.Message, StringComparison.Ordinal);
    }
}
