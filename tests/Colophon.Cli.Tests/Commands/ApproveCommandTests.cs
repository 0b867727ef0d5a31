using System.Text.Json;
using Colophon.Cli.Terminals;
using Colophon.Cli.Tests.Commands.Audit;
using Colophon.Provenance.Keys;

namespace Colophon.Cli.Tests.Commands;

public sealed class ApproveCommandTests
{
    private static readonly TerminalTraits s_typing = new() { Interactive = true };

    [Fact]
    public async Task What_is_approved_is_shown_and_asked_about()
    {
        using var project = await ProjectAsync();
        var no = await CliRun.OfAsync(project.Root, ["approve"], "n\n", s_typing, project.Environment);
        Assert.Equal(1, no.ExitCode);
        foreach (var shown in (string[])["Because.", "added     Things work  (1 scenario)", "[ ] 1.1 Do it", "Validation: no findings", "proposal.md, specs/things/spec.md, tasks.md", "Approve this text?", "Nothing was recorded."])
            Assert.Contains(shown, no.Output, StringComparison.Ordinal);
        Assert.Empty(project.Log().Entries());

        var yes = await CliRun.OfAsync(project.Root, ["approve", "add-x", "--note", "as discussed"], "y\n", s_typing, project.Environment);
        Assert.Equal(0, yes.ExitCode);
        Assert.Contains("approved as Ada, entry ", yes.Output, StringComparison.Ordinal);
        var status = await project.RunAsync("status");
        Assert.Contains("approved  Ada (developer), ", status.Output, StringComparison.Ordinal);
        Assert.Contains("as discussed", status.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await project.RunAsync("audit", "verify")).ExitCode);
    }

    [Fact]
    public async Task Who_wrote_it_is_not_proposed_where_authors_may_not_approve()
    {
        using var project = await ProjectAsync();
        project.Write(".colophon/config.toml", "[approval]\nrequired = 1\nallow_author = false\nbefore = [\"apply\"]\n");
        project.Write("openspec/changes/add-x/proposal.md", (project.Read("openspec/changes/add-x/proposal.md") ?? "") + "- One more\n");
        var status = await project.RunAsync("status", "add-x");
        Assert.Contains("Nobody who is trusted here could approve it", status.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await project.RunAsync("approve", "add-x", "--yes")).ExitCode);
    }

    [Fact]
    public async Task Nobody_to_ask_is_told()
    {
        using var project = await ProjectAsync();
        Assert.StartsWith("error COL7511", (await project.RunAsync("approve")).Error, StringComparison.Ordinal);
        Assert.Contains("COL7511", (await project.RunAsync("approve", "--json")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await project.RunAsync("request-changes")).ExitCode);
    }

    [Fact]
    public async Task A_verdict_is_json_where_json_was_asked_for_and_the_log_shows_it()
    {
        using var project = await ProjectAsync();
        var run = await project.RunAsync("approve", "--yes", "--json", "--note", "fine");
        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        var leaf = root.GetProperty("entry").GetString() ?? "";
        Assert.Equal(("add-x", "approved", 3), (root.GetProperty("change").GetString(), root.GetProperty("verdict").GetString(), root.GetProperty("files").GetArrayLength()));
        var verdict = root.GetProperty("approval").GetProperty("verdicts")[0];
        Assert.Equal(("Ada", "developer", "counts", "fine"), (verdict.GetProperty("who").GetString(), verdict.GetProperty("role").GetString(), verdict.GetProperty("standing").GetString(), verdict.GetProperty("reason").GetString()));

        await project.RunAsync("request-changes", "--reason", "What about y?");
        using var log = JsonDocument.Parse((await project.RunAsync("audit", "log", "--json")).Output);
        Assert.Equal(["changesRequested", "approved"], log.RootElement.GetProperty("entries").EnumerateArray().Select(static e => e.GetProperty("verdict").GetString()));
        Assert.EndsWith(",approved,\r\n", (await project.RunAsync("audit", "log", "--csv")).Output, StringComparison.Ordinal);
        var shown = (await project.RunAsync("audit", "show", leaf[..12])).Output;
        Assert.Contains("kind         approved", shown, StringComparison.Ordinal);
        Assert.Contains("tasks.md  ", shown, StringComparison.Ordinal);
        using var statement = JsonDocument.Parse((await project.RunAsync("audit", "show", leaf, "--json")).Output);
        Assert.Equal("urn:colophon:change:add-x", statement.RootElement.GetProperty("subject")[0].GetProperty("name").GetString());
        Assert.Contains("changes requested", (await project.RunAsync("audit", "log")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_approve_what_two_must_and_an_edit_takes_it_back()
    {
        using var project = await ProjectAsync("required = 2\n");
        using var grace = await project.ColleagueAsync();
        await grace.RunAsync("trust", "pin", await TrustAsync(project, "fingerprint"));
        await project.RunAsync("trust", "add", await TrustAsync(grace, "ownKey"), "--name", "Grace", "--role", "reviewer");
        var refused = await project.RunAsync("apply", "add-x", "--yes");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("error COL7001: 'add-x' may not be applied: it has 0 of 2 approvals", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Ada (developer), Grace (reviewer)", refused.Error, StringComparison.Ordinal);

        Assert.Contains("1 of 2 approvals.", (await project.RunAsync("approve", "--yes")).Output, StringComparison.Ordinal);
        Assert.Contains("2 of 2 approvals.", (await grace.RunAsync("approve", "--yes")).Output, StringComparison.Ordinal);
        Assert.Contains("2/2", (await project.RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Contains("Next: `colophon apply add-x`", (await project.RunAsync("status")).Output, StringComparison.Ordinal);
        project.Write("openspec/changes/add-x/tasks.md", "## 1. Work\n\n- [x] 1.1 Do it\n");
        using (var ticked = JsonDocument.Parse((await project.RunAsync("status", "--json")).Output))
            Assert.Equal((true, 100), (ticked.RootElement.GetProperty("canArchive").GetBoolean(), ticked.RootElement.GetProperty("percentage").GetInt32()));
        project.Write("openspec/changes/add-x/tasks.md", "## 1. Work\n\n- [x] 1.1 Do it otherwise\n");
        var status = await project.RunAsync("status");
        Assert.Contains("; lapsed: tasks.md changed", status.Output, StringComparison.Ordinal);
        Assert.Contains("Cannot be archived: 'add-x' may not be archived: it has 0 of 2 approvals", status.Output, StringComparison.Ordinal);
        using var list = JsonDocument.Parse((await project.RunAsync("list", "--json")).Output);
        var change = list.RootElement.GetProperty("changes")[0];
        Assert.Equal(("complete", "ready-to-archive", "notApproved"), (change.GetProperty("status").GetString(), change.GetProperty("state").GetString(), change.GetProperty("archiveBlockers")[0].GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Nothing_is_archived_before_it_is_approved()
    {
        using var project = await ProjectAsync("required = 1\nbefore = [\"archive\"]\n");
        project.Write("openspec/changes/add-x/tasks.md", "## 1. Work\n\n- [x] 1.1 Do it\n");
        var refused = await project.RunAsync("archive", "add-x", "--yes");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("error COL7001: 'add-x' may not be archived: it has 0 of 1 approvals", refused.Error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(project.At("openspec/changes/add-x")));
        await project.RunAsync("request-changes", "--reason", "No.");
        Assert.StartsWith("error COL7002", (await project.RunAsync("archive", "add-x", "--yes")).Error, StringComparison.Ordinal);
        await project.RunAsync("approve", "--yes");
        var archived = await project.RunAsync("archive", "add-x", "--yes");
        Assert.True(archived.ExitCode == 0, archived.Error);
        Assert.False(Directory.Exists(project.At("openspec/changes/add-x")));
        var name = Path.GetFileName(Assert.Single(Directory.GetDirectories(project.At("openspec/changes/archive"))));
        Assert.Contains("approved  Ada (developer)", (await project.RunAsync("status", name)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_change_is_approved_only_where_that_is_said()
    {
        using var project = await ProjectAsync();
        project.Write("openspec/changes/add-x/specs/things/spec.md", "## ADDED Requirements\n\n### Requirement: Things work\nThings work.\n");
        var refused = await project.RunAsync("approve", "--yes");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("error COL7011", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await project.RunAsync("approve", "--yes", "--even-if-invalid")).ExitCode);
    }

    [Fact]
    public async Task Without_a_key_or_without_trust_the_way_is_told()
    {
        using var project = await ProjectAsync();
        var key = SigningKey.DefaultPath(project.Configuration);
        File.Move(key, key + ".away");
        var run = await project.RunAsync("approve", "--yes");
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("error COL2011", run.Error, StringComparison.Ordinal);
        Assert.Contains("hint: ", run.Error, StringComparison.Ordinal);
        File.Move(key + ".away", key);
        Directory.Delete(project.At(".openspec/audit/v1/trust"), recursive: true);
        run = await project.RunAsync("approve", "--yes");
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("error COL2021", run.Error, StringComparison.Ordinal);
        Assert.Contains("colophon init", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task What_a_killed_apply_left_is_told_by_commands_that_only_look()
    {
        using var project = await ProjectAsync();
        project.Write(".git/colophon/journal/x/intent.json", """{"version":1,"id":"x","change":"add-x","task":"1.1","tasksFile":"openspec/changes/add-x/tasks.md","session":"s","decision":"","newFolders":[],"steps":[]}""");
        foreach (var command in (string[])["list", "status"])
        {
            var run = await project.RunAsync(command);
            Assert.Equal("interrupted: task 1.1 of 'add-x' was accepted and not fully written; `colophon apply add-x` finishes it first.\n", run.Error);
        }

        Assert.True(File.Exists(project.At(".git/colophon/journal/x/intent.json")));
    }

    private static async Task<SignedProject> ProjectAsync(string rules = "")
    {
        var project = await SignedProject.CreateAsync();
        project.Write(".colophon/config.toml", "[approval]\n" + rules);
        project.Write("openspec/changes/add-x/proposal.md", "# Add x\n\n## Why\n\nBecause.\n\n## What Changes\n\n- x\n");
        project.Write("openspec/changes/add-x/tasks.md", "## 1. Work\n\n- [ ] 1.1 Do it\n");
        project.Write("openspec/changes/add-x/specs/things/spec.md", "## ADDED Requirements\n\n### Requirement: Things work\nThings SHALL work.\n\n#### Scenario: It works\n- **WHEN** used\n- **THEN** it works\n");
        await project.CommitAsync();
        return project;
    }

    private static async Task<string> TrustAsync(SignedProject project, string member)
    {
        using var json = JsonDocument.Parse((await project.RunAsync("trust", "show", "--json")).Output);
        return json.RootElement.GetProperty(member).GetString() ?? "";
    }
}
