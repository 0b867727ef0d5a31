namespace Colophon.Architecture.Tests;

public sealed class BannedTypeTests
{
    private static readonly string[] Hosts = ["Microsoft.AspNetCore", "Microsoft.Extensions.Hosting", "OpenTelemetry", "Spectre.Console", "System.CommandLine"];
    private static readonly string[] ModelPackages = ["Microsoft.Extensions.AI", "Microsoft.Extensions.DependencyInjection"];

    public static TheoryData<string> Libraries => [.. Repository.Projects("src").Where(static p => p != "Colophon.Cli")];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Libraries_know_no_host_and_no_console(string project)
    {
        var use = AssemblyUse.Of(project);
        Assert.DoesNotContain(use.Assemblies, static a => Hosts.Any(host => a.StartsWith(host, StringComparison.Ordinal)));
        Assert.DoesNotContain("System.Console", use.Types);
    }

    [Theory]
    [InlineData("Colophon.Kernel")]
    [InlineData("Colophon.Text")]
    [InlineData("Colophon.Specs")]
    [InlineData("Colophon.Provenance")]
    public void The_verifier_can_be_reviewed_alone(string project)
    {
        Assert.DoesNotContain(AssemblyUse.Of(project).Assemblies, static a => ModelPackages.Any(package => a.StartsWith(package, StringComparison.Ordinal)));
        Assert.DoesNotContain(Repository.Packages(project), static p => ModelPackages.Any(package => p.StartsWith(package, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void No_provider_sdk_is_in_the_product(string project) =>
        Assert.DoesNotContain(AssemblyUse.Of(project).Assemblies, static a => a is "Anthropic" or "OpenAI");

    [Fact]
    public void Only_the_git_runner_and_the_users_editor_start_a_process_by_class()
    {
        var starters = Repository.Sources("src")
            .Where(static file => File.ReadAllText(file).Contains("new ProcessStartInfo", StringComparison.Ordinal)).Select(Repository.Relative);
        Assert.Equal(["src/Colophon.Cli/Terminals/Editor.cs", "src/Colophon.Kernel/Git/GitRunner.cs"], starters);
    }

    [Fact]
    public void Only_the_sandbox_spawns()
    {
        var spawners = Repository.Sources("src")
            .Where(static file => File.ReadAllText(file) is var text && (text.Contains("\"posix_spawn", StringComparison.Ordinal) || text.Contains("\"execve", StringComparison.Ordinal)))
            .Select(Repository.Relative);
        Assert.All(spawners, static file => Assert.StartsWith("src/Colophon.Security/Sandbox/", file, StringComparison.Ordinal));
    }

    [Fact]
    public void The_gateway_speaks_http_and_nothing_else_does()
    {
        foreach (var project in Repository.Projects("src").Where(static p => p is not "Colophon.Models"))
            Assert.DoesNotContain("System.Net.Http.HttpClient", AssemblyUse.Of(project).Types);
    }
}
