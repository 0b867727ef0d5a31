using System.Diagnostics;
using System.Text;
using Colophon.Specs.Incremental;
using Colophon.Specs.Tests.Golden;

namespace Colophon.Specs.Tests.BadInput;

/// <summary>Trees that nobody writes on purpose, or only to harm.</summary>
public sealed class BadTreeTests(ITestOutputHelper output)
{
    private const string Main = "## Purpose\nThis capability exists so that bad input has something to stand beside.\n\n## Requirements\n\n### Requirement: A\nIt SHALL stay.\n\n#### Scenario: S\n- **THEN** x\n";
    private const string Delta = "## ADDED Requirements\n\n### Requirement: B\nIt SHALL come.\n\n#### Scenario: S\n- **THEN** x\n";

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_read_as_replacement_characters()
    {
        using var folder = new TemporaryTree().Add("openspec/specs/a/spec.md", [.. Encoding.UTF8.GetBytes(Main), 0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80]);
        var tree = folder.Open();
        Assert.True(Validation.All(tree).Valid);
        Assert.EndsWith("\uFFFD", tree.Spec("a").Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_hundred_megabytes_is_refused_by_its_size_and_named()
    {
        using var folder = new TemporaryTree().Add("openspec/specs/a/spec.md", "").Add("openspec/changes/c/specs/a/spec.md", Delta);
        // Sparse: it takes no room.
        using (var file = File.OpenWrite(Path.Combine(folder.Path, "openspec/specs/a/spec.md")))
            file.SetLength(100 * 1024 * 1024);
        var tree = folder.Open();
        var error = Assert.Throws<SpecException>(() => tree.Spec("a"));
        Assert.Equal(("COL1021", true), (error.Code, error.Message.Contains("larger than 64 MiB", StringComparison.Ordinal)));
        var report = Validation.All(tree);
        Assert.Equal("spec-unreadable", Assert.Single(Assert.Single(report.Items, static item => item.Kind == ItemKind.Spec).Issues).Code);
        Assert.Contains("64 MiB", Assert.Single(report.Items, static item => item.Kind == ItemKind.Spec).Issues[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_million_lines_is_read()
    {
        var text = new StringBuilder(Main, 16_000_000);
        for (var i = 0; i < 100_000; i++)
            text.Append("\n### Requirement: R").Append(i).Append("\nIt SHALL\n\n#### Scenario: S\n- x\n```\n# no\n```\n");
        using var folder = new TemporaryTree().Add("openspec/specs/a/spec.md", text.ToString()).Add("openspec/changes/c/specs/a/spec.md", Delta);
        var tree = folder.Open();
        Assert.True(Validation.All(tree).Valid);
        Assert.Equal(100_001, tree.Spec("a").Requirements.Count);
    }

    [Fact]
    public void A_hundred_thousand_headers_in_each_other_do_not_overflow_the_stack()
    {
        var text = new StringBuilder("## Purpose\nx\n## Requirements\n");
        for (var i = 0; i < 100_000; i++)
            text.Append('#', i % 6 + 1).Append(" h\n");
        using var folder = new TemporaryTree().Add("openspec/specs/a/spec.md", text.ToString()).Add("openspec/changes/c/specs/a/spec.md", text.ToString());
        Assert.False(Validation.All(folder.Open()).Valid);
    }

    [Fact]
    public void Ten_thousand_folders_in_each_other_end()
    {
        using var folder = new TemporaryTree().Add("openspec/specs/a/spec.md", Main).Add("openspec/changes/c/specs/a/spec.md", Delta);
        // A path cannot name them: pieces of a hundred are put into each other.
        const int pieces = 100;
        var piece = string.Join('/', Enumerable.Repeat("d", 100));
        Directory.CreateDirectory($"{folder.Path}/p0/{piece}");
        for (var i = 1; i < pieces; i++)
        {
            Directory.CreateDirectory($"{folder.Path}/p{i}/{piece}");
            Directory.Move($"{folder.Path}/p{i - 1}", $"{folder.Path}/p{i}/{piece}/p");
        }

        Directory.Move($"{folder.Path}/p{pieces - 1}", $"{folder.Path}/openspec/changes/c/specs/deep");
        try
        {
            var tree = folder.Open();
            Assert.Equal(["a", "c"], Validation.All(tree).Items.Select(static item => item.Id));
            Assert.Equal(2, new IncrementalValidation(tree).Report().Items.Count);
            Assert.Equal(0, DropInRun.Of(folder.Path, "list", "--json").ExitCode);
            Directory.Move($"{folder.Path}/openspec/changes/c/specs/deep", $"{folder.Path}/openspec/specs/deep");
            Assert.Equal(["a"], tree.Specs);
        }
        finally
        {
            var top = Directory.Exists($"{folder.Path}/openspec/specs/deep") ? $"{folder.Path}/openspec/specs/deep" : $"{folder.Path}/openspec/changes/c/specs/deep";
            for (var i = 0; i < pieces; i++)
            {
                var next = $"{folder.Path}/q{i}";
                if (Directory.Exists($"{top}/{piece}/p"))
                    Directory.Move($"{top}/{piece}/p", next);
                Directory.Delete(top, recursive: true);
                top = next;
            }
        }
    }

    [Theory]
    [InlineData("openspec/specs/a/spec.md", "spec.md")]
    [InlineData("openspec/changes/c/specs/a/spec.md", "spec.md")]
    [InlineData("openspec/changes/c/specs/loop.md", "loop.md")]
    [InlineData("openspec/changes/c/tasks.md", "tasks.md")]
    [InlineData("openspec/changes/c/proposal.md", "proposal.md")]
    [InlineData("openspec/changes/c/.openspec.yaml", ".openspec.yaml")]
    [InlineData("openspec/changes/loop", "loop")]
    [InlineData("openspec/specs/loop", "loop")]
    [InlineData("openspec/schemas", "schemas")]
    [InlineData("openspec/config.yaml", "config.yaml")]
    public void A_link_to_itself_is_at_most_a_finding(string path, string target)
    {
        using var folder = new TemporaryTree().Add("openspec/specs/b/spec.md", Main).Add("openspec/changes/c/specs/b/spec.md", Delta);
        Directory.CreateDirectory(Path.GetDirectoryName($"{folder.Path}/{path}") ?? "/");
        File.CreateSymbolicLink($"{folder.Path}/{path}", target);
        var tree = folder.Open();
        Assert.NotEmpty(Validation.All(tree).Items);
        Assert.NotEmpty(new IncrementalValidation(tree).Report().Items);
        foreach (var line in (string[])["list --json", "validate --all --json", "status --change c --json", "view", "archive c -y"])
            Assert.InRange(DropInRun.Of(folder.Path, line.Split(' ')).ExitCode, 0, 1);
    }

    [Fact]
    public async Task A_pipe_in_the_place_of_a_file_is_not_waited_for()
    {
        using var folder = new TemporaryTree().Add("openspec/specs/a/spec.md", Main).AddFolder("openspec/specs/b").AddFolder("openspec/changes/c/specs/a");
        foreach (var path in (string[])["openspec/specs/b/spec.md", "openspec/changes/c/specs/a/spec.md", "openspec/changes/c/tasks.md", "openspec/changes/c/proposal.md", "openspec/config.yaml"])
        {
            using var made = Process.Start("mkfifo", [$"{folder.Path}/{path}"]);
            await made.WaitForExitAsync();
            if (made.ExitCode != 0)
            {
                output.WriteLine("Skipped: this system makes no pipes.");
                return;
            }
        }

        var run = Task.Run(() => (Validation.All(folder.Open()), DropInRun.Of(folder.Path, "list")));
        var (report, list) = await run.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("spec-unreadable", Assert.Single(Assert.Single(report.Items, static item => item.Id == "b").Issues).Code);
        Assert.Equal(0, list.ExitCode);
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_a_finding()
    {
        using var folder = new TemporaryTree().Add("openspec/specs/a/spec.md", Main).Add("openspec/changes/c/specs/a/spec.md", Delta);
        var path = $"{folder.Path}/openspec/specs/a/spec.md";
        File.SetUnixFileMode(path, UnixFileMode.None);
        if (CanRead(path))
        {
            output.WriteLine("Skipped: this user may read everything (root).");
            return;
        }

        var report = Validation.All(folder.Open());
        Assert.Equal("spec-unreadable", Assert.Single(Assert.Single(report.Items, static item => item.Id == "a").Issues).Code);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Files_that_come_and_go_while_they_are_read_are_no_crash()
    {
        using var folder = new TemporaryTree();
        for (var i = 0; i < 20; i++)
            folder.Add($"openspec/specs/s{i}/spec.md", Main).Add($"openspec/changes/c{i}/specs/s{i}/spec.md", Delta).Add($"openspec/changes/c{i}/tasks.md", "- [ ] 1.1 a\n");
        var tree = folder.Open();
        using var stop = new CancellationTokenSource();
        var churn = Task.Run(() =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i = (i + 1) % 20)
            {
                Directory.Delete($"{folder.Path}/openspec/changes/c{i}", recursive: true);
                File.Delete($"{folder.Path}/openspec/specs/s{i}/spec.md");
                folder.Add($"openspec/changes/c{i}/specs/s{i}/spec.md", Delta).Add($"openspec/specs/s{i}/spec.md", Main);
            }
        });
        for (var i = 0; i < 60; i++)
        {
            Assert.NotNull(Validation.All(tree));
            Assert.InRange(DropInRun.Of(folder.Path, "list", "--json").ExitCode, 0, 1);
        }

        await stop.CancelAsync();
        await churn;
        Assert.Equal(40, Validation.All(tree).Items.Count);
    }

    [Fact]
    public void Names_that_differ_in_case_only_are_two_capabilities_where_the_file_system_tells_them_apart()
    {
        using var folder = new TemporaryTree().Add("openspec/specs/auth/spec.md", Main).Add("openspec/changes/c/specs/Auth/spec.md", Delta);
        var tree = folder.Open();
        var tells = !File.Exists($"{folder.Path}/openspec/specs/AUTH/spec.md");
        Assert.Equal(0, DropInRun.Of(folder.Path, "archive", "c", "-y").ExitCode);
        // One file system makes a second capability, the other adds to the first; neither loses what stood there.
        Assert.Equal(tells ? ["Auth", "auth"] : ["auth"], tree.Specs);
        Assert.Contains("### Requirement: A\n", File.ReadAllText($"{folder.Path}/openspec/specs/auth/spec.md"), StringComparison.Ordinal);
    }

    private static bool CanRead(string path)
    {
        try
        {
            File.ReadAllBytes(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
