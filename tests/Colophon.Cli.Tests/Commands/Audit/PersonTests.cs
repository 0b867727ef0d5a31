using System.Text.Json;

namespace Colophon.Cli.Tests.Commands.Audit;

/// <summary>Grace holds a key of her own and signs as Ada, who holds another.</summary>
public sealed class PersonTests
{
    [Fact]
    public async Task Who_signs_with_a_colleagues_name_is_shown_as_who_holds_the_key()
    {
        using var project = await SignedProject.CreateAsync();
        using var grace = await GraceAsync(project);
        var (generation, decision) = await grace.AcceptAsync("a.py", "x\n");

        Assert.Contains("Grace (called itself Ada)", (await project.RunAsync("audit", "log")).Output, StringComparison.Ordinal);
        Assert.Contains("Grace (called itself Ada), key ", (await project.RunAsync("audit", "show", decision.Leaf)).Output, StringComparison.Ordinal);
        Assert.Contains("Grace (called itself Ada)", (await project.RunAsync("blame", "a.py")).Output, StringComparison.Ordinal);
        var people = (await project.RunAsync("coverage", "--by", "person")).Output;
        Assert.Contains("Grace", people, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", people, StringComparison.Ordinal);

        var row = (await JsonAsync(project, "audit", "log", "--json")).GetProperty("entries")[0];
        Assert.Equal(("Grace", "Ada"), (row.GetProperty("developer").GetString(), row.GetProperty("claimedDeveloper").GetString()));
        var source = (await JsonAsync(project, "coverage", "--json")).GetProperty("sources")[0];
        Assert.Equal(("Grace", "Ada"), (source.GetProperty("person").GetString(), source.GetProperty("claimedPerson").GetString()));
        var run = (await JsonAsync(project, "blame", "a.py", "--json")).GetProperty("runs")[0];
        Assert.Equal(("Grace", "Ada"), (run.GetProperty("person").GetString(), run.GetProperty("claimedPerson").GetString()));
        var csv = (await project.RunAsync("audit", "log", "--csv")).Output.Split('\n');
        Assert.EndsWith(",claimedDeveloper", csv[0].TrimEnd('\r'), StringComparison.Ordinal);
        Assert.EndsWith(",Ada", csv[1].TrimEnd('\r'), StringComparison.Ordinal);
        var trace = JsonDocument.Parse((await project.RunAsync("audit", "log", "--format", "agent-trace")).Output).RootElement.GetProperty("metadata").GetProperty("colophon");
        Assert.Equal(("Grace", "Ada"), (trace.GetProperty("developer").GetString(), trace.GetProperty("claimedDeveloper").GetString()));
        await project.CommitAsync();
        Assert.Contains("\"human_author\": \"Grace\"", (await project.RunAsync("audit", "log", "--format", "git-ai")).Output, StringComparison.Ordinal);

        Assert.Contains(generation.Leaf[..12], (await project.RunAsync("audit", "log", "--developer", "grace")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(generation.Leaf[..12], (await project.RunAsync("audit", "log", "--developer", "ada")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifying_says_so_and_fails_nothing()
    {
        using var project = await SignedProject.CreateAsync();
        using var grace = await GraceAsync(project);
        await project.AcceptAsync("b.py", "x\n");
        Assert.DoesNotContain("Ada", (await project.RunAsync("audit", "verify")).Output, StringComparison.Ordinal);
        await grace.AcceptAsync("a.py", "x\n");
        var verified = await project.RunAsync("audit", "verify");
        Assert.Equal(0, verified.ExitCode);
        Assert.Contains("2 entries by the key of Grace call themselves Ada, whose key is another, such as .openspec/audit/v1/s/add-login/", verified.Output, StringComparison.Ordinal);
        var borrowed = (await JsonAsync(project, "audit", "verify", "--json")).GetProperty("borrowedNames");
        Assert.Equal(["Grace Ada", "Grace Ada"], borrowed.EnumerateArray().Select(static b => $"{b.GetProperty("developer")} {b.GetProperty("claimedDeveloper")}"));
    }

    [Fact]
    public async Task Where_no_trust_is_pinned_a_name_is_marked_as_claimed()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "x\n");
        Assert.DoesNotContain("claimed", (await project.RunAsync("audit", "log")).Output + (await project.RunAsync("audit", "log", "--json")).Output, StringComparison.OrdinalIgnoreCase);
        using var stranger = await project.ColleagueAsync();
        Assert.Contains("Ada (claimed)", (await stranger.RunAsync("audit", "log")).Output, StringComparison.Ordinal);
        var row = (await JsonAsync(stranger, "audit", "log", "--json")).GetProperty("entries")[0];
        Assert.Equal(("Ada", "Ada"), (row.GetProperty("developer").GetString(), row.GetProperty("claimedDeveloper").GetString()));
    }

    private static async Task<SignedProject> GraceAsync(SignedProject project)
    {
        var grace = await project.ColleagueAsync();
        var root = (await JsonAsync(project, "trust", "show", "--json")).GetProperty("fingerprint").GetString() ?? "";
        Assert.Equal(0, (await grace.RunAsync("trust", "pin", root)).ExitCode);
        var own = (await JsonAsync(grace, "trust", "show", "--json")).GetProperty("ownKey").GetString() ?? "";
        Assert.Equal(0, (await project.RunAsync("trust", "add", own, "--name", "Grace")).ExitCode);
        return grace;
    }

    private static async Task<JsonElement> JsonAsync(SignedProject project, params string[] words) => JsonDocument.Parse((await project.RunAsync(words)).Output).RootElement;
}
