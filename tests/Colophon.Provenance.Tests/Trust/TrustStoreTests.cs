using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Tests.Verify;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Trust;

public sealed class TrustStoreTests
{
    [Fact]
    public void Trust_is_founded_once()
    {
        using var project = Project.Create();
        var thrown = Assert.Throws<ProvenanceException>(() => TrustStore.Init(project.Repository, project.Key, Init(project), project.Clock));
        Assert.Equal(ProvenanceError.TrustExists, thrown.Error);
        Assert.Equal(project.Trust?.Repo, Load(project).Trust?.Repo);
    }

    [Fact]
    public async Task On_a_machine_without_the_pin_nothing_is_believed()
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        Directory.Delete(project.Configuration, recursive: true);
        await project.ExpectAsync(EntryStatus.PublicKeyNotTrusted, VerifyExitCode.Trust);
        TrustStore.Pin(project.Repository, project.Trust?.Fingerprint ?? "", project.Configuration);
        await project.ExpectValidAsync();
    }

    [Fact]
    public async Task A_build_server_may_bring_the_fingerprint()
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        Directory.Delete(project.Configuration, recursive: true);
        var options = new VerifyOptions { ConfigurationDirectory = project.Configuration, Fingerprint = project.Trust?.Fingerprint };
        Assert.Equal(VerifyExitCode.Valid, (await Verifier.VerifyAsync(project.Repository, options, TestContext.Current.CancellationToken)).ExitCode);
        Assert.Equal(VerifyExitCode.Trust, (await Verifier.VerifyAsync(project.Repository, options with { Fingerprint = new string('0', 64) }, TestContext.Current.CancellationToken)).ExitCode);
    }

    [Fact]
    [TamperCase(10)]
    public async Task A_key_added_by_someone_who_is_no_root_ends_all_trust()
    {
        using var project = Project.Create();
        using var attacker = SigningKey.Generate();
        await project.FillAsync(1);
        TrustForger.AddVersion(project, [attacker], [project.Key, attacker], roots: [project.Key]);
        await project.ExpectAsync(EntryStatus.PublicKeyNotTrusted, VerifyExitCode.Trust);
    }

    [Fact]
    [TamperCase(10)]
    public async Task A_replaced_root_is_not_the_pinned_one()
    {
        using var project = Project.Create();
        using var attacker = SigningKey.Generate();
        await project.FillAsync(1);
        TrustForger.AddVersion(project, [attacker], [attacker], version: 1, roots: [attacker]);
        await project.ExpectAsync(EntryStatus.PublicKeyNotTrusted, VerifyExitCode.Trust);
    }

    [Fact]
    [TamperCase(10)]
    public async Task A_flipped_byte_of_the_trust_file_ends_all_trust()
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        Forger.Flip(TrustStore.VersionPath(project.Repository, 1), "\"name\":\"");
        await project.ExpectAsync(EntryStatus.PublicKeyNotTrusted, VerifyExitCode.Trust);
    }

    [Fact]
    [TamperCase(11)]
    public async Task A_trust_file_that_went_back_is_missed()
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        var second = TrustForger.AddVersion(project, [project.Key], [project.Key]);
        await project.ExpectValidAsync();
        File.Delete(second);
        await project.ExpectAsync(EntryStatus.PublicKeyNotTrusted, VerifyExitCode.Trust);
    }

    [Fact]
    [TamperCase(12)]
    public async Task New_roots_need_the_old_ones()
    {
        using var project = Project.Create();
        using var next = SigningKey.Generate();
        await project.FillAsync(1);
        TrustForger.AddVersion(project, [next], [project.Key], roots: [next]);
        await project.ExpectAsync(EntryStatus.PublicKeyNotTrusted, VerifyExitCode.Trust);
        TrustForger.AddVersion(project, [project.Key], [project.Key], roots: [next]);
        await project.ExpectAsync(EntryStatus.PublicKeyNotTrusted, VerifyExitCode.Trust);
        TrustForger.AddVersion(project, [project.Key, next], [project.Key], roots: [next]);
        await project.ExpectValidAsync();
    }

    [Fact]
    [TamperCase(13)]
    public async Task A_root_that_signs_twice_counts_once()
    {
        using var project = Project.Create();
        using var next = SigningKey.Generate();
        await project.FillAsync(1);
        TrustForger.AddVersion(project, [project.Key, project.Key], [project.Key], roots: [project.Key, next], threshold: 2);
        await project.ExpectAsync(EntryStatus.PublicKeyNotTrusted, VerifyExitCode.Trust);
        TrustForger.AddVersion(project, [project.Key, next], [project.Key], roots: [project.Key, next], threshold: 2);
        await project.ExpectValidAsync();
    }

    [Fact]
    public void A_small_order_key_makes_a_trust_file_worthless()
    {
        using var project = Project.Create();
        var payload = System.Text.Encoding.UTF8.GetString(TrustPayload.Write(new TrustRoot
        {
            Repo = project.Trust?.Repo ?? "", Version = 2, Threshold = 1, Roots = [project.Key.Public], Keys = [],
        }));
        Assert.NotNull(TrustPayload.Read(System.Text.Encoding.UTF8.GetBytes(payload), out _));
        var bad = payload.Replace(Convert.ToBase64String(project.Key.Public.Bytes), Convert.ToBase64String(new byte[32]), StringComparison.Ordinal);
        Assert.Null(TrustPayload.Read(System.Text.Encoding.UTF8.GetBytes(bad), out var fault));
        Assert.NotNull(fault);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [TamperCase(6)]
    public async Task A_small_order_or_non_canonical_key_ends_all_trust_even_where_the_roots_signed_it(string point)
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        var (old, bad) = (project.Key.Public, Convert.FromHexString(point));
        var root = new TrustRoot
        {
            Repo = project.Trust?.Repo ?? "", Version = 2, Threshold = 1, Roots = [old], Keys = [new TrustedKey { Key = old, Name = "Ada", Role = KeyRole.Developer, ValidFrom = project.Clock.Now.AddDays(-1) }],
        };
        // The last of its two places: the root stays sound.
        var text = System.Text.Encoding.UTF8.GetString(TrustPayload.Write(root));
        var keys = text.IndexOf("\"keys\"", StringComparison.Ordinal);
        var end = text.IndexOf(']', keys);
        var forged = text[..keys] + text[keys..end].Replace(Convert.ToBase64String(old.Bytes), Convert.ToBase64String(bad), StringComparison.Ordinal)
            .Replace(old.KeyId, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bad)), StringComparison.Ordinal) + text[end..];
        Assert.NotEqual(text, forged);
        File.WriteAllBytes(TrustStore.VersionPath(project.Repository, 2), Envelope.Seal(TrustRoot.PayloadType, System.Text.Encoding.UTF8.GetBytes(forged), project.Key).ToBytes());
        await project.ExpectAsync(EntryStatus.PublicKeyNotTrusted, VerifyExitCode.Trust);
    }

    [Fact]
    [TamperCase(14)]
    public async Task A_key_counts_for_nothing_after_its_revocation()
    {
        using var project = Project.Create();
        await project.FillAsync(2);
        TrustForger.AddVersion(project, [project.Key], [project.Key], shape: k => k with { RevokedAt = project.Clock.Now });
        var report = await project.ExpectAsync(EntryStatus.KeyRevoked, VerifyExitCode.Trust);
        Assert.All(report.Entries, static e => Assert.Equal(EntryStatus.KeyRevoked, e.Status));
    }

    [Fact]
    [TamperCase(15)]
    public async Task A_key_counts_for_nothing_outside_its_validity()
    {
        using var project = Project.Create();
        await project.FillAsync(1);
        TrustForger.AddVersion(project, [project.Key], [project.Key], shape: k => k with { ValidUntil = project.Clock.Now });
        await project.ExpectAsync(EntryStatus.KeyExpired, VerifyExitCode.Trust);
    }

    [Fact]
    [TamperCase(16)]
    public async Task A_machines_key_may_not_decide()
    {
        using var project = Project.Create();
        var target = (await project.FillAsync(1))[0];
        await project.Log().AppendAsync(
            Project.Draft(kind: EntryKind.Decision) with { Decision = new Decision { Target = target.Leaf, Accepted = true } }, project.Key, TestContext.Current.CancellationToken);
        await project.Log().SealAsync(project.Key, TestContext.Current.CancellationToken);
        await project.ExpectValidAsync();
        TrustForger.AddVersion(project, [project.Key], [project.Key], shape: static k => k with { Role = KeyRole.Ci });
        await project.ExpectAsync(EntryStatus.PublicKeyNotTrusted, VerifyExitCode.Trust);
    }

    [Fact]
    public void A_missing_version_between_others_ends_all_trust()
    {
        using var project = Project.Create();
        TrustForger.AddVersion(project, [project.Key], [project.Key], version: 3);
        Assert.Null(Load(project).Trust);
    }

    private static TrustResult Load(Project project) => TrustStore.Load(project.Repository, project.Configuration);

    private static TrustInit Init(Project project) => new() { Name = "Ada", ConfigurationDirectory = project.Configuration };
}
