using System.Text.Json;

namespace Colophon.Cli.Tests.Commands.Audit;

/// <summary>A project whose commits git makes itself, with the hook installed. Our own git never runs hooks.</summary>
internal static class HookedProject
{
    internal static async Task<SignedProject> CreateAsync()
    {
        var project = await SignedProject.CreateAsync();
        await project.CommitAsync();
        Assert.Equal(0, (await project.RunAsync("hooks", "install")).ExitCode);
        return project;
    }

    /// <summary>Stages paths and commits.</summary>
    internal static async Task<ProgramRun> CommitAsHookedAsync(this SignedProject project, params string[] paths)
    {
        if (paths.Length > 0)
            await project.GitAsync(["add", "-A", "--", .. paths]);
        return await project.HookedAsync("commit", "-q", "-m", "work");
    }

    /// <summary>Git as a person runs it.</summary>
    internal static Task<ProgramRun> HookedAsync(this SignedProject project, params string[] arguments) => ProgramRun.OfAsync("git", arguments, project.Root, environment: e =>
    {
        e["HOME"] = project.Environment["HOME"];
        e["GIT_EDITOR"] = "true";
        e.Remove("XDG_CONFIG_HOME");
        // The program beside the tests must find the runtime they run on.
        e["DOTNET_ROOT"] = Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "/");
    });

    /// <summary>The log must be valid, and a file's lines a model's (M) or a person's (h).</summary>
    internal static async Task ExpectAsync(this SignedProject project, string path, string owners)
    {
        var verified = await project.RunAsync("audit", "verify", "--accept-rollback");
        Assert.True(verified.ExitCode == 0, verified.Output);
        var blame = await project.RunAsync("blame", path, "--json");
        using var json = JsonDocument.Parse(blame.Output);
        Assert.Equal(owners, string.Concat(json.RootElement.GetProperty("runs").EnumerateArray()
            .Select(static r => new string(r.GetProperty("owner").GetString() switch { "model" => 'M', "human" => 'h', _ => '?' }, r.GetProperty("count").GetInt32()))));
    }

    /// <summary>How many entries of one kind the log has.</summary>
    internal static int Count(this SignedProject project, Provenance.Log.EntryKind kind) => project.Log().Entries().Count(e => e.Predicate.Kind == kind);
}
