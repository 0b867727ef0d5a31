using Colophon.Engine.Composition;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Log;
using Colophon.Security.Audit;

namespace Colophon.Engine.Tests;

/// <summary>What is denied and consented to in a run is signed into a stream of its own.</summary>
public sealed class SecurityLogTests
{
    [Fact]
    public async Task What_a_run_was_denied_is_in_the_log_once_with_its_number()
    {
        using var project = await Project.CreateAsync();
        await project.ApplyAsync(new Script().Calls(("read", new { path = "../../etc/passwd" })).Calls(("read", new { path = "../../etc/passwd" }), ("write", new { path = "/etc/motd", content = "x" })).Writes("a.py", "x\n"));
        var row = await SingleAsync(project);
        Assert.Equal([new SecurityEvent(SecurityEventKind.PathDenied, "../../etc/passwd", 2), new SecurityEvent(SecurityEventKind.PathDenied, "/etc/motd", 1)], row.Events);
        Assert.Equal(("_security", 3), (row.Entry.Predicate.Change, (await project.VerifyAsync()).Entries.Count));
        Assert.Equal(0, (await project.VerifyAsync()).ExitCode);
    }

    [Fact]
    public async Task A_run_that_fails_leaves_what_it_was_denied()
    {
        using var project = await Project.CreateAsync();
        await Assert.ThrowsAnyAsync<ColophonException>(() => project.ApplyAsync(new Script().Calls(("read", new { path = "../secret" })).Fails(400, "no")));
        Assert.Equal("../secret", Assert.Single((await SingleAsync(project)).Events).Subject);
        Assert.Equal(0, (await project.VerifyAsync()).ExitCode);
    }

    [Fact]
    public void A_key_that_is_read_is_noted_by_name_and_never_by_value()
    {
        using var home = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(home.Path, ".config/colophon"));
        File.WriteAllText(Path.Combine(home.Path, ".config/colophon/config.toml"), "[providers.fake]\nkind = \"anthropic\"\nbase_url = \"http://127.0.0.1:1\"\napi_key_env = \"FAKE_KEY\"\n");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home.Path, ["FAKE_KEY"] = "the very value" };
        var overrides = new EngineOverrides { Environment = environment, Model = "fake/model" };
        var parts = new EngineParts(new EngineFolders(home.Path, null), EngineEnvironment.Of(environment), overrides);
        parts.Models.Client(null).Dispose();
        Assert.Contains(parts.Journal.Drain(), static e => e is { Kind: SecurityEventKind.SecretRead, Subject: "environment variable FAKE_KEY" });
    }

    private static async Task<AuditRow> SingleAsync(Project project)
    {
        await using var engine = await ColophonEngine.OpenAsync(project.Repository.Root, project.Overrides(null));
        return Assert.Single((await ProjectAudit.OfAsync(engine)).Query(new AuditQuery { Kinds = [EntryKind.Security] }).Rows);
    }
}
