using System.Text.Json;
using Colophon.Provenance.Keys;

namespace Colophon.Cli.Tests.Commands.Audit;

/// <summary>The rules of trust as they are met through the commands; the numbers are those of the threat list.</summary>
public sealed class TrustCommandTests
{
    [Fact]
    public async Task A_colleague_pins_the_root_is_added_and_signs()
    {
        using var project = await SignedProject.CreateAsync();
        using var grace = await ColleagueAsync(project);
        Assert.Equal(3, (await grace.RunAsync("trust", "show")).ExitCode);
        Assert.Equal(1, (await grace.RunAsync("trust", "pin", new string('0', 64))).ExitCode);
        var root = (await ShowAsync(project)).GetProperty("fingerprint").GetString() ?? "";
        Assert.Equal(0, (await grace.RunAsync("trust", "pin", root)).ExitCode);
        var own = (await ShowAsync(grace)).GetProperty("ownKey").GetString() ?? "";

        var added = await project.RunAsync("trust", "add", own, "--name", "Grace", "--role", "reviewer");
        Assert.Equal((0, "Version 2 of the trust file is in force. Commit .openspec/audit.\n"), (added.ExitCode, added.Output));
        var keys = (await ShowAsync(grace)).GetProperty("inForce").GetProperty("keys");
        Assert.Equal(["Ada developer", "Grace reviewer"], keys.EnumerateArray().Select(static k => $"{k.GetProperty("name")} {k.GetProperty("role")}"));
        Assert.Equal(0, (await grace.RunAsync("audit", "verify")).ExitCode);
        Assert.Equal(1, (await project.RunAsync("trust", "add", own, "--name", "Grace")).ExitCode);
    }

    [Fact]
    public async Task Case_10_who_is_no_root_adds_nobody()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "a\n");
        using var mallory = await ColleagueAsync(project);
        Assert.Equal(0, (await mallory.RunAsync("trust", "pin", (await ShowAsync(project)).GetProperty("fingerprint").GetString() ?? "")).ExitCode);
        var refused = await mallory.RunAsync("trust", "add", (await ShowAsync(mallory)).GetProperty("ownKey").GetString() ?? "", "--name", "Mallory");
        Assert.Equal(3, refused.ExitCode);
        Assert.StartsWith("error COL2026", refused.Error, StringComparison.Ordinal);
        var file = project.At(".openspec/audit/v1/trust/0001.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("\"Ada\"", "\"Eve\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(3, (await project.RunAsync("audit", "verify")).ExitCode);
    }

    [Fact]
    public async Task Case_11_a_version_taken_away_is_missed_even_where_it_was_never_seen()
    {
        using var project = await SignedProject.CreateAsync();
        using var key = SigningKey.Generate();
        Assert.Equal(0, (await project.RunAsync("trust", "add", PublicKeyText.Of(key.Public), "--name", "Grace")).ExitCode);
        File.Delete(project.At(".openspec/audit/v1/trust/0002.json"));
        Assert.Equal(3, (await project.RunAsync("audit", "verify")).ExitCode);

        // A machine that knows only the root has the log's own word.
        using var fresh = await ColleagueAsync(project);
        await fresh.RunAsync("trust", "pin", Fingerprint(project));
        var run = await fresh.RunAsync("audit", "verify");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the trust was rolled back", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cases_12_and_13_a_threshold_of_two_takes_two_people()
    {
        using var project = await SignedProject.CreateAsync();
        using var grace = await ColleagueAsync(project);
        await grace.RunAsync("trust", "pin", Fingerprint(project));
        var own = (await ShowAsync(grace)).GetProperty("ownKey").GetString() ?? "";
        var first = await project.RunAsync("trust", "add", own, "--name", "Grace", "--root", "--threshold", "2");
        Assert.StartsWith("Version 2 of the trust file is proposed.", first.Output, StringComparison.Ordinal);
        Assert.Contains("waits for 1 more root(s)", first.Error, StringComparison.Ordinal);
        Assert.Equal("Version 2 of the trust file is proposed.\n", (await project.RunAsync("trust", "sign")).Output);
        Assert.Equal(1, (await project.RunAsync("trust", "revoke", "Ada")).ExitCode);

        // Signed by one only, it is worth nothing wherever it is put.
        var pending = project.At(".openspec/audit/v1/trust/pending/0002.json");
        File.Copy(pending, project.At(".openspec/audit/v1/trust/0002.json"));
        Assert.Equal(3, (await project.RunAsync("audit", "verify")).ExitCode);
        File.Delete(project.At(".openspec/audit/v1/trust/0002.json"));

        var second = await grace.RunAsync("trust", "sign");
        Assert.Equal("Version 2 of the trust file is in force. Commit .openspec/audit.\n", second.Output);
        Assert.False(File.Exists(pending));
        Assert.Equal(0, (await project.RunAsync("audit", "verify")).ExitCode);
        Assert.Contains("nobody could ever change trust again", (await project.RunAsync("trust", "remove", "Grace", "--root")).Error, StringComparison.Ordinal);
        Assert.StartsWith("Version 3 of the trust file is proposed.", (await project.RunAsync("trust", "remove", "Grace", "--root", "--threshold", "1")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await project.RunAsync("trust", "sign", "--drop")).ExitCode);
        Assert.Equal(1, (await grace.RunAsync("trust", "sign")).ExitCode);
    }

    [Theory]
    [InlineData("2001-01-01", 3, "KeyRevoked")]
    [InlineData("2999-01-01", 0, "")]
    public async Task Case_14_a_compromised_key_counts_until_its_cut_off(string at, int exit, string status)
    {
        using var project = await SignedProject.CreateAsync();
        using var grace = await TrustedColleagueAsync(project);
        await grace.AcceptAsync("a.py", "a\n");
        Assert.Equal(0, (await project.RunAsync("trust", "revoke", "Grace", "--at", at)).ExitCode);
        var run = await project.RunAsync("audit", "verify");
        Assert.Equal(exit, run.ExitCode);
        Assert.Contains(status, run.Output, StringComparison.Ordinal);

        // A cut-off moves back, never forward.
        Assert.Equal(1, (await project.RunAsync("trust", "revoke", "Grace", "--at", "2999-12-31")).ExitCode);
        Assert.Equal(exit, (await project.RunAsync("audit", "verify")).ExitCode);
    }

    [Fact]
    public async Task Case_15_a_key_has_expired_for_what_it_signed_after_its_successor_took_over()
    {
        using var project = await SignedProject.CreateAsync();
        using var grace = await TrustedColleagueAsync(project);
        using var next = SigningKey.Generate();
        await grace.AcceptAsync("a.py", "a\n");
        Assert.Equal(0, (await project.RunAsync("trust", "rotate", "Grace", "--to", PublicKeyText.Of(next.Public), "--at", "1h")).ExitCode);
        var run = await project.RunAsync("audit", "verify");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("KeyExpired", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await project.RunAsync("trust", "rotate", "Grace")).ExitCode);
    }

    [Fact]
    public async Task Case_16_a_machines_key_may_not_have_decided()
    {
        using var project = await SignedProject.CreateAsync();
        using var grace = await TrustedColleagueAsync(project);
        await grace.AcceptAsync("a.py", "a\n");
        var own = (await ShowAsync(grace)).GetProperty("ownKey").GetString() ?? "";
        Assert.StartsWith("error COL7515", (await project.RunAsync("trust", "remove", "Grace")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await project.RunAsync("trust", "remove", "Grace", "--force")).ExitCode);
        Assert.Equal(0, (await project.RunAsync("trust", "add", own, "--name", "Grace", "--role", "ci", "--from", "1d")).ExitCode);
        var run = await project.RunAsync("audit", "verify");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("Its key may not sign a Decision entry.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ones_own_key_is_rotated_and_both_halves_of_the_log_stay_valid()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "a\n");
        var before = (await ShowAsync(project)).GetProperty("ownKeyId").GetString() ?? "";
        Assert.Equal(0, (await project.RunAsync("trust", "rotate")).ExitCode);
        var after = (await ShowAsync(project)).GetProperty("ownKeyId").GetString() ?? "";
        Assert.NotEqual(before, after);
        await project.AcceptAsync("a.py", "a\nb\n");
        var run = await project.RunAsync("audit", "verify");
        Assert.Equal((0, "5 entries in 2 streams: all valid.\n"), (run.ExitCode, run.Output));
        Assert.True(File.Exists(Path.Combine(project.Configuration, "keys", $"old-{before[..12]}.json")));
        Assert.False(File.Exists(Path.Combine(project.Configuration, "keys", "next.json")));
        using var old = SigningKey.Load(Path.Combine(project.Configuration, "keys", $"old-{before[..12]}.json"));
        Assert.Equal(before, old.KeyId);
    }

    [Fact]
    public async Task An_old_key_is_put_aside_as_a_file_of_its_own_that_only_its_owner_reads()
    {
        using var project = await SignedProject.CreateAsync();
        var id = (await ShowAsync(project)).GetProperty("ownKeyId").GetString() ?? "";
        var old = Path.Combine(project.Configuration, "keys", $"old-{id[..12]}.json");
        var elsewhere = project.At("elsewhere");
        await File.WriteAllTextAsync(elsewhere, "", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(old, elsewhere);
        Assert.Equal(0, (await project.RunAsync("trust", "rotate")).ExitCode);
        Assert.Equal("", await File.ReadAllTextAsync(elsewhere, TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(old));
        using var key = SigningKey.Load(old);
        Assert.Equal(id, key.KeyId);
    }

    [Fact]
    public async Task A_rotation_that_was_cut_short_goes_on_where_it_was()
    {
        using var project = await SignedProject.CreateAsync();
        var keys = Path.Combine(project.Configuration, "keys");
        var (json, kek) = (await File.ReadAllBytesAsync(Path.Combine(keys, "signing.json"), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Path.Combine(keys, "signing.kek"), TestContext.Current.CancellationToken));
        Assert.Equal(0, (await project.RunAsync("trust", "rotate")).ExitCode);
        var next = (await ShowAsync(project)).GetProperty("ownKeyId").GetString();

        // As it lay after the trust file was written and before the key files moved.
        File.Move(Path.Combine(keys, "signing.json"), Path.Combine(keys, "next.json"));
        await File.WriteAllBytesAsync(Path.Combine(keys, "next.kek"), kek, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(keys, "signing.json"), json, TestContext.Current.CancellationToken);
        foreach (var file in Directory.GetFiles(keys))
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(0, (await project.RunAsync("trust", "rotate")).ExitCode);
        Assert.Equal(next, (await ShowAsync(project)).GetProperty("ownKeyId").GetString());
        Assert.Equal(2, (await ShowAsync(project)).GetProperty("inForce").GetProperty("version").GetInt32());
    }

    [Theory]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKW/0QW2E/2cg2wvmx5wnO4VvIG2BHG1RcC2sUe7Qqjg ada@example.org")]
    [InlineData("not a key")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task Keys_are_taken_as_base64_or_as_openssh_lines_and_only_sound_ones(string text)
    {
        using var project = await SignedProject.CreateAsync();
        using var key = SigningKey.Generate();
        var line = text.StartsWith("ssh", StringComparison.Ordinal)
            ? "ssh-ed25519 " + Convert.ToBase64String([.. "\0\0\0\u000bssh-ed25519\0\0\0\u0020"u8, .. key.Public.Bytes]) + " ada@example.org"
            : text;
        var run = await project.RunAsync(["trust", "add", .. line.Split(' '), "--name", "Grace"]);
        Assert.Equal(line == text ? 2 : 0, run.ExitCode);
    }

    [Fact]
    public async Task Trust_init_founds_without_the_rest_and_only_once()
    {
        using var folder = new TemporaryFolder();
        using var home = new TemporaryFolder();
        await new Colophon.Kernel.Git.GitRunner(folder.Path).RunAsync(["init", "-q"]);
        var environment = new Dictionary<string, string> { ["HOME"] = home.Path, ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" };
        var run = await CliRun.OfAsync(folder.Path, ["trust", "init", "--name", "Ada"], environment: environment);
        Assert.Equal((0, "Pinned the trust root "), (run.ExitCode, run.Output[..22]));
        Assert.Equal(1, (await CliRun.OfAsync(folder.Path, ["trust", "init"], environment: environment)).ExitCode);
        Assert.Equal(0, (await CliRun.OfAsync(folder.Path, ["trust", "show"], environment: environment)).ExitCode);
    }

    private static async Task<SignedProject> TrustedColleagueAsync(SignedProject project)
    {
        var grace = await ColleagueAsync(project);
        await grace.RunAsync("trust", "pin", Fingerprint(project));
        var own = (await ShowAsync(grace)).GetProperty("ownKey").GetString() ?? "";
        Assert.Equal(0, (await project.RunAsync("trust", "add", own, "--name", "Grace")).ExitCode);
        return grace;
    }

    private static string Fingerprint(SignedProject project) =>
        JsonDocument.Parse(File.ReadAllText(Directory.GetFiles(Path.Combine(project.Configuration, "trust"))[0])).RootElement.GetProperty("root").GetString() ?? "";

    private static async Task<JsonElement> ShowAsync(SignedProject project) => JsonDocument.Parse((await project.RunAsync("trust", "show", "--json")).Output).RootElement;

    private static Task<SignedProject> ColleagueAsync(SignedProject project) => project.ColleagueAsync();
}
