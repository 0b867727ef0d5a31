using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Tests.Keys.OpenSsh;

public sealed class OpenSshKeyFileTests
{
    [Fact]
    public void A_key_file_of_ssh_keygen_signs_as_its_public_file_says()
    {
        using var ssh = new OpenSsh();
        var path = ssh.Generate("id_ed25519");
        using var key = SigningKey.Open(Choice($"ssh:{path}"), ssh.Access);
        Assert.True(PublicKeyText.TryParse(File.ReadAllText(path + ".pub"), out var expected));
        Assert.Equal(expected.KeyId, key.KeyId);
        Assert.True(expected.Verify("m"u8, key.Sign("m"u8)));
        Assert.Contains(PublicKeyText.Fingerprint(key.Public), ssh.Run("ssh-keygen", "-l", "-f", path), StringComparison.Ordinal);
        using var home = SigningKey.Open(Choice("ssh:~/id_ed25519"), ssh.Access);
        Assert.Equal(key.KeyId, home.KeyId);
    }

    [Fact]
    public void A_file_with_a_passphrase_is_refused_with_the_way_to_the_agent()
    {
        using var ssh = new OpenSsh();
        var path = ssh.Generate("locked", passphrase: "a long one");
        var error = Refused(ProvenanceError.KeyUnreadable, $"ssh:{path}", ssh.Access);
        Assert.True(PublicKeyText.TryParse(File.ReadAllText(path + ".pub"), out var key));
        Assert.Contains($"--key agent:{PublicKeyText.Fingerprint(key)}", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_types_other_forms_and_other_readers_are_refused_by_name()
    {
        using var ssh = new OpenSsh();
        Assert.Contains("ecdsa-sha2-nistp256", Refused(ProvenanceError.KeyUnreadable, $"ssh:{ssh.Generate("ec", "ecdsa")}", ssh.Access).Message, StringComparison.Ordinal);
        var half = Refused(ProvenanceError.KeyUnreadable, $"ssh:{Path.Combine(ssh.Folder, "ec.pub")}", ssh.Access);
        Assert.Contains("public half", half.Message, StringComparison.Ordinal);
        Assert.EndsWith($"ssh:{Path.Combine(ssh.Folder, "ec")}", half.Hint, StringComparison.Ordinal);
        Refused(ProvenanceError.KeyMissing, "ssh:~/nothing", ssh.Access);
        Refused(ProvenanceError.KeyMissing, $"ssh:{ssh.Folder}", ssh.Access);
        var path = ssh.Generate("open");
        Refused(ProvenanceError.KeyInsideProject, $"ssh:{path}", ssh.Access with { ProjectRoot = ssh.Folder });
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Refused(ProvenanceError.KeyUnreadable, $"ssh:{path}", ssh.Access).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void No_cut_or_changed_file_signs_as_another_key()
    {
        using var ssh = new OpenSsh();
        var path = ssh.Generate("id");
        using var key = SigningKey.Open(Choice($"ssh:{path}"), ssh.Access);
        var good = File.ReadAllBytes(path);
        for (var i = 0; i < good.Length; i++)
        {
            var flipped = good.ToArray();
            flipped[i] ^= 1;
            foreach (var bad in (byte[][])[flipped, good[..i], [.. good[..i], .. good[(i + 1)..]]])
            {
                File.WriteAllBytes(path, bad);
                try
                {
                    using var read = SigningKey.Open(Choice($"ssh:{path}"), ssh.Access);
                    Assert.Equal(key.KeyId, read.KeyId);
                }
                catch (ProvenanceException e)
                {
                    Assert.Equal(ProvenanceError.KeyUnreadable, e.Error);
                }
            }
        }
    }

    [Theory]
    [InlineData("file", "file")]
    [InlineData("agent", "agent")]
    [InlineData("agent:ada@laptop", "agent:ada@laptop")]
    [InlineData("ssh:~/.ssh/id_ed25519", "ssh:~/.ssh/id_ed25519")]
    [InlineData("ssh:", null)]
    [InlineData("ssh", null)]
    [InlineData("", null)]
    [InlineData("~/.ssh/id_ed25519", null)]
    public void A_choice_reads_back_as_it_was_written(string text, string? expected) =>
        Assert.Equal(expected, SigningKeyChoice.TryParse(text, out var choice) ? choice.ToString() : null);

    internal static SigningKeyChoice Choice(string text) => SigningKeyChoice.TryParse(text, out var choice) ? choice : throw new ArgumentException(text);

    internal static ProvenanceException Refused(ProvenanceError error, string choice, SigningKeyAccess access)
    {
        var thrown = Assert.Throws<ProvenanceException>(() => SigningKey.Open(Choice(choice), access));
        Assert.Equal(error, thrown.Error);
        Assert.NotNull(thrown.Hint);
        return thrown;
    }

    private static SigningKeyAccess Private(OpenSsh ssh, string name)
    {
        File.SetUnixFileMode(Path.Combine(ssh.Folder, name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return ssh.Access;
    }
}
