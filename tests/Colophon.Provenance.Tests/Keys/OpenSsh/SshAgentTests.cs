using Colophon.Provenance.Keys;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Tests.Keys.OpenSsh;

public sealed class SshAgentTests
{
    [Fact]
    public async Task An_agents_key_founds_trust_and_signs_entries_that_verify()
    {
        using var ssh = new OpenSsh();
        ssh.StartAgent();
        ssh.Run("ssh-add", "-q", ssh.Generate("ada@laptop"));
        using var key = SigningKey.Open(OpenSshKeyFileTests.Choice("agent"), ssh.Access);
        using var project = Project.WithoutTrust();
        TrustStore.Init(project.Repository, key, new TrustInit { Name = "Ada", ConfigurationDirectory = project.Configuration }, project.Clock);
        var log = project.Log();
        var entry = await log.AppendAsync(Project.Draft(), key, TestContext.Current.CancellationToken);
        await log.SealAsync(key, TestContext.Current.CancellationToken);
        Assert.Equal(key.KeyId, entry.Predicate.Actor.KeyId);
        Assert.True(key.Public.Verify("m"u8, key.Sign("m"u8)));
        Assert.True(key.Public.Verify(new byte[200_000], key.Sign(new byte[200_000])));
    }

    [Fact]
    public void A_key_is_named_by_comment_or_fingerprint_and_never_guessed()
    {
        using var ssh = new OpenSsh();
        ssh.StartAgent();
        foreach (var name in (string[])["one", "two"])
            ssh.Run("ssh-add", "-q", ssh.Generate(name));
        ssh.Run("ssh-add", "-q", ssh.Generate("three", "ecdsa"));
        using var one = SigningKey.Open(OpenSshKeyFileTests.Choice("agent:one"), ssh.Access);
        using var same = SigningKey.Open(OpenSshKeyFileTests.Choice($"agent:{PublicKeyText.Fingerprint(one.Public)}"), ssh.Access);
        Assert.Equal(one.KeyId, same.KeyId);
        Assert.Contains("2 Ed25519 keys", OpenSshKeyFileTests.Refused(ProvenanceError.AgentKeyMissing, "agent", ssh.Access).Message, StringComparison.Ordinal);
        OpenSshKeyFileTests.Refused(ProvenanceError.AgentKeyMissing, "agent:three", ssh.Access);
        OpenSshKeyFileTests.Refused(ProvenanceError.AgentKeyMissing, "agent:on", ssh.Access);
    }

    [Fact]
    public void A_removed_key_a_locked_agent_and_a_missing_one_are_told_apart()
    {
        using var ssh = new OpenSsh();
        OpenSshKeyFileTests.Refused(ProvenanceError.AgentUnavailable, "agent", ssh.Access with { AgentSocket = null });
        OpenSshKeyFileTests.Refused(ProvenanceError.AgentUnavailable, "agent", ssh.Access);
        OpenSshKeyFileTests.Refused(ProvenanceError.AgentUnavailable, "agent", ssh.Access with { AgentSocket = "/" + new string('a', 300) });
        ssh.StartAgent();
        Assert.Contains("no Ed25519 key", OpenSshKeyFileTests.Refused(ProvenanceError.AgentKeyMissing, "agent", ssh.Access).Message, StringComparison.Ordinal);
        ssh.Run("ssh-add", "-q", ssh.Generate("one"));
        ssh.Run("ssh-add", "-q", ssh.Generate("two"));
        using var key = SigningKey.Open(OpenSshKeyFileTests.Choice("agent:one"), ssh.Access);
        ssh.Run("word", "ssh-add", ["-x"]);
        Assert.Contains("locked", OpenSshKeyFileTests.Refused(ProvenanceError.AgentKeyMissing, "agent:one", ssh.Access).Message, StringComparison.Ordinal);
        Assert.Contains("locked", Assert.Throws<ProvenanceException>(() => key.Sign("m"u8)).Message, StringComparison.Ordinal);
        ssh.Run("word", "ssh-add", ["-X"]);
        key.Sign("m"u8);
        ssh.Run("ssh-add", "-q", "-d", Path.Combine(ssh.Folder, "one"));
        Assert.Equal(ProvenanceError.AgentKeyMissing, Assert.Throws<ProvenanceException>(() => key.Sign("m"u8)).Error);
    }

    [Fact]
    public void What_is_too_long_for_an_agent_is_refused_before_it_is_asked()
    {
        using var agent = new FakeAgent();
        using var key = SigningKey.Open(OpenSshKeyFileTests.Choice("agent"), agent.Access);
        Assert.Equal(ProvenanceError.AgentRefused, Assert.Throws<ProvenanceException>(() => key.Sign(new byte[300_000])).Error);
        Assert.Equal(1, agent.Asked);
    }

    [Fact]
    public void A_refusal_is_one()
    {
        using var agent = new FakeAgent { ToSign = static (_, _) => [0, 0, 0, 1, 5] };
        using var key = SigningKey.Open(OpenSshKeyFileTests.Choice("agent"), agent.Access);
        Assert.Equal(ProvenanceError.AgentRefused, Assert.Throws<ProvenanceException>(() => key.Sign("m"u8)).Error);
    }

    [Fact]
    public void A_signature_that_is_not_the_keys_over_the_message_is_never_used()
    {
        using var other = SigningKey.Generate();
        foreach (var forge in (Func<SigningKey, byte[], byte[]>[])[
            static (key, _) => FakeAgent.Signature(key.Sign("something else"u8)),
            (_, message) => FakeAgent.Signature(other.Sign(message)),
            static (key, message) => FakeAgent.Signature([.. key.Sign(message), 0]),
            static (key, message) => FakeAgent.Signature(key.Sign(message), "ssh-rsa"),
            static (_, _) => FakeAgent.Signature(new byte[64])])
        {
            using var agent = new FakeAgent { ToSign = forge };
            using var key = SigningKey.Open(OpenSshKeyFileTests.Choice("agent"), agent.Access);
            Assert.Equal(ProvenanceError.AgentUnavailable, Assert.Throws<ProvenanceException>(() => key.Sign("m"u8)).Error);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("00000000")]
    [InlineData("ffffffff")]
    [InlineData("00040001")]
    [InlineData("000000050c")]
    [InlineData("000000010c")]
    [InlineData("000000050cffffffff")]
    [InlineData("000000090c00000001ffffffff")]
    [InlineData("000000050e00000000")]
    [InlineData("000000060c0000000000")]
    [InlineData("0000000105")]
    public void A_bad_list_is_an_error_and_nothing_worse(string answer)
    {
        using var agent = new FakeAgent { ToList = _ => Convert.FromHexString(answer) };
        OpenSshKeyFileTests.Refused(ProvenanceError.AgentUnavailable, "agent", agent.Access);
    }

    [Fact]
    public void No_prefix_of_a_good_answer_is_taken_for_one()
    {
        var length = 0;
        using (var whole = new FakeAgent())
        {
            using var key = SigningKey.Open(OpenSshKeyFileTests.Choice("agent"), whole.Access);
            length = FakeAgent.List(key).Length;
        }

        for (var i = 0; i < length; i++)
        {
            using var agent = new FakeAgent { ToList = key => FakeAgent.List(key)[..i] };
            OpenSshKeyFileTests.Refused(ProvenanceError.AgentUnavailable, "agent", agent.Access);
        }
    }

    [Fact]
    public void An_agent_that_says_nothing_is_not_waited_for()
    {
        using var agent = new FakeAgent { ToList = static _ => null };
        OpenSshKeyFileTests.Refused(ProvenanceError.AgentUnavailable, "agent", agent.Access with { AgentLimit = TimeSpan.FromMilliseconds(50) });
    }
}
