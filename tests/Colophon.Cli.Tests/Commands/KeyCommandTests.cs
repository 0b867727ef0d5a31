using System.Text.Json;

namespace Colophon.Cli.Tests.Commands;

public sealed class KeyCommandTests
{
    [Fact]
    public async Task An_OpenSSH_key_founds_signs_shows_and_takes_over()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ssh-keygen"), "ssh-keygen is not installed here.");
        using var folder = new TemporaryFolder();
        var (home, project) = (Path.Combine(folder.Path, "home"), Path.Combine(folder.Path, "project"));
        Directory.CreateDirectory(home);
        Directory.CreateDirectory(project);
        foreach (var name in (string[])["one", "two"])
            Assert.Equal(0, (await ProgramRun.OfAsync("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(home, name)], home)).ExitCode);
        Assert.Equal(0, (await ProgramRun.OfAsync("git", ["init", "-q"], project)).ExitCode);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home, ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" };
        Task<CliRun> Colophon(params string[] words) => CliRun.OfAsync(project, words, environment: environment);

        // A choice that cannot be had leaves nothing behind.
        var refused = await Colophon("init", "--key", "ssh:~/nothing");
        Assert.Equal((3, false), (refused.ExitCode, Directory.Exists(Path.Combine(project, "openspec"))));
        Assert.Equal(3, (await Colophon("init", "--key", "agent")).ExitCode);

        Assert.Equal(0, (await Colophon("init", "--key", "ssh:~/one")).ExitCode);
        Assert.Contains($"key = \"ssh:{home}/one\"", await File.ReadAllTextAsync(Path.Combine(home, ".config/colophon/config.toml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(home, ".config/colophon/keys")));
        var first = Id((await Colophon("key", "show", "--json")).Output);

        var alone = await Colophon("trust", "rotate");
        Assert.Contains("--key", alone.Error, StringComparison.Ordinal);
        var rotated = await Colophon("trust", "rotate", "--key", "ssh:~/two");
        Assert.Equal(0, rotated.ExitCode);
        Assert.NotEqual(first, Id((await Colophon("key", "show", "--json")).Output));
        Assert.Equal(0, (await Colophon("audit", "verify")).ExitCode);
        Assert.Contains($"ssh:{home}/two", (await Colophon("trust", "show")).Output, StringComparison.Ordinal);

        File.Delete(Path.Combine(home, "two"));
        Assert.Contains("no key of yours", (await Colophon("trust", "show")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Colophon("key", "use", "file")).ExitCode);
        Assert.True(File.Exists(Path.Combine(home, ".config/colophon/keys/signing.json")));
    }

    [Fact]
    public async Task A_passphrase_is_asked_for_once_and_forgotten_on_request()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        Directory.CreateDirectory(project);
        Assert.Equal(0, (await ProgramRun.OfAsync("git", ["init", "-q"], project)).ExitCode);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = folder.Path, ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" };
        Assert.Equal(0, (await CliRun.OfAsync(project, ["init"], environment: new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["COLOPHON_PASSPHRASE"] = "correct horse" })).ExitCode);
        Assert.Contains("key unlock", (await CliRun.OfAsync(project, ["key", "show"], environment: environment)).Error, StringComparison.Ordinal);
        Assert.Equal(3, (await CliRun.OfAsync(project, ["key", "unlock"], "wrong\n", environment: environment)).ExitCode);
        Assert.Equal(2, (await CliRun.OfAsync(project, ["key", "unlock", "--for", "9d"], "correct horse\n", environment: environment)).ExitCode);
        var unlocked = await CliRun.OfAsync(project, ["key", "unlock", "--for", "5m"], "correct horse\n", environment: environment);
        Assert.SkipWhen(unlocked.Error.Contains("COL3024", StringComparison.Ordinal), "This kernel gives no key ring here.");
        Assert.Equal(0, (await CliRun.OfAsync(project, ["key", "show"], environment: environment)).ExitCode);
        Assert.Contains("Locked", (await CliRun.OfAsync(project, ["key", "lock"], environment: environment)).Output, StringComparison.Ordinal);
        Assert.Equal(3, (await CliRun.OfAsync(project, ["key", "show"], environment: environment)).ExitCode);
    }

    [Fact]
    public async Task A_passphrase_comes_from_a_file_or_a_key_ring_and_key_show_says_which()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        Directory.CreateDirectory(project);
        var file = Path.Combine(folder.Path, "passphrase");
        await File.WriteAllTextAsync(file, "correct horse\nand more\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await ProgramRun.OfAsync("git", ["init", "-q"], project)).ExitCode);
        var bare = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = folder.Path, ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" };
        var withFile = new Dictionary<string, string>(bare, StringComparer.Ordinal) { ["COLOPHON_PASSPHRASE_FILE"] = file };
        Task<CliRun> Colophon(Dictionary<string, string> environment, params string[] words) => CliRun.OfAsync(project, words, "correct horse\n", environment: environment);

        Assert.Equal(0, (await Colophon(withFile, "init")).ExitCode);
        Assert.Contains("COLOPHON_PASSPHRASE_FILE", (await Colophon(withFile, "key", "show")).Output, StringComparison.Ordinal);
        Assert.Contains("\"passphraseFrom\": \"COLOPHON_PASSPHRASE_FILE\"", (await Colophon(withFile, "key", "show", "--json")).Output, StringComparison.Ordinal);
        Assert.Contains("secret-service: not here", (await Colophon(withFile, "doctor")).Output, StringComparison.Ordinal);
        Assert.Equal(3, (await Colophon(bare, "key", "show")).ExitCode);
        var missing = await Colophon(new Dictionary<string, string>(bare, StringComparer.Ordinal) { ["COLOPHON_PASSPHRASE_FILE"] = "/nowhere" }, "key", "show");
        Assert.Contains("/nowhere", missing.Error, StringComparison.Ordinal);
        var endless = await Colophon(new Dictionary<string, string>(bare, StringComparer.Ordinal) { ["COLOPHON_PASSPHRASE_FILE"] = "/dev/zero" }, "key", "show");
        Assert.Contains("its first line is longer than 4096 characters", endless.Error, StringComparison.Ordinal);

        var absent = await Colophon(bare, "key", "unlock", "--keyring", "secret-service");
        Assert.Equal((1, true), (absent.ExitCode, absent.Error.Contains("COL3024", StringComparison.Ordinal)));
        Assert.Equal(2, (await Colophon(bare, "key", "unlock", "--keyring", "kde")).ExitCode);
        var chosen = new Dictionary<string, string>(bare, StringComparer.Ordinal) { ["COLOPHON__SIGNING__KEYRINGS"] = "secret-service" };
        var left = await Colophon(chosen, "key", "unlock", "--keyring", "kernel");
        Assert.Contains("signing.keyrings", left.Error, StringComparison.Ordinal);
        Assert.Contains("None of your key rings is here", (await Colophon(chosen, "key", "unlock")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_by_key_file_opens_whatever_passphrase_is_set()
    {
        using var folder = new TemporaryFolder();
        var bare = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = folder.Path };
        var protectedToo = new Dictionary<string, string>(bare, StringComparer.Ordinal) { ["COLOPHON_PASSPHRASE"] = "correct horse" };
        Assert.Equal(0, (await CliRun.OfAsync(folder.Path, ["secret", "set", "anthropic"], "value\n", environment: bare)).ExitCode);
        Assert.Contains("anthropic", (await CliRun.OfAsync(folder.Path, ["secret", "list"], environment: protectedToo)).Output, StringComparison.Ordinal);
    }

    private static string? Id(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("keyId").GetString();
    }
}
