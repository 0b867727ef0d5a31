using Colophon.Provenance.Attribution;
using Colophon.Provenance.Coverage;
using Colophon.Provenance.Index;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Tests.Verify;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Trust;

/// <summary>Who an entry is by, where the writer of one signs with a key of their own and a colleague's name. Ada and Bob hold keys; drafts call themselves Ada.</summary>
public sealed class SignerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_holder_of_the_key_is_named_and_what_the_entry_calls_itself_beside()
    {
        using var project = Project.Create();
        using var bob = Trusting(project);
        var (hers, his) = (await AppendAsync(project, project.Key), await AppendAsync(project, bob));
        Assert.Equal(new Signer("Ada", null), Signer.Of(hers, Current(project)));
        Assert.Equal(new Signer("Bob", "Ada"), Signer.Of(his, Current(project)));
        Assert.Equal(("Ada", "Bob (called itself Ada)"), (Signer.Of(hers, Current(project)).Text, Signer.Of(his, Current(project)).Text));
        Assert.True(Signer.Of(his, Current(project)).IsProved);
    }

    [Fact]
    public async Task Without_trust_or_a_signature_that_holds_a_name_is_a_claim()
    {
        using var project = Project.Create();
        using var bob = Trusting(project);
        using var gone = SigningKey.Generate();
        var (hers, unknown) = (await AppendAsync(project, project.Key), await OfAKeyNoLongerKnownAsync(project, bob, gone));
        Assert.Equal(("Ada (claimed)", false), (Signer.Of(hers, null).Text, Signer.Of(hers, null).IsProved));
        Assert.Equal("Ada (claimed)", Signer.Of(unknown, Current(project)).Text);
        var forged = hers with { Signatures = [hers.Signatures[0] with { Signature = new byte[64] }] };
        Assert.Equal("Ada (claimed)", Signer.Of(forged, Current(project)).Text);
        Assert.Equal("Ada (claimed)", Signer.Of(hers with { Signatures = [new EntrySignature(bob.KeyId, hers.Signatures[0].Signature)] }, Current(project)).Text);
    }

    [Fact]
    public async Task A_revoked_key_proves_nobody_after_its_cut_off()
    {
        using var project = Project.Create();
        using var bob = Trusting(project);
        var early = await AppendAsync(project, bob);
        project.Clock.Now = project.Clock.Now.AddMinutes(10);
        var late = await AppendAsync(project, bob);
        var cut = project.Clock.Now.AddMinutes(-5);
        TrustForger.AddVersion(project, [project.Key], [project.Key, bob], version: 3, shape: k => Named(k, project) with { RevokedAt = k.Key.KeyId == bob.KeyId ? cut : null });
        Assert.Equal("Bob (called itself Ada)", Signer.Of(early, Current(project)).Text);
        Assert.Equal("Ada (claimed)", Signer.Of(late, Current(project)).Text);
    }

    [Fact]
    public async Task Blame_and_coverage_count_lines_for_who_holds_the_key()
    {
        using var project = await Project.CreateRealAsync();
        using var bob = Trusting(project);
        var file = Path.Combine(project.Root, "src/login.py");
        Directory.CreateDirectory(Path.Combine(project.Root, "src"));
        File.WriteAllText(file, "a\n");
        await project.Repository.Git.RunAsync(["add", "-A"]);
        await project.Repository.Git.RunAsync(["commit", "-qm", "start"]);
        var generation = await AppendAsync(project, bob);
        await project.Log().AppendAsync(Project.Draft(kind: EntryKind.Decision) with { Decision = new Decision { Target = generation.Leaf, Accepted = true } }, bob, Cancel);
        File.WriteAllText(file, "a\nb\n");
        await project.Log().SealAsync(bob, Cancel);
        var verified = await project.VerifyAsync();
        var options = new CoverageOptions { Trust = verified.Trust };
        var report = await CodeCoverage.ComputeAsync(project.Repository, [.. project.Log().Entries()], AuthenticEntries.In(verified), options, Cancel);
        Assert.Equal(new CoverageShare("Bob", 1, 1), Assert.Single(report.People));
        Assert.Equal(("Bob", "Ada"), (Assert.Single(report.Sources).Person, report.Sources[0].ClaimedPerson));
        var blame = await Blame.ComputeAsync(project.Repository, [.. project.Log().Entries()], AuthenticEntries.In(verified), "src/login.py", options, Cancel);
        var run = blame.Runs.Single(static r => r.Kind == OwnerKind.Model);
        Assert.Equal(("Bob", "Ada", "Bob (called itself Ada)"), (run.Person, run.ClaimedPerson, run.PersonText));
    }

    [Fact]
    public async Task A_person_is_asked_for_by_the_holders_name_and_by_a_claimed_one_only_where_nobody_holds_the_key()
    {
        using var project = Project.Create();
        using var bob = Trusting(project);
        using var gone = SigningKey.Generate();
        var (hers, his, unknown) = (await AppendAsync(project, project.Key), await AppendAsync(project, bob), await OfAKeyNoLongerKnownAsync(project, bob, gone));
        using var index = AuditIndex.Open(project.Root, null);
        string[] Of(string developer) => [.. index.Query(new AuditQuery { Developer = developer, Holder = id => Current(project)?.Find(id)?.Name }).Select(static r => r.Leaf)];
        Assert.Equal([his.Leaf], Of("bob"));
        Assert.Equal([unknown.Leaf, hers.Leaf], Of("ada"));
        Assert.Equal([his.Leaf], Of(bob.KeyId[..8]));
    }

    [Fact]
    public async Task Verifying_tells_of_a_name_that_another_holds_and_fails_nothing()
    {
        using var project = Project.Create();
        using var bob = Trusting(project);
        await AppendAsync(project, project.Key, "ada");
        await AppendAsync(project, bob, "Bobby");
        await AppendAsync(project, bob, "bob");
        var his = await AppendAsync(project, bob, "ADA");
        await project.Log().SealAsync(bob, Cancel);
        var report = await project.ExpectAsync(EntryStatus.Valid, VerifyExitCode.Valid);
        var borrowed = Assert.Single(report.Borrowed);
        Assert.Equal((his.Leaf, "Bob", "ADA"), (borrowed.Entry.Leaf, borrowed.Holder, borrowed.Claimed));
    }

    private static ProjectTrust? Current(Project project) => TrustStore.Load(project.Repository, project.Configuration).Trust;

    private static SigningKey Trusting(Project project)
    {
        var bob = SigningKey.Generate();
        TrustForger.AddVersion(project, [project.Key], [project.Key, bob], shape: k => Named(k, project));
        return bob;
    }

    private static async Task<Entry> OfAKeyNoLongerKnownAsync(Project project, SigningKey bob, SigningKey gone)
    {
        TrustForger.AddVersion(project, [project.Key], [project.Key, bob, gone], version: 3, shape: k => Named(k, project));
        var entry = await AppendAsync(project, gone);
        TrustForger.AddVersion(project, [project.Key], [project.Key, bob], version: 4, shape: k => Named(k, project));
        return entry;
    }

    private static TrustedKey Named(TrustedKey key, Project project) => key with { Name = key.Key.KeyId == project.Key.KeyId ? "Ada" : "Bob" };

    private static Task<Entry> AppendAsync(Project project, SigningKey key, string name = "Ada") =>
        project.Log().AppendAsync(Project.Draft() with { Actor = new Actor { Name = name, Branch = "main" } }, key, Cancel);
}
