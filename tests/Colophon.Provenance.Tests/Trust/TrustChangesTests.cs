using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Tests.Trust;

public sealed class TrustChangesTests
{
    [Fact]
    public void A_cut_off_moves_to_an_earlier_moment_and_a_later_one_is_refused()
    {
        using var project = Project.Create();
        using var ci = SigningKey.Generate();
        Make(project, new TrustEdit.Add(ci.Public, "CI", KeyRole.Ci, project.Clock.Now, null, IsRoot: false));
        Make(project, new TrustEdit.Revoke(ci.KeyId, project.Clock.Now));
        foreach (var at in (DateTimeOffset[])[project.Clock.Now, project.Clock.Now.AddHours(1)])
        {
            var refused = Assert.Throws<ProvenanceException>(() => Make(project, new TrustEdit.Revoke(ci.KeyId, at)));
            Assert.Equal(ProvenanceError.TrustChangeRefused, refused.Error);
            Assert.Contains("earlier", refused.Hint, StringComparison.Ordinal);
        }

        Make(project, new TrustEdit.Revoke(ci.KeyId, project.Clock.Now.AddHours(-1)));
        Assert.Equal(project.Clock.Now.AddHours(-1), Load(project).Find(ci.KeyId)?.RevokedAt);
    }

    [Fact]
    public void A_holder_of_two_keys_is_never_guessed_and_the_keys_are_told_apart()
    {
        using var project = Project.Create();
        using var next = SigningKey.Generate();
        Assert.Equal(project.Key.KeyId, TrustChanges.Find(Load(project), "Ada"));
        Assert.True(TrustChanges.Make(project.Repository, project.Configuration, new TrustEdit.Rotate(project.Key.KeyId, next.Public, project.Clock.Now), [project.Key, next]).InForce);
        var refused = Assert.Throws<ProvenanceException>(() => TrustChanges.Find(Load(project), "Ada"));
        Assert.Contains($"{project.Key.KeyId[..12]} (until ", refused.Hint, StringComparison.Ordinal);
        Assert.Contains(next.KeyId[..12], refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_rotated_while_a_process_signs_signs_nothing_more_and_the_date_is_named()
    {
        using var project = Project.Create();
        using var next = SigningKey.Generate();
        var running = project.Log();
        await running.AppendAsync(Project.Draft(), project.Key, TestContext.Current.CancellationToken);
        project.Clock.Now += TimeSpan.FromMinutes(1);
        var end = project.Clock.Now;
        TrustChanges.Make(project.Repository, project.Configuration, new TrustEdit.Rotate(project.Key.KeyId, next.Public, end), [project.Key, next]);
        project.Clock.Now += TimeSpan.FromMinutes(1);
        var refused = await Assert.ThrowsAsync<ProvenanceException>(() => running.AppendAsync(Project.Draft(), project.Key, TestContext.Current.CancellationToken));
        Assert.Equal(ProvenanceError.KeyNotTrusted, refused.Error);
        Assert.Contains($"valid until {end.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z", refused.Message, StringComparison.Ordinal);
        Assert.Contains("trust rotate", refused.Hint, StringComparison.Ordinal);
        await running.AppendAsync(Project.Draft(), next, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void What_a_key_may_not_sign_is_told_with_the_reason()
    {
        using var project = Project.Create();
        using var builds = SigningKey.Generate();
        using var stranger = SigningKey.Generate();
        var (from, until) = (project.Clock.Now.AddDays(1), project.Clock.Now.AddDays(2));
        Make(project, new TrustEdit.Add(builds.Public, "builds", KeyRole.Ci, from, until, false));
        var trust = Load(project);
        string? WhyNot(EntryKind kind, DateTimeOffset at) => trust.WhyNot(builds.KeyId, kind, at);
        Assert.Null(WhyNot(EntryKind.Generation, from));
        Assert.StartsWith("it is valid from ", WhyNot(EntryKind.Generation, from.AddSeconds(-1)), StringComparison.Ordinal);
        Assert.StartsWith("it was valid until ", WhyNot(EntryKind.Generation, until), StringComparison.Ordinal);
        Assert.Equal("its role, ci, may not sign a Decision entry", WhyNot(EntryKind.Decision, from));
        Assert.Equal("it is not among this project's keys", trust.WhyNot(stranger.KeyId, EntryKind.Generation, from));
        Make(project, new TrustEdit.Revoke(builds.KeyId, from));
        Assert.StartsWith("it was revoked from ", Load(project).WhyNot(builds.KeyId, EntryKind.Generation, from), StringComparison.Ordinal);
    }

    private static ProjectTrust Load(Project project) => TrustStore.Load(project.Repository, project.Configuration).Trust ?? throw new InvalidOperationException("No trust.");

    private static void Make(Project project, TrustEdit edit) => Assert.True(TrustChanges.Make(project.Repository, project.Configuration, edit, [project.Key]).InForce);
}
