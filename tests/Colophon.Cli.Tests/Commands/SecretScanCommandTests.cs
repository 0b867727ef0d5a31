using System.Text;
using System.Text.Json;

namespace Colophon.Cli.Tests.Commands;

public sealed class SecretScanCommandTests : IDisposable
{
    // No key stands here whole, so that no scanner of repositories takes this file for a leak.
    private const string Token = "ghp_" + "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZaC4e";
    private const string Other = "glpat-" + "aB3dE5fG7hJ9kL1mN2pQ";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_secret_is_told_by_its_place_and_kind_and_never_printed()
    {
        await GitAsync("init", "-q");
        Write("src/a b.yml", $"one\r\ntwo: {Token}\n{Other}\n");
        Write("clean.txt", "nothing");
        foreach (var words in (string[][])[["secret", "scan"], ["secret", "scan", "--json"], ["secret", "scan", "--sarif"], ["secret", "scan", "src"], ["secret", "scan", "src/a b.yml"]])
        {
            var run = await Colophon(words);
            Assert.Equal(1, run.ExitCode);
            Assert.DoesNotContain(Token[8..], run.Output + run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(Other[10..], run.Output + run.Error, StringComparison.Ordinal);
        }

        Assert.Equal("src/a b.yml:2:6: github-token ghp_… (40 characters)\nsrc/a b.yml:3:1: gitlab-token glpat-… (26 characters)\n2 secrets in 2 files.\n", (await Colophon("secret", "scan")).Output);
        using var sarif = JsonDocument.Parse((await Colophon("secret", "scan", "--sarif")).Output);
        var location = sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(("src/a%20b.yml", 2), (location.GetProperty("artifactLocation").GetProperty("uri").GetString(), location.GetProperty("region").GetProperty("startLine").GetInt32()));
        Assert.Equal((0, "No secrets in 1 file.\n"), await Shown("secret", "scan", "clean.txt"));
    }

    [Fact]
    public async Task What_git_ignores_is_passed_over_unless_it_is_named_and_other_files_are_counted()
    {
        await GitAsync("init", "-q");
        Write(".gitignore", "*.env\n");
        Write("local.env", Token);
        Write("image.bin", "\0" + Token);
        Write("wide.txt", Token, Encoding.Unicode);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link"), "/etc/passwd");
        using (var large = File.Create(Path.Combine(_folder.Path, "large.txt")))
            large.SetLength((8 * 1024 * 1024) + 1);
        Assert.Equal((1, "wide.txt:1:2: github-token ghp_… (40 characters)\n1 secret in 2 files; not looked into: 1 binary, 1 longer than 8 MiB.\n"), await Shown("secret", "scan"));
        Assert.Equal(1, (await Colophon("secret", "scan", "local.env")).ExitCode);
        Assert.Equal(0, (await ProgramRun.OfAsync("mkfifo", ["pipe"], _folder.Path)).ExitCode);
        var pipe = await Colophon("secret", "scan", "pipe");
        Assert.Equal(2, pipe.ExitCode);
        Assert.Contains("not a plain file", pipe.Error, StringComparison.Ordinal);
        var missing = await Colophon("secret", "scan", "nowhere");
        Assert.Contains("'nowhere'", missing.Error, StringComparison.Ordinal);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("outside", (await Colophon("secret", "scan", "/etc/hosts")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_pass_over_paths_and_single_texts()
    {
        await GitAsync("init", "-q");
        Write("tests/fixtures/key.txt", Token);
        Write("src/key.txt", Token);
        Write(".colophon/config.toml", "[secrets]\nscan_exclude = ['tests/fixtures/**']\n");
        Assert.Equal((1, "src/key.txt:1:1: github-token ghp_… (40 characters)\n1 secret in 2 files; not looked into: 1 that the settings exclude.\n"), await Shown("secret", "scan"));
        using var json = JsonDocument.Parse((await Colophon("secret", "scan", "--json")).Output);
        var allow = json.RootElement.GetProperty("findings")[0].GetProperty("allow").GetString();
        Write(".colophon/config.toml", $"[secrets]\nallow = ['{allow}']\n");
        Assert.Equal(0, (await Colophon("secret", "scan")).ExitCode);
        Write(".colophon/config.toml", "[secrets]\nallow_paths = ['**']\n");
        Assert.Contains("may not set", (await Colophon("secret", "scan")).Error, StringComparison.Ordinal);
        Write(".colophon/config.toml", "");
        Write("home/.config/colophon/config.toml", "[secrets]\nallow_paths = ['*.txt']\n");
        Assert.Equal(0, (await Colophon("secret", "scan")).ExitCode);
        Write("home/.config/colophon/config.toml", "[secrets]\nallow_paths = ['[z-a]']\n");
        Assert.Contains("is no pattern", (await Colophon("secret", "scan")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_what_is_staged_only_what_the_last_commit_does_not_have_is_told()
    {
        await GitAsync("init", "-q");
        Write("a.txt", Token + "\n");
        Assert.Equal(0, (await Colophon("secret", "scan", "--staged")).ExitCode);
        await GitAsync("add", ".");
        Assert.Equal(1, (await Colophon("secret", "scan", "--staged")).ExitCode);
        await GitAsync("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x");
        Write("a.txt", $"{Token}\n{Other}\n");
        await GitAsync("add", ".");
        Write("a.txt", "clean again, but not what is staged\n");
        Assert.Equal((1, "a.txt:2:1: gitlab-token glpat-… (26 characters)\n1 secret in 1 file.\n"), await Shown("secret", "scan", "--staged"));
    }

    [Fact]
    public async Task Without_a_repository_every_file_below_is_read()
    {
        Write("deep/er/a.txt", Token);
        Assert.Equal((1, "deep/er/a.txt:1:1: github-token ghp_… (40 characters)\n1 secret in 1 file.\n"), await Shown("secret", "scan"));
        Assert.Equal(2, (await Colophon("secret", "scan", "--staged")).ExitCode);
    }

    private void Write(string name, string content, Encoding? encoding = null)
    {
        var path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        if (encoding is null)
            File.WriteAllText(path, content);
        else
            File.WriteAllText(path, content, encoding);
    }

    private async Task GitAsync(params string[] words) => Assert.Equal(0, (await ProgramRun.OfAsync("git", words, _folder.Path)).ExitCode);

    private async Task<(int ExitCode, string Output)> Shown(params string[] words) => await Colophon(words) is var run ? (run.ExitCode, run.Output) : default;

    private Task<CliRun> Colophon(params string[] words) =>
        CliRun.OfAsync(_folder.Path, words, environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = Path.Combine(_folder.Path, "home") });
}
