using System.Text.Json;

namespace Colophon.Cli.Tests.Commands.Audit;

public sealed class CoverageCommandTests
{
    [Theory]
    [InlineData("50", 0)]
    [InlineData("66.66", 0)]
    [InlineData("66.67", 1)]
    [InlineData("80%", 1)]
    [InlineData("101", 2)]
    [InlineData("much", 2)]
    public async Task A_minimum_is_a_gate(string minimum, int exit)
    {
        using var project = await SampleAsync();
        var run = await project.RunAsync("coverage", "src/", "--min", minimum);
        Assert.Equal(exit, run.ExitCode);
        if (exit == 1)
            Assert.Contains("66.66 % of the lines are covered", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_are_relative_to_the_folder_one_is_in_and_one_without_a_file_is_an_error()
    {
        using var project = await SignedProject.CreateAsync();
        project.Write("src/deep/a.py", "one\n");
        project.Write("src/b.py", "two\n");
        Directory.CreateDirectory(project.At("src/empty"));
        foreach (var (word, files) in new[] { ("deep", "src/deep/a.py"), ("deep/a.py", "src/deep/a.py"), (".", "src/b.py src/deep/a.py"), ("../src/b.py", "src/b.py"), (project.At("src/deep"), "src/deep/a.py") })
        {
            using var json = JsonDocument.Parse((await CliRun.OfAsync(project.At("src"), ["coverage", word, "--json"], environment: project.Environment)).Output);
            Assert.Equal(files, string.Join(' ', json.RootElement.GetProperty("files").EnumerateArray().Select(static f => f.GetProperty("path").GetString())));
        }

        foreach (var word in new[] { "empty", "gone", "src", "../../..", "deep/a.p" })
        {
            var run = await CliRun.OfAsync(project.At("src"), ["coverage", word], environment: project.Environment);
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains("COL2041", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Markdown_tells_the_shares_and_nothing_of_the_project_is_markup_in_it()
    {
        using var project = await SampleAsync();
        await project.AcceptAsync("src/<img src=x>|`b`\u202e.py", "x\n", "login/check");
        var run = await project.RunAsync("coverage", "src/", "--markdown");
        Assert.StartsWith("## Specification coverage\n\n**75.00 %** of 4 lines", run.Output, StringComparison.Ordinal);
        Assert.Contains("| login/check (stale) | 3 | 2 |", run.Output, StringComparison.Ordinal);
        Assert.Contains("src/&#60;img src=x&#62;&#124;&#96;b&#96;\ufffd.py", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await project.RunAsync("coverage", "--markdown", "--json")).ExitCode);
    }

    [Fact]
    public async Task Requirements_without_code_and_code_without_requirement_are_told()
    {
        using var project = await SampleAsync();
        project.Write("openspec/specs/login/spec.md", "# login\n\n## Purpose\nTo let people in, and nobody else at all, ever.\n\n## Requirements\n\n### Requirement: Forget\nIt SHALL forget.\n\n#### Scenario: F\n- **WHEN** x\n- **THEN** y\n");
        using var json = JsonDocument.Parse((await project.RunAsync("coverage", "--json")).Output);
        Assert.Equal("""["login/forget"]""", json.RootElement.GetProperty("requirementsWithoutCode").GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
        Assert.Contains(json.RootElement.GetProperty("codeWithoutRequirement").EnumerateArray(), static f => f.GetProperty("path").GetString() == "src/a.py" && f.GetProperty("lines").GetInt32() == 1 && f.GetProperty("model").GetInt32() == 0);
        var text = await project.RunAsync("coverage");
        Assert.Contains("requirements without code\nlogin/forget\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("serve no requirement", text.Output, StringComparison.Ordinal);
        using var part = JsonDocument.Parse((await project.RunAsync("coverage", "src/", "--json")).Output);
        Assert.False(part.RootElement.TryGetProperty("requirementsWithoutCode", out _));
    }

    [Theory]
    [InlineData("folder", "src/")]
    [InlineData("file", "src/a.py")]
    [InlineData("spec", "login")]
    [InlineData("requirement", "login/check")]
    [InlineData("person", "Ada")]
    public async Task One_table_can_be_asked_for(string by, string name)
    {
        using var project = await SampleAsync();
        var run = await project.RunAsync("coverage", "--by", by);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(name, run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await project.RunAsync("coverage", "--by", by, "--json")).ExitCode);
        Assert.Equal(by == "folder" ? 0 : 2, (await project.RunAsync("coverage", "--by", by, "--depth", "1")).ExitCode);
    }

    [Fact]
    public async Task Folders_count_everything_below_them()
    {
        using var project = await SampleAsync();
        await project.AcceptAsync("src/deep/er/b.py", "x\n", "login/check");
        using var json = JsonDocument.Parse((await project.RunAsync("coverage", "src", "--json")).Output);
        Assert.Equal(["./4/2", "src/4/2", "src/deep/1/1", "src/deep/er/1/1"], json.RootElement.GetProperty("folders").EnumerateArray().Select(static f => $"{f.GetProperty("path").GetString()}/{f.GetProperty("lines").GetInt32()}/{f.GetProperty("files").GetInt32()}"));
    }

    [Fact]
    public async Task A_folder_gets_a_heat_map_and_a_page_a_file_and_loses_pages_of_files_that_are_gone()
    {
        using var project = await SampleAsync();
        project.Write("src/<b>&.py", "</pre><script>alert(1)</script>\n");
        await project.CommitAsync();
        Assert.Equal(0, (await project.RunAsync("coverage", "--html", "site")).ExitCode);
        var site = Path.Combine(project.Root, "site");
        var index = File.ReadAllText(Path.Combine(site, "index.html"));
        var pages = Directory.GetFiles(Path.Combine(site, "files"));
        Assert.All(pages, p => Assert.Contains($"files/{Path.GetFileName(p)}", index, StringComparison.Ordinal));
        Assert.All([index, .. pages.Select(File.ReadAllText)], static p =>
        {
            Assert.DoesNotContain("<script", p, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>&.py", p, StringComparison.Ordinal);
            Assert.DoesNotContain("http:", p, StringComparison.Ordinal);
            Assert.Contains("default-src 'none'", p, StringComparison.Ordinal);
        });
        File.Delete(Path.Combine(project.Root, "src/<b>&.py"));
        Assert.Equal(0, (await project.RunAsync("coverage", "src/a.py", "--html", "site")).ExitCode);
        Assert.Single(Directory.GetFiles(Path.Combine(site, "files")));
        Assert.Equal(2, (await project.RunAsync("coverage", "--html", "src")).ExitCode);
    }

    private static async Task<SignedProject> SampleAsync()
    {
        var project = await SignedProject.CreateAsync();
        project.Write("src/a.py", "# mine\n");
        await project.CommitAsync();
        await project.AcceptAsync("src/a.py", "# mine\na\nb\n", "login/check");
        return project;
    }
}
