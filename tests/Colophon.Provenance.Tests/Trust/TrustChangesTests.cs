using Colophon.Provenance.Keys;
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

    private static ProjectTrust Load(Project project) => TrustStore.Load(project.Repository, project.Configuration).Trust ?? throw new InvalidOperationException("No trust.");

    private static void Make(Project project, TrustEdit edit) => Assert.True(TrustChanges.Make(project.Repository, project.Configuration, edit, [project.Key]).InForce);
}
