using System.Text.Json;
using Colophon.Provenance.Attribution;
using Colophon.Provenance.Coverage;
using Colophon.Provenance.Coverage.Page;
using Colophon.Provenance.Tests.Attribution;

namespace Colophon.Provenance.Tests.Coverage;

public sealed class CoverageTests
{
    private const string Body = "def start():\n    open_the_door()\n    greet()\n    return 0\n";

    [Fact]
    public async Task Lines_are_counted_by_requirement_task_model_and_person()
    {
        using var project = await SampleAsync();
        var report = await ReportAsync(project);
        Assert.Equal(new LineTotals(9, 6, 3, 0), report.Project);
        Assert.Equal(6666, report.Project.BasisPoints);
        Assert.Equal([new CoverageShare("cli", 6, 2)], report.Specs);
        Assert.Equal([new CoverageShare("cli/start", 6, 2)], report.Requirements);
        Assert.Equal([new CoverageShare("add-cli 1.1", 4, 1), new CoverageShare("add-cli 1.2", 2, 1)], report.Tasks);
        Assert.Equal([new CoverageShare("replay/sonnet", 6, 2)], report.Models);
        Assert.Equal([new CoverageShare("Ada", 6, 2)], report.People);
        Assert.Equal([new CoverageShare("add-cli", 6, 2)], report.Changes);
    }

    [Fact]
    public async Task The_figures_of_the_files_add_up_to_the_project()
    {
        using var project = await SampleAsync();
        var report = await ReportAsync(project);
        Assert.Equal(report.Project, report.Files.Aggregate(default(LineTotals), static (t, f) => t + f.Totals));
        Assert.All(report.Files, static f => Assert.Equal(f.Totals.Lines, f.Runs.Sum(static r => r.Count)));
    }

    [Fact]
    public void Files_of_more_lines_than_an_int_counts_add_up_and_the_share_holds()
    {
        const int Each = int.MaxValue;
        static AttributedFile File(string path, OwnerKind kind) =>
            new(path, Each, [new LineRun(1, Each, kind == OwnerKind.Unknown ? new LineOwner(kind, null, null, null, new UnknownCause(UnknownReason.HistoryNotHere, "not here")) : new LineOwner(kind, null, null, null))]);
        var tree = new TreeAttribution(null, [File("a/1", OwnerKind.Model), File("a/2", OwnerKind.Model), File("a/3", OwnerKind.Human), File("b/4", OwnerKind.Unknown), File("b/5", OwnerKind.Unknown)], []);
        var report = CodeCoverage.Count(tree, [], new CoverageOptions());
        Assert.Equal(new LineTotals(5L * Each, 2L * Each, Each, 2L * Each), report.Project);
        Assert.Equal(4_000, report.Project.BasisPoints);
        Assert.Equal(new LineTotals(3L * Each, 2L * Each, Each, 0), report.Folders.Single(static f => f.Path == "a").Totals);
        Assert.Equal(2L * Each, Assert.Single(report.Unknown).Lines);
        Assert.Equal(5L * Each, report.WithoutRequirement.Sum(static f => f.Lines));
        Assert.Equal(10_000, new LineTotals(long.MaxValue, long.MaxValue, 0, 0).BasisPoints);
        using var page = new StringWriter();
        CoveragePage.Write(report, static _ => null, new CoveragePageOptions { Project = "p" }, page);
        Assert.Contains("10,737,418,235 lines", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_narrow_the_report_and_specifications_count_only_when_asked_for()
    {
        using var project = await SampleAsync();
        Assert.Equal(["src/b.py"], (await ReportAsync(project, new CoverageOptions { Paths = ["src/"] })).Files.Select(static f => f.Path));
        Assert.Equal(["a.py"], (await ReportAsync(project, new CoverageOptions { Paths = ["a.py"] })).Files.Select(static f => f.Path));
        Assert.Contains("openspec/project.md", (await ReportAsync(project, new CoverageOptions { Specifications = true })).Files.Select(static f => f.Path));
        Assert.Contains((await ReportAsync(project)).Notes, static n => n.StartsWith("openspec/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Specifications_of_any_openspec_folder_are_no_code_but_code_in_a_folder_of_that_name_is()
    {
        using var project = await SampleAsync();
        foreach (var path in (string[])["pkg/openspec/project.md", "pkg/openspec/notes/a.md", "apps/web/openspec/specs/cart/spec.md", "lib/openspec/parse.py"])
            project.Write(path, "text\n");
        var report = await ReportAsync(project);
        Assert.Equal(["a.py", "lib/openspec/parse.py", "src/b.py"], report.Files.Select(static f => f.Path));
        Assert.Equal(["a.py", "apps/web/openspec/specs/cart/spec.md", "lib/openspec/parse.py", "openspec/project.md", "pkg/openspec/notes/a.md", "pkg/openspec/project.md", "src/b.py"], (await ReportAsync(project, new CoverageOptions { Specifications = true })).Files.Select(static f => f.Path));
        Assert.Single((await ReportAsync(project, new CoverageOptions { Paths = ["pkg/openspec/project.md"] })).Files);
    }

    [Fact]
    public async Task A_shallow_clone_and_missing_content_are_told()
    {
        using var project = await SampleAsync();
        await project.CommitAsync();
        project.Write("a.py", "other\n");
        await project.CommitAsync();
        using var folder = new TemporaryFolder();
        await project.GitAsync("-c", "protocol.file.allow=always", "clone", "-q", "--depth", "1", "file://" + project.Root, folder.Path);
        var shallow = await Kernel.Git.GitRepository.DiscoverAsync(folder.Path, default);
        var report = await CodeCoverage.ComputeAsync(shallow, project.Entries, static _ => true, new CoverageOptions(), default);
        Assert.Contains(report.Notes, static n => n.Contains("--unshallow", StringComparison.Ordinal));
        var blob = await project.GitAsync("rev-parse", "HEAD:src/b.py");
        File.SetAttributes(Path.Combine(project.Root, ".git", "objects", blob[..2], blob[2..]), FileAttributes.Normal);
        File.Delete(Path.Combine(project.Root, ".git", "objects", blob[..2], blob[2..]));
        var holed = await ReportAsync(project, new CoverageOptions { Attribution = new Colophon.Provenance.Attribution.AttributionOptions { WorkingTree = false } });
        Assert.Contains(holed.Skipped, static s => s is { Path: "src/b.py", Reason: Colophon.Provenance.Attribution.SkipReason.Missing });
        Assert.Contains(holed.Notes, static n => n.Contains("missing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("00", false)]
    [InlineData("11", true)]
    public async Task A_requirement_that_reads_differently_today_is_stale(string today, bool stale)
    {
        using var project = await SampleAsync();
        var report = await ReportAsync(project, new CoverageOptions { Requirements = new Dictionary<string, string> { ["cli/start"] = today } });
        Assert.Equal(stale, Assert.Single(report.Requirements).IsStale);
    }

    [Fact]
    public async Task The_json_has_the_documented_shape()
    {
        using var project = await SampleAsync();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            CoverageJson.Write(await ReportAsync(project), writer);
        using var json = JsonDocument.Parse(stream.ToArray());
        Assert.Equal("colophon.coverage/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal(66.66m, json.RootElement.GetProperty("project").GetProperty("percent").GetDecimal());
        var file = json.RootElement.GetProperty("files")[0];
        Assert.Equal("""[{"start":1,"count":1,"owner":"human"},{"start":2,"count":4,"owner":"model","source":0}]""", file.GetProperty("runs").GetRawText());
        var source = json.RootElement.GetProperty("sources")[0];
        Assert.Equal(("1.1", "Ada", "replay/sonnet"), (source.GetProperty("task").GetString(), source.GetProperty("person").GetString(), source.GetProperty("model").GetString()));
    }

    [Fact]
    public async Task Nothing_of_the_project_is_markup_in_the_page()
    {
        using var project = await SampleProject.CreateAsync();
        const string Evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>";
        project.Accept("</script><b>.py", Evil + "\n", task: Evil);
        var page = await PageAsync(project);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>.py", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("</script>").Length - 1);
    }

    [Fact]
    public async Task The_page_needs_nothing_from_anywhere()
    {
        using var project = await SampleAsync();
        var page = await PageAsync(project);
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_full_says_so()
    {
        using var project = await SampleAsync();
        Assert.Contains("Only the first 2 of 5 lines", await PageAsync(project, new CoveragePageOptions { LinesPerFile = 2 }), StringComparison.Ordinal);
        Assert.Contains("This page is full", await PageAsync(project, new CoveragePageOptions { Lines = 5 }), StringComparison.Ordinal);
    }

    private static async Task<SampleProject> SampleAsync()
    {
        var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        project.Write("openspec/project.md", "# Project\n");
        project.Write("src/b.py", "x = 1\ny = 2\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\n" + Body);
        project.Accept("src/b.py", "x = 1\ny = 2\nz = 3\nw = 4\n", task: "1.2");
        return project;
    }

    private static Task<CoverageReport> ReportAsync(SampleProject project, CoverageOptions? options = null) =>
        CodeCoverage.ComputeAsync(project.Repository, project.Entries, static _ => true, options ?? new CoverageOptions(), default);

    private static async Task<string> PageAsync(SampleProject project, CoveragePageOptions? options = null)
    {
        using var writer = new StringWriter();
        CoveragePage.Write(await ReportAsync(project), project.Read, options ?? new CoveragePageOptions(), writer);
        return writer.ToString();
    }
}
