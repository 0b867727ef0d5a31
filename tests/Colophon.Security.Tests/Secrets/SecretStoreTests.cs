using Colophon.Security.Errors;
using Colophon.Security.Secrets;

namespace Colophon.Security.Tests.Secrets;

public sealed class SecretStoreTests
{
    private const string Value = "sk-ant-very-secret-value";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("correct horse")]
    public async Task A_secret_comes_back_after_reopening(string? passphrase)
    {
        using var folder = new TemporaryFolder();
        var store = Open(folder, passphrase);
        Assert.Empty(store.Names);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        await store.SetAsync("openai", "first", Token);
        await store.SetAsync("anthropic", Value, Token);
        await store.SetAsync("openai", "second \u00e9\u20ac", Token);
        var again = Open(folder, passphrase);
        Assert.Equal(["anthropic", "openai"], again.Names);
        Assert.Equal((Value, "second \u00e9\u20ac", null), (again.Find("anthropic"), again.Find("openai"), again.Find("other")));
        Assert.True(await again.DeleteAsync("openai", Token));
        Assert.False(await again.DeleteAsync("openai", Token));
        Assert.Equal(["anthropic"], Open(folder, passphrase).Names);
    }

    [Fact]
    public async Task Nothing_readable_stands_in_the_files_and_only_the_owner_may_read_them()
    {
        using var folder = new TemporaryFolder();
        await Open(folder).SetAsync("anthropic", Value, Token);
        foreach (var path in (string[])[Path.Combine(folder.Path, "secrets.json"), Path.Combine(folder.Path, "secrets.key")])
        {
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
            Assert.DoesNotContain("very-secret", File.ReadAllText(path));
        }

        Assert.DoesNotContain("anthropic", File.ReadAllText(Path.Combine(folder.Path, "secrets.json")));
        Assert.DoesNotContain("very", Open(folder).ToString());
    }

    [Fact]
    public async Task Any_changed_byte_is_noticed_and_the_error_tells_nothing()
    {
        using var folder = new TemporaryFolder();
        await Open(folder).SetAsync("anthropic", Value, Token);
        var path = Path.Combine(folder.Path, "secrets.json");
        var good = File.ReadAllBytes(path);
        for (var at = 0; at < good.Length; at++)
        {
            var bad = good.ToArray();
            bad[at] ^= 1;
            File.WriteAllBytes(path, bad);
            if (Catch(() => Open(folder)) is not { } error)
            {
                // White space between members may change; what is inside may not.
                Assert.Equal(Value, Open(folder).Find("anthropic"));
                continue;
            }

            Assert.Equal(SecurityError.SecretsUnreadable, error.Error);
            Assert.DoesNotContain("secret-value", error.ToString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{\"version\":1,\"key\":\"passphrase\",\"iterations\":2000000000,\"salt\":\"AA==\",\"nonce\":\"AAAAAAAAAAAAAAAA\",\"tag\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"data\":\"\"}")]
    [InlineData("{\"version\":2,\"key\":\"file\",\"iterations\":0,\"salt\":\"AA==\",\"nonce\":\"AAAAAAAAAAAAAAAA\",\"tag\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"data\":\"\"}")]
    public void A_damaged_file_is_a_typed_error(string content)
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.File("secrets.json", content), OwnerOnly);
        Assert.Equal(SecurityError.SecretsUnreadable, Catch(() => Open(folder))?.Error);
    }

    [Fact]
    public async Task A_wrong_or_missing_passphrase_is_a_typed_error_and_a_needless_one_is_not_asked()
    {
        using var folder = new TemporaryFolder();
        await Open(folder, "right").SetAsync("a", "b", Token);
        Assert.Equal(SecurityError.SecretsUnreadable, Catch(() => Open(folder, "wrong"))?.Error);
        Assert.Equal(SecurityError.SecretsUnreadable, Catch(() => Open(folder))?.Error);
        using var other = new TemporaryFolder();
        await Open(other).SetAsync("a", "b", Token);
        Assert.Equal("b", SecretStore.Open(other.Path, static () => throw new InvalidOperationException("It was asked."), TimeProvider.System).Find("a"));
        File.Delete(Path.Combine(other.Path, "secrets.key"));
        Assert.Contains("key file", Catch(() => Open(other))?.Message);
    }

    [Theory]
    [InlineData("secrets.json")]
    [InlineData("secrets.key")]
    public async Task A_file_that_others_may_read_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        await Open(folder).SetAsync("a", "b", Token);
        File.SetUnixFileMode(Path.Combine(folder.Path, name), OwnerOnly | UnixFileMode.GroupRead);
        var error = Catch(() => Open(folder));
        Assert.Equal(SecurityError.SecretsExposed, error?.Error);
        Assert.Contains("chmod 600", error?.Hint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("k\u00e9y")]
    public async Task A_bad_name_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        var error = await Assert.ThrowsAsync<SecurityException>(() => Open(folder).SetAsync(name, Value, Token));
        Assert.Equal(SecurityError.SecretNameInvalid, error.Error);
        Assert.DoesNotContain(Value, error.ToString());
    }

    [Fact]
    public async Task Two_stores_that_change_at_once_lose_nothing()
    {
        using var folder = new TemporaryFolder();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(store => Task.Run(
            async () =>
            {
                var mine = Open(folder);
                for (var n = 0; n < 5; n++)
                    await mine.SetAsync($"{store}.{n}", $"value {store}.{n}", Token);
            },
            Token)));
        var all = Open(folder);
        Assert.Equal(20, all.Names.Count);
        Assert.All(all.Names, name => Assert.Equal($"value {name}", all.Find(name)));
    }

    private static SecretStore Open(TemporaryFolder folder, string? passphrase = null) => SecretStore.Open(folder.Path, () => passphrase, TimeProvider.System);

    private static SecurityException? Catch(Action act) => Record.Exception(act) switch
    {
        null => null,
        SecurityException expected => expected,
        var other => throw other,
    };
}
