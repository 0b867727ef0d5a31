using Colophon.Provenance.Approvals;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Tests.Verify;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Approvals;

/// <summary>Which verdicts on a change count, on a real log on disk.</summary>
public sealed class ApprovalJudgeTests
{
    private static readonly ApprovedFile[] s_text = [new("proposal.md", new string('a', 64)), new("tasks.md", new string('b', 64), Tasks: true)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_approval_counts_until_the_text_changes_and_says_which_file()
    {
        using var project = Project.Create();
        await GiveAsync(project, project.Key);
        Assert.Equal(["Ada Counts"], await StandingsAsync(project));
        ApprovedFile[] edited = [s_text[0] with { Sha256 = new string('c', 64) }, s_text[1]];
        var lapsed = Assert.Single((await JudgeAsync(project, edited)).Verdicts);
        Assert.Equal((VerdictStanding.Lapsed, "proposal.md"), (lapsed.Standing, string.Join(',', lapsed.ChangedFiles)));
        ApprovedFile[] grown = [new("design.md", new string('d', 64)), .. s_text];
        Assert.Equal(["design.md"], Assert.Single((await JudgeAsync(project, grown)).Verdicts).ChangedFiles);
        Assert.Equal(["tasks.md"], Assert.Single((await JudgeAsync(project, [s_text[0]])).Verdicts).ChangedFiles);
        Assert.Equal(0, (await project.VerifyAsync()).ExitCode);
    }

    [Fact]
    public async Task A_later_verdict_takes_the_place_of_the_earlier_one()
    {
        using var project = Project.Create();
        await GiveAsync(project, project.Key);
        project.Clock.Now = project.Clock.Now.AddMinutes(1);
        await GiveAsync(project, project.Key, ApprovalVerdict.ChangesRequested);
        var standing = await JudgeAsync(project);
        Assert.Equal(["Ada Counts", "Ada Replaced"], standing.Verdicts.Select(static v => $"{v.Who} {v.Standing}"));
        Assert.Empty(standing.Approvals);
        Assert.Single(standing.Requests);
        Assert.False(standing.Meets(new ApprovalRules { Required = 1 }));
    }

    [Fact]
    public async Task Who_rotated_a_key_is_still_one_person()
    {
        using var project = Project.Create();
        using var next = SigningKey.Generate();
        await GiveAsync(project, project.Key);
        project.Clock.Now = project.Clock.Now.AddMinutes(1);
        TrustForger.AddVersion(project, [project.Key], [project.Key, next], shape: static k => k with { Name = "Ada" });
        await GiveAsync(project, next);
        Assert.Equal(["Ada Counts", "Ada Replaced"], await StandingsAsync(project));
    }

    [Fact]
    public async Task A_revoked_key_approves_nothing_before_or_after()
    {
        using var project = Project.Create();
        using var bob = SigningKey.Generate();
        TrustForger.AddVersion(project, [project.Key], [project.Key, bob]);
        await GiveAsync(project, bob);
        Assert.Equal(["k1 Counts"], await StandingsAsync(project));
        var later = project.Clock.Now.AddMinutes(5);
        TrustForger.AddVersion(project, [project.Key], [project.Key, bob], version: 3, shape: k => k.Key.KeyId == bob.KeyId ? k with { RevokedAt = later } : k);
        Assert.Equal(["k1 KeyRevoked"], await StandingsAsync(project));
        TrustForger.AddVersion(project, [project.Key], [project.Key, bob], version: 4, shape: k => k.Key.KeyId == bob.KeyId ? k with { RevokedAt = project.Clock.Now.AddMinutes(-5) } : k);
        var standing = await JudgeAsync(project);
        Assert.Equal((VerdictStanding.NotGenuine, EntryStatus.KeyRevoked), (standing.Verdicts[0].Standing, standing.Verdicts[0].Status));
        Assert.Empty(standing.Approvals);
        Assert.Equal(["k0"], standing.Candidates.Select(static k => k.Name));
    }

    [Fact]
    public async Task An_unknown_key_approves_nothing_and_unsettles_nobody_elses()
    {
        using var project = Project.Create();
        using var stranger = SigningKey.Generate();
        TrustForger.AddVersion(project, [project.Key], [project.Key, stranger]);
        await GiveAsync(project, project.Key);
        await GiveAsync(project, stranger);
        TrustForger.AddVersion(project, [project.Key], [project.Key], version: 3);
        var standing = await JudgeAsync(project);
        Assert.Equal(["Ada NotGenuine PublicKeyNotTrusted", "k0 Counts Valid"], standing.Verdicts.Select(static v => $"{v.Who} {v.Standing} {v.Status}").Order(StringComparer.Ordinal));
        Assert.Null(standing.Doubt);
    }

    [Fact]
    public async Task An_altered_verdict_leaves_none_to_rely_on()
    {
        using var project = Project.Create();
        using var bob = SigningKey.Generate();
        TrustForger.AddVersion(project, [project.Key], [project.Key, bob]);
        await GiveAsync(project, project.Key);
        var entry = await GiveAsync(project, bob, ApprovalVerdict.ChangesRequested);
        Forger.Text(entry.FilePath, static t => t.Replace("changesRequested", "approved", StringComparison.Ordinal));
        var standing = await JudgeAsync(project);
        Assert.Contains("HashMismatch", standing.Doubt, StringComparison.Ordinal);
        Assert.Empty(standing.Approvals);
        Assert.False(standing.Meets(new ApprovalRules { Required = 1 }));
        Assert.Equal(1, (await project.VerifyAsync()).ExitCode);
    }

    [Fact]
    public async Task A_verdict_copied_to_another_change_does_not_belong_there()
    {
        using var project = Project.Create();
        var entry = await GiveAsync(project, project.Key);
        var stream = Path.GetDirectoryName(entry.FilePath) ?? "";
        var target = Path.Combine(project.Audit, "s/other", Path.GetFileName(stream));
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(stream))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        var other = await JudgeAsync(project, change: "other");
        Assert.Empty(other.Verdicts);
        Assert.Contains("ChainBroken", other.Doubt, StringComparison.Ordinal);
        Assert.Null((await JudgeAsync(project)).Doubt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_for_changes_that_was_taken_away_is_missed(bool wholeStream)
    {
        using var project = Project.Create();
        await GiveAsync(project, project.Key);
        project.Clock.Now = project.Clock.Now.AddMinutes(1);
        var entry = await GiveAsync(project, project.Key, ApprovalVerdict.ChangesRequested);
        if (wholeStream)
            Directory.Delete(Path.GetDirectoryName(entry.FilePath) ?? "", recursive: true);
        else
            File.Delete(entry.FilePath);
        Assert.NotNull((await JudgeAsync(project)).Doubt);
    }

    [Fact]
    public async Task Another_changes_faults_are_its_own()
    {
        using var project = Project.Create();
        await GiveAsync(project, project.Key);
        var entry = (await project.FillAsync(2, "other"))[1];
        File.Delete(entry.FilePath);
        Assert.Null((await JudgeAsync(project)).Doubt);
        Assert.NotNull((await JudgeAsync(project, change: "other")).Doubt);
    }

    [Fact]
    public async Task Roles_decide_who_counts_and_a_build_server_never_approves()
    {
        using var project = Project.Create();
        using var grace = SigningKey.Generate();
        using var builds = SigningKey.Generate();
        TrustForger.AddVersion(project, [project.Key], [project.Key, grace, builds], shape: k => k.Key.KeyId == grace.KeyId ? k with { Role = KeyRole.Reviewer } : k.Key.KeyId == builds.KeyId ? k with { Role = KeyRole.Ci } : k);
        await GiveAsync(project, project.Key);
        await GiveAsync(project, grace);
        var refused = await Assert.ThrowsAsync<ProvenanceException>(() => GiveAsync(project, builds));
        Assert.Equal(ProvenanceError.KeyNotTrusted, refused.Error);
        var rules = new ApprovalRules { Required = 2, Roles = [KeyRole.Reviewer] };
        var standing = await JudgeAsync(project, rules: rules);
        Assert.Equal(["k0 RoleExcluded", "k1 Counts"], standing.Verdicts.Select(static v => $"{v.Who} {v.Standing}").Order(StringComparer.Ordinal));
        Assert.False(standing.Meets(rules));
        Assert.True((await JudgeAsync(project, rules: new ApprovalRules { Required = 2 })).Meets(new ApprovalRules { Required = 2 }));
    }

    [Fact]
    public async Task A_packed_verdict_counts_and_never_leaves_the_tree()
    {
        using var project = Project.Create();
        using var archive = new TemporaryFolder();
        await GiveAsync(project, project.Key);
        await project.FillAsync(2);
        var retention = new AuditRetention(project.Log(), project.Repository, project.Options);
        var request = new RetentionRequest { Before = DateTimeOffset.MaxValue, Actor = new Actor { Name = "Ada" } };
        Assert.Single((await retention.CompressAsync(request, project.Key, Cancel)).Segments);
        Assert.Equal(["Ada Counts"], await StandingsAsync(project));
        Assert.Contains((await retention.ArchiveAsync(request, archive.Path, project.Key, Cancel)).Kept, static k => k.Reason.Contains("verdict", StringComparison.Ordinal));
        Assert.Single(project.Log().Verdicts("add-login"));
    }

    [Fact]
    public async Task Authors_may_be_kept_from_approving()
    {
        using var project = Project.Create();
        await GiveAsync(project, project.Key);
        var rules = new ApprovalRules { Required = 1, AllowAuthor = false };
        Assert.Equal(VerdictStanding.Counts, (await JudgeAsync(project, rules: rules, authors: ["Grace"])).Verdicts[0].Standing);
        var standing = await JudgeAsync(project, rules: rules, authors: ["ada"]);
        Assert.Equal(VerdictStanding.Author, standing.Verdicts[0].Standing);
        Assert.Empty(standing.Candidates);
    }

    [Fact]
    public async Task Without_trust_nothing_counts()
    {
        using var project = Project.Create();
        await GiveAsync(project, project.Key);
        File.Delete(TrustStore.VersionPath(project.Repository, 1));
        var standing = await JudgeAsync(project, trusted: false);
        Assert.NotNull(standing.Doubt);
        Assert.Equal(VerdictStanding.NotGenuine, standing.Verdicts[0].Standing);
    }

    [Theory]
    [InlineData("no files")]
    [InlineData("another digest")]
    [InlineData("not in order")]
    [InlineData("twice")]
    [InlineData("no verdict")]
    public async Task A_verdict_about_nothing_in_particular_is_refused(string fault)
    {
        using var project = Project.Create();
        var approval = Of(s_text, ApprovalVerdict.Approved);
        var draft = Draft(fault switch
        {
            "no files" => Of([], ApprovalVerdict.Approved),
            "another digest" => approval with { Text = new string('0', 64) },
            "not in order" => Of([.. s_text.Reverse()], ApprovalVerdict.Approved),
            "twice" => Of([s_text[0], s_text[0]], ApprovalVerdict.Approved),
            _ => approval,
        });
        var error = await Assert.ThrowsAsync<ProvenanceException>(() => project.Log().AppendAsync(fault == "no verdict" ? draft with { Approval = null } : draft, project.Key, Cancel));
        Assert.Equal(ProvenanceError.DraftInvalid, error.Error);
    }

    [Fact]
    public void The_digest_is_the_documented_one()
    {
        // printf 'colophon-change-v1\0a.md\0%064d\0b.md\0%064d\0' 1 2 | sha256sum
        ApprovedFile[] files = [new("a.md", 1.ToString("D64", null)), new("b.md", 2.ToString("D64", null))];
        Assert.Equal("6d2197d1d8cef98cc28a2a4c32234de73d86cf22e41be3c803cc0617ca18b9aa", Approval.DigestOf(files));
    }

    private static async Task<Entry> GiveAsync(Project project, SigningKey key, ApprovalVerdict verdict = ApprovalVerdict.Approved)
    {
        var log = project.Log();
        var entry = await log.AppendAsync(Draft(Of(s_text, verdict)), key, Cancel);
        await log.SealAsync(key, Cancel);
        return entry;
    }

    private static Approval Of(IReadOnlyList<ApprovedFile> files, ApprovalVerdict verdict) => new() { Verdict = verdict, Text = Approval.DigestOf(files), Files = files };

    private static EntryDraft Draft(Approval approval) => new() { Kind = EntryKind.Approval, Id = EntryDraft.NewId(), Change = "add-login", Actor = new Actor { Name = "Ada" }, Approval = approval };

    private static async Task<string[]> StandingsAsync(Project project) => [.. (await JudgeAsync(project)).Verdicts.Select(static v => $"{v.Who} {v.Standing}")];

    private static async Task<ApprovalStanding> JudgeAsync(Project project, IReadOnlyList<ApprovedFile>? text = null, string change = "add-login", ApprovalRules? rules = null, string[]? authors = null, bool trusted = true)
    {
        var trust = TrustStore.Load(project.Repository, project.Configuration).Trust;
        Assert.Equal(trusted, trust is not null);
        return ApprovalJudge.Judge(project.Log().Entries(change), new ApprovalCase
        {
            Change = change,
            Text = text ?? s_text,
            Rules = rules ?? new ApprovalRules(),
            Authors = authors ?? [],
            Trust = trust,
            Report = await project.VerifyAsync(),
            Now = project.Clock.Now,
        });
    }
}
