namespace Colophon.Engine.Tests;

/// <summary>A project whose ignore rules would keep the log out of commits.</summary>
public sealed class IgnoredLogTests
{
    private const string Settings = ".openspec/audit/.gitignore";

    [Theory]
    [InlineData("*.json\n*.note\nv1/\n", null)]
    [InlineData("*.json\n", "/v1/disc/\n*.colophon-tmp\n")]
    [InlineData("*.json\n", "# ours\n/v1/s/private/\n")]
    public async Task The_log_comes_into_commits_whatever_is_ignored_elsewhere(string rules, string? settings)
    {
        using var project = await Project.CreateAsync();
        project.Repository.Write(".gitignore", rules);
        if (settings is null)
            File.Delete(project.Repository.At(Settings));
        else
            project.Repository.Write(Settings, settings);
        var events = await project.ApplyAsync(new Script().Writes("a.txt", "one\n"));
        Assert.DoesNotContain(events.OfType<EngineEvent.Notice>(), static n => n.Message.Contains("ignores", StringComparison.Ordinal));
        await project.Repository.CommitAsync();
        var tracked = (await project.Repository.Git.RunAsync(["ls-files", ".openspec"])).Text.Split('\n');
        var log = Directory.GetFiles(project.Repository.At(".openspec"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(project.Repository.Root, f)).Where(f => settings?.StartsWith('#') == true || !f.Contains("/disc/", StringComparison.Ordinal)).ToArray();
        Assert.Contains(log, static f => f.Contains("/s/add-x/", StringComparison.Ordinal) && f.EndsWith(".json", StringComparison.Ordinal));
        Assert.Equal(log.Order(StringComparer.Ordinal), tracked.Order(StringComparer.Ordinal));
        Assert.EndsWith(settings ?? "", project.Repository.Read(Settings), StringComparison.Ordinal);
        Assert.Null(await IgnoredAsync(project));
    }

    [Fact]
    public async Task Where_a_rule_still_keeps_it_out_everybody_says_so()
    {
        using var project = await Project.CreateAsync();
        File.AppendAllText(project.Repository.At(".git/info/exclude"), "# local\n.openspec/\n");
        var events = await project.ApplyAsync(new Script().Writes("a.txt", "one\n"));
        Assert.Contains(events.OfType<EngineEvent.Notice>(), Tells);
        var init = await ColophonEngine.InitAsync(project.Repository.Root, project.Overrides(null));
        Assert.Contains(init.Notes, static n => n.Contains("git ignores", StringComparison.Ordinal));
        var doctor = await ColophonEngine.DoctorAsync(project.Repository.Root, project.Overrides(null));
        Assert.Contains(doctor.Checks, static c => c is { Name: "log", Status: DoctorStatus.Warning } && c.Message.Contains(".openspec/", StringComparison.Ordinal));
        var hooks = await ProjectHooks.OfAsync(project.Repository.Root, project.Overrides(null));
        Assert.Contains(await hooks.RunAsync("", false), static t => t.Contains("git ignores", StringComparison.Ordinal));
        var ignored = await IgnoredAsync(project);
        Assert.Contains("info/exclude:", ignored?.Message, StringComparison.Ordinal);
        Assert.Contains("of the log", ignored?.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await project.VerifyAsync()).ExitCode);

        static bool Tells(EngineEvent.Notice notice) => notice.Message.Contains("git ignores the log's files", StringComparison.Ordinal) && notice.Hint is not null;
    }

    private static async Task<IgnoredLog?> IgnoredAsync(Project project)
    {
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        return await (await ProjectAudit.OfAsync(engine)).IgnoredAsync();
    }
}
