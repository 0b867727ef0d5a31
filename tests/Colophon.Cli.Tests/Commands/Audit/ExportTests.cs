using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Colophon.Provenance.Log;

namespace Colophon.Cli.Tests.Commands.Audit;

/// <summary>The forms of other tools, checked against what those publish.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task Agent_trace_records_have_the_published_shape_and_count_the_commits_lines()
    {
        using var project = await SignedProject.CreateAsync();
        project.Write("src/a b.py", "one\ntwo\n");
        await project.CommitAsync();
        var (generation, decision) = await project.AcceptAsync("src/a b.py", "zero\none\ntwo\nthree\nfour\n", "auth/login");
        Assert.DoesNotContain("\"vcs\"", (await project.RunAsync("audit", "log", "--format", "agent-trace")).Output, StringComparison.Ordinal);
        var commit = await project.CommitAsync();
        var run = await project.RunAsync("audit", "log", "--format", "agent-trace");
        using var record = JsonDocument.Parse(Assert.Single(run.Output.TrimEnd('\n').Split('\n')));
        CheckTrace(record.RootElement);
        Assert.Equal(commit, record.RootElement.GetProperty("vcs").GetProperty("revision").GetString());
        var conversation = record.RootElement.GetProperty("files")[0].GetProperty("conversations")[0];
        Assert.Equal("src/a b.py", record.RootElement.GetProperty("files")[0].GetProperty("path").GetString());
        Assert.Equal("replay/sonnet", conversation.GetProperty("contributor").GetProperty("model_id").GetString());
        Assert.Equal($"urn:colophon:entry:{generation.Leaf}", conversation.GetProperty("url").GetString());
        Assert.Equal("[{\"start_line\":1,\"end_line\":1},{\"start_line\":4,\"end_line\":5}]", conversation.GetProperty("ranges").GetRawText());
        Assert.Contains(decision.Leaf, conversation.GetProperty("related").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("urn:colophon:requirement:auth/login", conversation.GetProperty("related").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_with_another_content_is_no_revision_of_a_trace()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "a\n");
        project.Write("a.py", "other\na\n");
        await project.CommitAsync();
        using var record = JsonDocument.Parse((await project.RunAsync("audit", "log", "--format", "agent-trace")).Output);
        CheckTrace(record.RootElement);
        Assert.False(record.RootElement.TryGetProperty("vcs", out _));
    }

    [Fact]
    public async Task Authorship_notes_go_through_git_and_say_the_lines_after_several_entries()
    {
        using var project = await SignedProject.CreateAsync();
        var (first, _) = await project.AcceptAsync("src/my file.py", "a\nb\nc\n");
        var (second, _) = await project.AcceptAsync("src/my file.py", "a\nx\ny\nc\n");
        var commit = await project.CommitAsync();
        await ImportAsync(project);
        var note = await NoteAsync(project, commit);
        Assert.Equal($"\"src/my file.py\"\n  {Hash(first)} 1,4\n  {Hash(second)} 2-3\n", note.Attestations);
        CheckMetadata(note.Metadata, commit);
        var prompt = note.Metadata.GetProperty("prompts").GetProperty(Hash(second));
        Assert.Equal((2, 1, 2), (prompt.GetProperty("total_additions").GetInt32(), prompt.GetProperty("total_deletions").GetInt32(), prompt.GetProperty("accepted_lines").GetInt32()));
        Assert.Equal(("colophon", second.Leaf, "Ada"), (prompt.GetProperty("agent_id").GetProperty("tool").GetString(), prompt.GetProperty("agent_id").GetProperty("id").GetString(), prompt.GetProperty("human_author").GetString()));

        // A second import goes on from the first.
        await project.AcceptAsync("b.py", "b\n");
        var next = await project.CommitAsync();
        await ImportAsync(project);
        Assert.StartsWith("b.py\n  ", (await NoteAsync(project, next)).Attestations, StringComparison.Ordinal);
        Assert.Equal("2", await project.GitAsync("rev-list", "--count", "refs/notes/ai"));
    }

    [Fact]
    public async Task A_file_that_was_committed_otherwise_is_left_out_and_said_to_be()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "a\n");
        await project.AcceptAsync("b.py", "b\n");
        project.Write("a.py", "other\na\n");
        var commit = await project.CommitAsync();
        var run = await project.RunAsync("audit", "log", "--format", "git-ai");
        Assert.Contains("1 file is left out: committed otherwise than the entries left it, such as a.py", run.Error, StringComparison.Ordinal);
        await ImportAsync(project);
        Assert.DoesNotContain("a.py", (await NoteAsync(project, commit)).Attestations, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_the_format_cannot_hold_is_said_to_be_the_reason()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a\"q.py", "a\n");
        await project.CommitAsync();
        var run = await project.RunAsync("audit", "log", "--format", "git-ai");
        Assert.Contains("1 file is left out: the format has no way to name it, such as a\"q.py", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_counts_what_is_printed_and_not_what_was_looked_through()
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "a\n");
        await project.CommitAsync();
        var (generation, decision) = await project.AcceptAsync("b.py", "b\nb\n");
        await project.AcceptAsync("c.py", "c\n");
        var newest = await project.CommitAsync();
        Assert.Equal(0, (await project.RunAsync("audit", "redact", generation.Leaf, "--field", "prompt", "--reason", "x")).ExitCode);

        var trace = await project.RunAsync("audit", "log", "-n", "1", "--format", "agent-trace");
        Assert.Contains("\"path\":\"c.py\"", Assert.Single(trace.Output.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.StartsWith("There are more: the same command with --after ", trace.Error, StringComparison.Ordinal);
        var second = await project.RunAsync("audit", "log", "-n", "1", "--format", "agent-trace", "--after", trace.Error.TrimEnd()[^12..]);
        Assert.Contains(decision.Leaf, second.Output, StringComparison.Ordinal);
        var last = await project.RunAsync("audit", "log", "-n", "1", "--format", "agent-trace", "--after", second.Error.TrimEnd()[^12..]);
        Assert.Contains("\"path\":\"a.py\"", last.Output, StringComparison.Ordinal);
        Assert.Empty(last.Error);

        var notes = (await project.RunAsync("audit", "log", "-n", "1", "--format", "git-ai")).Output;
        Assert.Equal([$"N inline {newest}"], notes.Split('\n').Where(static l => l.StartsWith("N ", StringComparison.Ordinal)));
        Assert.Contains("\nb.py\n", notes, StringComparison.Ordinal);
        Assert.Contains("\nc.py\n", notes, StringComparison.Ordinal);

        var envelopes = await project.RunAsync("audit", "log", "-n", "2", "--format", "in-toto");
        Assert.Equal(2, envelopes.Output.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("There are more", envelopes.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent-trace")]
    [InlineData("git-ai")]
    public async Task Nothing_to_print_is_said_beside_the_result(string format)
    {
        using var project = await SignedProject.CreateAsync();
        await project.AcceptAsync("a.py", "a\n");
        var run = await project.RunAsync("audit", "log", "--kind", "generation", "--format", format);
        Assert.Equal((0, "", "No entry that fits says which lines were written.\n"), (run.ExitCode, run.Output, run.Error));
    }

    private static async Task ImportAsync(SignedProject project)
    {
        var stream = (await project.RunAsync("audit", "log", "--format", "git-ai")).Output;
        await project.Repository.Git.RunAsync(["fast-import", "--quiet"], Encoding.UTF8.GetBytes(stream), TestContext.Current.CancellationToken);
    }

    private static async Task<(string Attestations, JsonElement Metadata)> NoteAsync(SignedProject project, string commit)
    {
        var text = await project.GitAsync("notes", "--ref=ai", "show", commit);
        var divider = text.IndexOf("---\n", StringComparison.Ordinal);
        foreach (var line in text[..divider].TrimEnd('\n').Split('\n'))
            Assert.Matches("""^(  [0-9a-f]{16} \d+(-\d+)?(,\d+(-\d+)?)*|"[^"]*\s[^"]*"|[^\s"]+)$""", line);
        return (text[..divider], JsonDocument.Parse(text[(divider + 4)..]).RootElement);
    }

    // Git AI Standard v3.0.0, 1.2.4.
    private static void CheckMetadata(JsonElement metadata, string commit)
    {
        Assert.Equal("authorship/3.0.0", metadata.GetProperty("schema_version").GetString());
        Assert.Equal(commit, metadata.GetProperty("base_commit_sha").GetString());
        foreach (var prompt in metadata.GetProperty("prompts").EnumerateObject())
        {
            Assert.Matches("^[0-9a-f]{16}$", prompt.Name);
            var agent = prompt.Value.GetProperty("agent_id");
            Assert.Equal(prompt.Name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{agent.GetProperty("tool").GetString()}:{agent.GetProperty("id").GetString()}")))[..16]);
            Assert.Equal(JsonValueKind.String, agent.GetProperty("model").ValueKind);
            Assert.Equal(JsonValueKind.Array, prompt.Value.GetProperty("messages").ValueKind);
            foreach (var number in (string[])["total_additions", "total_deletions", "accepted_lines", "overridden_lines", "overriden_lines"])
                Assert.True(prompt.Value.GetProperty(number).GetInt64() >= 0);
        }
    }

    // https://agent-trace.dev/schemas/v1/trace-record.json: what is required, what may be there, and the patterns.
    private static void CheckTrace(JsonElement record)
    {
        Members(record, ["version", "id", "timestamp", "files"], ["vcs", "tool", "metadata"]);
        Matches(record, "version", "^[0-9]+\\.[0-9]+$");
        Matches(record, "id", "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$");
        Matches(record, "timestamp", "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$");
        if (record.TryGetProperty("vcs", out var vcs))
        {
            Members(vcs, ["type", "revision"], []);
            Matches(vcs, "type", "^git$");
            Matches(vcs, "revision", "^[0-9a-f]{40}$");
        }

        Members(record.GetProperty("tool"), ["name", "version"], []);
        foreach (var file in record.GetProperty("files").EnumerateArray())
        {
            Members(file, ["path", "conversations"], []);
            foreach (var conversation in file.GetProperty("conversations").EnumerateArray())
            {
                Members(conversation, ["ranges"], ["url", "contributor", "related"]);
                Assert.True(Uri.TryCreate(conversation.GetProperty("url").GetString(), UriKind.Absolute, out _));
                Members(conversation.GetProperty("contributor"), ["type"], ["model_id"]);
                Matches(conversation.GetProperty("contributor"), "type", "^(human|ai|mixed|unknown)$");
                foreach (var range in conversation.GetProperty("ranges").EnumerateArray())
                {
                    Members(range, ["start_line", "end_line"], ["content_hash", "contributor"]);
                    Assert.InRange(range.GetProperty("start_line").GetInt64(), 1, range.GetProperty("end_line").GetInt64());
                }

                foreach (var related in conversation.GetProperty("related").EnumerateArray())
                {
                    Members(related, ["type", "url"], []);
                    Assert.True(Uri.TryCreate(related.GetProperty("url").GetString(), UriKind.Absolute, out _));
                }
            }
        }
    }

    private static void Members(JsonElement element, string[] required, string[] optional)
    {
        var names = element.EnumerateObject().Select(static m => m.Name).ToArray();
        Assert.Empty(required.Except(names));
        Assert.Empty(names.Except(required).Except(optional));
    }

    private static void Matches(JsonElement element, string name, string pattern) => Assert.Matches(new Regex(pattern), element.GetProperty(name).GetString());

    private static string Hash(Entry generation) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"colophon:{generation.Leaf}")))[..16];
}
