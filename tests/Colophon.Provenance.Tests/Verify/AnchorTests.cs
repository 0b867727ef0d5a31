using System.Diagnostics;
using Colophon.Provenance.Anchors;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Verify;

/// <summary>What somebody outside remembers of the log, and what that finds.</summary>
public sealed class AnchorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_tag_covers_what_was_there_and_git_itself_verifies_it()
    {
        using var project = await Project.CreateRealAsync();
        await project.FillAsync(2);
        await CommitAsync(project);
        var name = await Anchors(project).TagAsync(Anchors(project).Statement(), "Ada <x>", project.Key, Cancel);
        var all = await VerifyAsync(project);
        Assert.Equal((0, 0), (all.ExitCode, all.Anchors?.Unprotected));
        Assert.Equal((AnchorKind.Tag, name, "Ada", null), All(all.Anchors?.Anchors.Single()));

        await project.FillAsync(3);
        await CommitAsync(project);
        var later = await VerifyAsync(project, static o => o with { RequireAnchor = true });
        Assert.Equal((VerifyExitCode.Incomplete, 3), (later.ExitCode, later.Anchors?.Unprotected));
        Assert.Equal(3, later.Entries.Count(static e => e.Status == EntryStatus.Unanchored));
        Assert.Contains("3 entries since the last anchor", (await VerifyAsync(project)).Summary, StringComparison.Ordinal);

        Assert.SkipWhen(!Has("ssh-keygen"), "there is no ssh-keygen for git to ask");
        var signers = Path.Combine(project.Root, ".git", "signers");
        await File.WriteAllTextAsync(signers, $"* ssh-ed25519 {SshLine(project.Key.Public)}\n", Cancel);
        using var git = Process.Start(new ProcessStartInfo("git", ["-c", "gpg.format=ssh", "-c", $"gpg.ssh.allowedSignersFile={signers}", "verify-tag", name]) { WorkingDirectory = project.Root, RedirectStandardError = true });
        Assert.NotNull(git);
        var told = await git.StandardError.ReadToEndAsync(Cancel);
        await git.WaitForExitAsync(Cancel);
        Assert.True(git.ExitCode == 0, told);
    }

    [Fact]
    [TamperCase(24)]
    public async Task A_writer_who_rewrites_what_a_tag_covers_is_found()
    {
        using var project = await Project.CreateRealAsync();
        await project.FillAsync(2);
        await CommitAsync(project);
        await Anchors(project).TagAsync(Anchors(project).Statement(), "Ada", project.Key, Cancel);
        // The key's holder begins the log anew, with all its notes.
        Directory.Delete(Path.Combine(project.Audit, "s"), recursive: true);
        Directory.Delete(Path.Combine(project.Audit, "heads"), recursive: true);
        await project.FillAsync(2);
        await project.ExpectAsync(EntryStatus.Truncated, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(37)]
    public async Task An_entry_that_claims_to_be_newer_than_the_tag_that_covers_it_is_seen()
    {
        using var project = await Project.CreateRealAsync();
        project.Clock.Now = project.Clock.Now.AddHours(3);
        var late = (await project.FillAsync(2))[1];
        await CommitAsync(project);
        await project.ExpectEachAsync(2, strict: true);
        project.Clock.Now = project.Clock.Now.AddHours(-2);
        await Anchors(project).TagAsync(Anchors(project).Statement(), "Ada", project.Key, Cancel);
        var report = await project.ExpectAsync(EntryStatus.ClockAnomaly, VerifyExitCode.Integrity);
        Assert.Equal(EntryStatus.ClockAnomaly, report.Entries.Single(e => e.Entry.Leaf == late.Leaf).Status);
    }

    [Fact]
    public async Task A_tag_by_nobody_who_is_trusted_or_of_another_branch_does_not_count()
    {
        using var project = await Project.CreateRealAsync();
        await project.FillAsync(1);
        await CommitAsync(project);
        using var stranger = SigningKey.Generate();
        await Anchors(project).TagAsync(Anchors(project).Statement(), "Mallory", stranger, Cancel);
        Assert.Contains("not trusted", (await VerifyAsync(project)).Anchors?.Anchors.Single().Fault, StringComparison.Ordinal);
        Assert.Equal(VerifyExitCode.Incomplete, (await VerifyAsync(project, static o => o with { RequireAnchor = true })).ExitCode);

        await project.Repository.Git.RunAsync(["checkout", "-q", "-b", "side"], default, Cancel);
        await project.FillAsync(1);
        await CommitAsync(project);
        await Anchors(project).TagAsync(Anchors(project).Statement(), "Ada", project.Key, Cancel);
        await project.Repository.Git.RunAsync(["checkout", "-q", "main"], default, Cancel);
        var report = await VerifyAsync(project, static o => o with { AcceptRollback = true });
        Assert.Equal(0, report.ExitCode);
        Assert.Contains(report.Anchors?.Anchors ?? [], static a => a.Fault == "it lies on another branch (refs/heads/side)");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [TamperCase(24)]
    public async Task An_anchored_commit_that_its_branch_was_moved_away_from_is_missed(bool verified)
    {
        using var project = await AnchoredAsync();
        if (verified)
            await project.ExpectValidAsync();
        await GitAsync(project, "reset", "-q", "--hard", "HEAD~1");
        await project.FillAsync(1, "instead");
        await CommitAsync(project);
        var report = await project.ExpectAsync(EntryStatus.Truncated, VerifyExitCode.Integrity);
        Assert.Contains(report.Findings, static f => f.Path.StartsWith("refs/tags/colophon/anchor-", StringComparison.Ordinal));
        Assert.Equal(verified, report.Findings.Any(static f => f.Message.Contains("last verified here", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false, EntryStatus.Gap, VerifyExitCode.Incomplete)]
    [InlineData(true, EntryStatus.Truncated, VerifyExitCode.Integrity)]
    [TamperCase(24)]
    public async Task An_anchored_commit_that_no_branch_holds_is_missed_in_a_clone(bool before, EntryStatus status, int exitCode)
    {
        using var project = await AnchoredAsync();
        var clone = project.Root + "-clone";
        if (before)
            await CloneAsync(project, clone);
        await GitAsync(project, "reset", "-q", "--hard", "HEAD~1");
        await project.FillAsync(1, "instead");
        await CommitAsync(project);
        if (!before)
            await CloneAsync(project, clone);
        var there = await Kernel.Git.GitRepository.DiscoverAsync(clone, Cancel);
        await there.Git.RunAsync(["-c", "protocol.file.allow=always", "fetch", "-q", "--tags", "origin"], default, Cancel);
        await there.Git.RunAsync(["checkout", "-q", "-B", "main", "--track", "origin/main"], default, Cancel);
        var report = await Verifier.VerifyAsync(there, new VerifyOptions { ConfigurationDirectory = project.Configuration }, Cancel);
        Assert.Equal((exitCode, status), (report.ExitCode, Assert.Single(report.Findings).Status));

        // Once somebody says that nothing was lost, by taking the anchor back, it is as it was.
        await there.Git.RunAsync(["tag", "-d", report.Anchors?.Anchors.Single().Name ?? ""], default, Cancel);
        Assert.Equal(0, (await Verifier.VerifyAsync(there, new VerifyOptions { ConfigurationDirectory = project.Configuration }, Cancel)).ExitCode);
    }

    [Fact]
    [TamperCase(24)]
    public async Task A_stream_that_an_anchor_of_another_branch_knows_otherwise_was_rewritten_or_forked()
    {
        using var project = await Project.CreateRealAsync();
        var first = (await project.FillAsync(1))[0];
        await CommitAsync(project);
        var memory = Directory.GetFiles(project.Repository.PrivateDirectory, "*", SearchOption.AllDirectories).Select(static f => (Path: f, Bytes: File.ReadAllBytes(f))).ToArray();
        await project.FillAsync(1);
        await CommitAsync(project);
        await Anchors(project).TagAsync(Anchors(project).Statement(), "Ada", project.Key, Cancel);
        await GitAsync(project, "branch", "kept");
        await GitAsync(project, "reset", "-q", "--hard", "HEAD~1");
        await project.ExpectValidAsync();
        foreach (var (path, bytes) in memory)
            await File.WriteAllBytesAsync(path, bytes, Cancel);
        var other = (await project.FillAsync(1))[0];
        Assert.Equal((first.Predicate.Stream, 2), (other.Predicate.Stream, other.Predicate.Seq));
        await CommitAsync(project);
        var report = await project.ExpectAsync(EntryStatus.CheckpointMismatch, VerifyExitCode.Integrity);
        Assert.Contains("rewritten or forked", Assert.Single(report.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_an_older_branch_all_later_anchors_are_only_told_of()
    {
        using var project = await AnchoredAsync();
        await GitAsync(project, "branch", "old", "HEAD~1");
        for (var i = 0; i < 2; i++)
        {
            await project.FillAsync(1, "later");
            await CommitAsync(project);
            await Anchors(project).TagAsync(Anchors(project).Statement(), "Ada", project.Key, Cancel);
        }

        await GitAsync(project, "checkout", "-q", "old");
        var report = await VerifyAsync(project);
        Assert.Equal((0, 3), (report.ExitCode, report.Anchors?.Anchors.Count(static a => a.Fault == "it lies on another branch (refs/heads/main)")));
        Assert.Equal(report.Anchors?.Anchors.Select(static a => a.Name).Order(StringComparer.Ordinal), report.Anchors?.Anchors.Select(static a => a.Name));
    }

    [Fact]
    public async Task An_anchor_holds_wherever_its_entries_went()
    {
        using var project = await Project.CreateRealAsync();
        await project.FillAsync(1);
        await CommitAsync(project);
        await GitAsync(project, "checkout", "-q", "-b", "topic");
        await project.FillAsync(1, "topic");
        await CommitAsync(project);
        await Anchors(project).TagAsync(Anchors(project).Statement(), "Ada", project.Key, Cancel);
        await GitAsync(project, "checkout", "-q", "main");
        await project.FillAsync(1, "meanwhile");
        await CommitAsync(project);
        await GitAsync(project, "merge", "-q", "--squash", "topic");
        await GitAsync(project, "commit", "-q", "-m", "squashed");
        await GitAsync(project, "branch", "-q", "-D", "topic");
        var report = await VerifyAsync(project);
        Assert.Equal((0, 1, null), (report.ExitCode, report.Anchors?.Unprotected, report.Anchors?.Anchors.Single().Fault));
    }

    [Fact]
    public async Task An_altered_tag_has_no_signer()
    {
        using var project = await Project.CreateRealAsync();
        await project.FillAsync(1);
        await CommitAsync(project);
        var name = await Anchors(project).TagAsync(Anchors(project).Statement(), "Ada", project.Key, Cancel);
        var text = (await project.Repository.Git.RunAsync(["cat-file", "tag", name], default, Cancel)).Text + "\n";
        foreach (var bad in (string[])[text.Replace("tagger Ada", "tagger Eve", StringComparison.Ordinal), text.Replace("AAAA", "AAAB", StringComparison.Ordinal), text[..text.IndexOf("-----BEGIN", StringComparison.Ordinal)]])
        {
            var id = (await project.Repository.Git.RunAsync(["hash-object", "-t", "tag", "-w", "--stdin"], System.Text.Encoding.UTF8.GetBytes(bad), Cancel)).Text;
            await project.Repository.Git.RunAsync(["update-ref", $"refs/tags/{name}", id], default, Cancel);
            Assert.NotNull((await VerifyAsync(project)).Anchors?.Anchors.Single().Fault);
        }
    }

    [Fact]
    public async Task A_file_that_forgets_nothing_remembers_the_log()
    {
        using var project = await Project.CreateRealAsync();
        using var storage = new TemporaryFolder();
        var file = storage.Sub("anchors.txt");
        await project.FillAsync(1);
        AnchorFile.Append(file, Anchors(project).Statement());
        await project.FillAsync(1);
        AnchorFile.Append(file, Anchors(project).Statement());
        await CommitAsync(project);
        var report = await VerifyAsync(project, o => o with { AnchorFiles = [file], RequireAnchor = true });
        Assert.Equal((0, 2), (report.ExitCode, report.Anchors?.Anchors.Count));

        Directory.Delete(Path.Combine(project.Audit, "heads"), recursive: true);
        await project.FillAsync(1);
        report = await VerifyAsync(project, o => o with { AnchorFiles = [file], History = true });
        Assert.Contains(report.Findings, f => f.Status == EntryStatus.Gap && f.Path.EndsWith("anchors.txt", StringComparison.Ordinal));
        await File.AppendAllTextAsync(file, "scribble\n", Cancel);
        var refused = await Assert.ThrowsAsync<ProvenanceException>(() => VerifyAsync(project, o => o with { AnchorFiles = [file] }));
        Assert.Equal(ProvenanceError.AnchorUnusable, refused.Error);
    }

    [Fact]
    public async Task An_authority_stamps_the_time_and_only_one_that_is_trusted_counts()
    {
        Assert.SkipWhen(!Has("openssl"), "there is no openssl to be the authority");
        using var project = await Project.CreateRealAsync();
        using var authority = new TemporaryFolder();
        Found(authority.Path);
        await project.FillAsync(2);
        var anchors = Anchors(project);
        var reply = Stamp(authority.Path, anchors.Request(anchors.Statement()));
        var taken = anchors.Reply(reply);
        Assert.Equal(anchors.Statement().Text, taken.Statement.Text);
        await CommitAsync(project);

        // The clock of the tests stands in the past of the stamp, as it should.
        var untrusted = await VerifyAsync(project, static o => o with { RequireAnchor = true });
        Assert.Equal(VerifyExitCode.Incomplete, untrusted.ExitCode);
        Assert.NotNull(untrusted.Anchors?.Anchors.Single().Fault);
        var report = await VerifyAsync(project, o => o with { RequireAnchor = true, Authorities = [authority.Sub("ca.pem")] });
        Assert.True(report.ExitCode == 0, report.Summary + report.Anchors?.Anchors.Single().Fault);
        Assert.Equal((AnchorKind.TimeStamp, "Colophon test authority"), (report.Anchors?.Anchors.Single().Kind, report.Anchors?.Anchors.Single().By));

        var token = Assert.Single(Directory.GetFiles(Path.Combine(project.Audit, "anchors"), "*.tsr"));
        Forger.Bytes(token, static b =>
        {
            b[^20] ^= 1;
            return b;
        });
        Assert.Equal(VerifyExitCode.Signature, (await VerifyAsync(project)).ExitCode);
        File.Delete(token);
        await project.ExpectAsync(EntryStatus.Truncated, VerifyExitCode.Integrity);
        Assert.Throws<ProvenanceException>(() => anchors.Reply(new byte[] { 1, 2, 3 }));
        Assert.Throws<ProvenanceException>(() => anchors.Reply(Stamp(authority.Path, TimeStampOfAnotherLog(project))));
    }

    [Theory]
    [InlineData("000000000000", "colophon-anchor 1\nrepo 00\n")]
    [InlineData(null, "and more\n")]
    public async Task What_is_no_statement_is_malformed_also_where_nothing_was_stamped(string? name, string text)
    {
        using var project = await Project.CreateRealAsync();
        await project.FillAsync(1);
        var anchors = Anchors(project);
        anchors.Request(anchors.Statement());
        await CommitAsync(project);
        await project.ExpectValidAsync();
        var folder = Path.Combine(project.Audit, "anchors");
        await File.AppendAllTextAsync(Path.Combine(folder, (name ?? anchors.Statement().Name) + ".anchor"), text, Cancel);
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task A_stamp_without_its_statement_and_a_statement_of_another_log_are_told()
    {
        using var project = await Project.CreateRealAsync();
        await project.FillAsync(1);
        await CommitAsync(project);
        var folder = Path.Combine(project.Audit, "anchors");
        Directory.CreateDirectory(folder);
        var stamp = Path.Combine(folder, "000000000000.tsr");
        await File.WriteAllTextAsync(stamp, "x", Cancel);
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
        File.Delete(stamp);
        Anchors(project).Request(new AnchorStatement(new string('a', 32), [new string('b', 64)]));
        await project.ExpectAsync(EntryStatus.CheckpointMismatch, VerifyExitCode.Integrity);
    }

    [Fact]
    public void Of_an_empty_log_anchors_cover_nothing()
    {
        var report = new VerifyReport { Entries = [], Findings = [new Finding(EntryStatus.Gap, "x", "y")], Streams = 0, Anchors = new AnchorReport([new AnchorFact(AnchorKind.File, "f", null, "its storage", null)], 0, null) };
        Assert.Equal("0 entries in 0 streams: 1 finding(s) Gap.", report.Summary);
    }

    [Fact]
    public async Task A_range_judges_only_what_its_commits_brought()
    {
        using var project = await Project.CreateRealAsync();
        var first = await project.FillAsync(2);
        await CommitAsync(project);
        await project.FillAsync(1, "another");
        await CommitAsync(project);
        Forger.Bytes(first[0].FilePath, static b => b[..40]);
        Assert.NotEqual(0, (await VerifyAsync(project)).ExitCode);
        var report = await VerifyAsync(project, static o => o with { Range = "HEAD~1..HEAD" });
        Assert.Equal((0, "another"), (report.ExitCode, Assert.Single(report.Entries).Entry.Change));
        foreach (var wrong in (string[])["nowhere..HEAD", "--all", "-n1"])
            Assert.Equal(ProvenanceError.RangeUnknown, (await Assert.ThrowsAsync<ProvenanceException>(() => VerifyAsync(project, o => o with { Range = wrong }))).Error);
    }

    // A request leaves its statement in the log; this one must be over none that is there.
    private static byte[] TimeStampOfAnotherLog(Project project)
    {
        var request = Anchors(project).Request(new AnchorStatement(new string('a', 32), [new string('b', 64)]));
        foreach (var statement in Directory.GetFiles(Path.Combine(project.Audit, "anchors"), "*.anchor"))
            File.Delete(statement);
        return request;
    }

    private static (AnchorKind?, string?, string?, string?) All(AnchorFact? fact) => (fact?.Kind, fact?.Name, fact?.By, fact?.Fault);

    private static AuditAnchors Anchors(Project project) => new(project.Repository, project.Options);

    private static Task<VerifyReport> VerifyAsync(Project project, Func<VerifyOptions, VerifyOptions>? change = null)
    {
        var options = new VerifyOptions { ConfigurationDirectory = project.Configuration };
        return Verifier.VerifyAsync(project.Repository, change?.Invoke(options) ?? options, Cancel);
    }

    private static string SshLine(PublicKey key) => Convert.ToBase64String([0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. key.Bytes]);

    private static void Found(string folder)
    {
        Run(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "3650", "-subj", "/CN=Colophon test root");
        Run(folder, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Colophon test authority");
        File.WriteAllText(Path.Combine(folder, "tsa.ext"), "extendedKeyUsage=critical,timeStamping\n");
        Run(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "tsa.pem", "-days", "3650", "-extfile", "tsa.ext");
        File.WriteAllText(Path.Combine(folder, "tsa.cnf"), "[tsa]\ndefault_tsa=c\n[c]\nserial=serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\ness_cert_id_alg=sha256\n");
        File.WriteAllText(Path.Combine(folder, "serial"), "01\n");
    }

    private static byte[] Stamp(string folder, byte[] request)
    {
        File.WriteAllBytes(Path.Combine(folder, "q.tsq"), request);
        Run(folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "r.tsr");
        return File.ReadAllBytes(Path.Combine(folder, "r.tsr"));
    }

    private static void Run(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true });
        var error = process?.StandardError.ReadToEnd();
        process?.WaitForExit();
        Assert.True(process?.ExitCode == 0, error);
    }

    private static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Two commits, of which the second is anchored.</summary>
    private static async Task<Project> AnchoredAsync()
    {
        var project = await Project.CreateRealAsync();
        await project.FillAsync(1);
        await CommitAsync(project);
        await project.FillAsync(1, "anchored");
        await CommitAsync(project);
        await Anchors(project).TagAsync(Anchors(project).Statement(), "Ada", project.Key, Cancel);
        return project;
    }

    private static async Task CloneAsync(Project project, string folder) =>
        await new Kernel.Git.GitRunner("/").RunAsync(["-c", "protocol.file.allow=always", "clone", "-q", project.Root, folder], default, Cancel);

    private static async Task GitAsync(Project project, params string[] arguments) => await project.Repository.Git.RunAsync(arguments, default, Cancel);

    private static async Task CommitAsync(Project project)
    {
        await project.Repository.Git.RunAsync(["add", "-A"], default, Cancel);
        await project.Repository.Git.RunAsync(["commit", "-q", "-m", "work"], default, Cancel);
    }
}
