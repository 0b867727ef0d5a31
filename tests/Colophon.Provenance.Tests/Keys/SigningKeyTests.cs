using System.Text;
using Colophon.Kernel.Files;
using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Tests.Keys;

public sealed class SigningKeyTests
{
    // Made before files went through scrypt, with the passphrase "correct horse".
    private const string Older = """
        { "version": 1, "algorithm": "ed25519", "keyid": "649094ff9ac03bfda7c2d5a4d0e5ee625278099e68f598dbbe5100515f3c6830", "public": "8+tntBf9tfv+6mPmgZj+ulvNjVa1imsB/qYIyu3wGys=",
          "kdf": "pbkdf2-sha512", "rounds": 600000, "salt": "q252OpByqxpAUwjyLRq7tw==", "nonce": "j6T1eGw2jHG54qJI", "sealed": "J9++6RRQUCccMPaTyR5esVvrbMK8penqB+nYVKuuiIjRqWgojZFsdMUsDDwfHqkd" }
        """;

    [Theory]
    [InlineData(null)]
    [InlineData("correct horse")]
    public void A_key_file_gives_the_key_back(string? passphrase)
    {
        using var folder = new TemporaryFolder();
        var path = SigningKey.DefaultPath(folder.Path);
        using var made = SigningKey.Create(path, new SigningKeyOptions { Passphrase = passphrase });
        using var read = SigningKey.Load(path, passphrase);
        Assert.Equal(made.KeyId, read.KeyId);
        Assert.True(made.Public.Verify("m"u8, read.Sign("m"u8)));
        Assert.All(Directory.GetFiles(Path.GetDirectoryName(path) ?? ""), static f => Assert.Equal("rw-------", Mode(f)));
    }

    [Fact]
    public void A_wrong_or_missing_passphrase_is_told_apart()
    {
        using var folder = new TemporaryFolder();
        SigningKey.Create(folder.Sub("k.json"), new SigningKeyOptions { Passphrase = "right" }).Dispose();
        Refused(ProvenanceError.KeyUnreadable, () => SigningKey.Load(folder.Sub("k.json"), "wrong"));
        Refused(ProvenanceError.PassphraseNeeded, () => SigningKey.Load(folder.Sub("k.json")));
    }

    [Fact]
    public void A_passphrase_goes_through_scrypt_and_a_file_says_so()
    {
        using var folder = new TemporaryFolder();
        SigningKey.Create(folder.Sub("k.json"), new SigningKeyOptions { Passphrase = "right" }).Dispose();
        var text = File.ReadAllText(folder.Sub("k.json"));
        Assert.Contains("\"kdf\": \"scrypt\"", text, StringComparison.Ordinal);
        Assert.Contains("\"rounds\": 131072", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("k.json")]
    [InlineData("k.kek")]
    public void A_key_file_that_others_may_read_is_refused_with_what_to_do(string name)
    {
        using var folder = new TemporaryFolder();
        SigningKey.Create(folder.Sub("k.json"), new SigningKeyOptions()).Dispose();
        File.SetUnixFileMode(folder.Sub(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var error = Assert.Throws<ProvenanceException>(() => SigningKey.Load(folder.Sub("k.json")));
        Assert.Equal(ProvenanceError.KeyUnreadable, error.Error);
        Assert.Contains($"chmod 600 '{folder.Sub(name)}'", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_an_earlier_version_still_opens()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Sub("k.json"), Older);
        File.SetUnixFileMode(folder.Sub("k.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var key = SigningKey.Load(folder.Sub("k.json"), "correct horse");
        Assert.Equal("649094ff9ac03bfda7c2d5a4d0e5ee625278099e68f598dbbe5100515f3c6830", key.KeyId);
    }

    [Theory]
    [InlineData("\"rounds\": 131072", "\"rounds\": 1024")]
    [InlineData("\"rounds\": 131072", "\"rounds\": 131073")]
    [InlineData("\"rounds\": 131072", "\"rounds\": 4611686018427387904")]
    [InlineData("\"rounds\": 131072", "\"rounds\": -9223372036854775808")]
    [InlineData("\"rounds\": 131072", "\"rounds\": 1048576")]
    [InlineData("\"block\": 8", "\"block\": 4294967296")]
    [InlineData("\"lanes\": 1", "\"lanes\": 1073741824")]
    [InlineData("\"lanes\": 1", "\"lanes\": 0")]
    [InlineData("\"kdf\": \"scrypt\"", "\"kdf\": \"pbkdf2-sha512\"")]
    [InlineData("\"kdf\": \"scrypt\"", "\"kdf\": \"none\"")]
    public void A_cost_out_of_bounds_or_exchanged_opens_nothing(string before, string after)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Sub("k.json");
        SigningKey.Create(path, new SigningKeyOptions { Passphrase = "right" }).Dispose();
        var text = File.ReadAllText(path);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(before, after, StringComparison.Ordinal));
        Refused(ProvenanceError.KeyUnreadable, () => SigningKey.Load(path, "right"));
    }

    [Fact]
    public void An_existing_key_is_never_overwritten()
    {
        using var folder = new TemporaryFolder();
        SigningKey.Create(folder.Sub("k.json"), new SigningKeyOptions()).Dispose();
        var before = File.ReadAllBytes(folder.Sub("k.json"));
        Refused(ProvenanceError.KeyExists, () => SigningKey.Create(folder.Sub("k.json"), new SigningKeyOptions()));
        Assert.Equal(before, File.ReadAllBytes(folder.Sub("k.json")));
        SigningKey.Load(folder.Sub("k.json")).Dispose();
    }

    [Fact]
    public void A_key_inside_the_project_is_refused()
    {
        using var folder = new TemporaryFolder();
        Refused(ProvenanceError.KeyInsideProject, () => SigningKey.Create(folder.Sub("sub/k.json"), new SigningKeyOptions { ProjectRoot = folder.Path }));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_missing_key_names_the_way_to_make_one() =>
        Assert.Contains("init", Refused(ProvenanceError.KeyMissing, () => SigningKey.Load("/nowhere/k.json")).Hint, StringComparison.Ordinal);

    [Fact]
    public void Without_its_neighbour_the_key_file_is_useless()
    {
        using var folder = new TemporaryFolder();
        SigningKey.Create(folder.Sub("k.json"), new SigningKeyOptions()).Dispose();
        File.Delete(folder.Sub("k.kek"));
        Refused(ProvenanceError.KeyUnreadable, () => SigningKey.Load(folder.Sub("k.json")));
    }

    [Fact]
    public void No_changed_byte_of_a_key_file_goes_unnoticed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Sub("k.json");
        using var key = SigningKey.Create(path, new SigningKeyOptions());
        var good = File.ReadAllBytes(path);
        for (var i = 0; i < good.Length; i++)
        {
            var bad = good.ToArray();
            bad[i] ^= 1;
            AtomicFile.Write(path, bad);
            try
            {
                using var read = SigningKey.Load(path);
                // White space, the informative members and the rounds' member of a file-protected key may change; the key may not.
                Assert.Equal(key.KeyId, read.KeyId);
            }
            catch (ProvenanceException e)
            {
                Assert.Equal(ProvenanceError.KeyUnreadable, e.Error);
            }
        }
    }

    [Fact]
    public void The_seed_is_not_in_the_file()
    {
        using var folder = new TemporaryFolder();
        var seed = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");
        using var key = SigningKey.FromSeed(seed);
        var file = KeyFile.Seal(folder.Sub("k.json"), seed, key.Public, null);
        Assert.False(file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(seed).TrimEnd('='))) >= 0);
    }

    private static ProvenanceException Refused(ProvenanceError expected, Func<SigningKey> action)
    {
        var thrown = Assert.Throws<ProvenanceException>(action);
        Assert.Equal(expected, thrown.Error);
        return thrown;
    }

    private static string Mode(string path)
    {
        var mode = File.GetUnixFileMode(path);
        return string.Concat(Enumerable.Range(0, 9).Select(i => ((int)mode >> (8 - i) & 1) == 1 ? "rwxrwxrwx"[i] : '-'));
    }
}
