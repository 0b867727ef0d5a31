using System.Text.Json;
using System.Threading.Channels;
using Colophon.Cli.Terminals;
using Colophon.Cli.Tests.Commands.Audit;

namespace Colophon.Cli.Tests.Commands;

public sealed class WatchCommandTests
{
    private const string Tasks = "## 1. Work\n- [ ] 1.1 First\n- [ ] 1.2 Second\n";

    [Fact]
    public async Task Json_is_a_line_an_event_and_Ctrl_C_ends_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/changes/add-x/tasks.md", Tasks);
        await using var run = Run.Start(folder.Path, ["watch", "--json"]);
        using (var started = JsonDocument.Parse(await run.LineAsync()))
        {
            Assert.Equal("started", started.RootElement.GetProperty("type").GetString());
            var change = Assert.Single(started.RootElement.GetProperty("changes").EnumerateArray());
            Assert.Equal(("add-x", "proposed", 2), (change.GetProperty("name").GetString(), change.GetProperty("state").GetString(), change.GetProperty("totalTasks").GetInt32()));
        }

        folder.Write("openspec/changes/add-x/tasks.md", Tasks.Replace("[ ] 1.1", "[x] 1.1", StringComparison.Ordinal));
        using (var ticked = JsonDocument.Parse(await run.LineAsync()))
        {
            Assert.Equal("taskTicked", ticked.RootElement.GetProperty("type").GetString());
            Assert.Equal("1.1", ticked.RootElement.GetProperty("task").GetProperty("id").GetString());
        }

        Assert.Contains("\"in-progress\"", await run.LineAsync(), StringComparison.Ordinal);
        await run.InterruptAsync();
    }

    [Fact]
    public async Task A_pipe_gets_the_table_and_then_a_line_an_event()
    {
        using var folder = new TemporaryFolder();
        folder.Write("openspec/changes/add-x/tasks.md", Tasks);
        await using var run = Run.Start(folder.Path, ["watch"]);
        Assert.Contains("1 change, 0 specifications, 1 invalid", await run.LineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("change", await run.LineAsync(), StringComparison.Ordinal);
        Assert.Contains("add-x", await run.LineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("change add-x: invalid, 1 error: openspec/changes/add-x:1: COL1102: Change must have at least one delta.", await run.LineAsync(), StringComparison.Ordinal);
        folder.Write("openspec/changes/add-x/specs/\e[2Jevil/spec.md", "");
        var evil = await run.LineAsync();
        Assert.Contains("change add-x: invalid, 2 errors", evil, StringComparison.Ordinal);
        Assert.Contains("openspec/changes/add-x/specs/\u241b[2Jevil/spec.md", evil, StringComparison.Ordinal);
        Directory.Move(folder.At("openspec/changes/add-x"), folder.At("away"));
        Assert.EndsWith("change add-x: gone", await run.LineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_that_takes_an_approval_away_is_told()
    {
        using var project = await SignedProject.CreateAsync();
        project.Write(".colophon/config.toml", "[approval]\nrequired = 1\n");
        project.Write("openspec/changes/add-x/proposal.md", "# Add x\n\n## Why\n\nBecause.\n\n## What Changes\n\n- x\n");
        project.Write("openspec/changes/add-x/tasks.md", Tasks);
        project.Write("openspec/changes/add-x/specs/things/spec.md", "## ADDED Requirements\n\n### Requirement: Things work\nThings SHALL work.\n\n#### Scenario: It works\n- **WHEN** used\n- **THEN** it works\n");
        await project.CommitAsync();
        Assert.Equal(0, (await project.RunAsync("approve", "add-x", "--yes")).ExitCode);
        await using (var text = Run.Start(project.Root, ["watch"], environment: project.Environment))
        {
            await text.LineAsync();
            Assert.Matches("approvals +problems", await text.LineAsync());
            Assert.Matches("^add-x +proposed +0/2 +1/1", await text.LineAsync());
        }

        await using var run = Run.Start(project.Root, ["watch", "--json"], environment: project.Environment);
        Assert.Contains("\"approvals\":[{\"name\":\"add-x\",\"approvals\":\"1/1\"}]", await run.LineAsync(), StringComparison.Ordinal);
        project.Write("openspec/changes/add-x/tasks.md", Tasks + "- [ ] 1.3 Third\n");
        Assert.StartsWith("{\"type\":\"tasksChanged\"", await run.LineAsync(), StringComparison.Ordinal);
        Assert.Equal("{\"type\":\"approvalsChanged\",\"name\":\"add-x\",\"approvals\":\"0/1\"}", await run.LineAsync());
    }

    [Fact]
    public async Task A_terminal_gets_a_line_a_finding()
    {
        using var folder = new TemporaryFolder();
        await using var run = Run.Start(folder.Path, ["watch"], new TerminalTraits { Interactive = true });
        Assert.Contains("0 changes", await run.LineAsync(), StringComparison.Ordinal);
        folder.Write("openspec/specs/auth/spec.md", "# Auth\n");
        Assert.EndsWith("spec auth: new", await run.LineAsync(), StringComparison.Ordinal);
        Assert.EndsWith("spec auth: invalid, 1 error", await run.LineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("  openspec/specs/auth/spec.md:1: error COL1131: Spec must have a Purpose section", await run.LineAsync(), StringComparison.Ordinal);
    }

    /// <summary>The program running in this process, its output line by line.</summary>
    private sealed class Run : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
        private Task _program = Task.CompletedTask;

        internal static Run Start(string directory, string[] words, TerminalTraits? traits = null, Dictionary<string, string>? environment = null)
        {
            var run = new Run();
            var terminal = new Terminal(new LineWriter(run._lines.Writer), TextWriter.Null, TextReader.Null, traits ?? new TerminalTraits());
            run._program = CliProgram.RunAsync(["-C", directory, .. words], terminal, environment ?? [], run._stop.Token);
            return run;
        }

        /// <summary>The next line. Only a program that is broken takes longer.</summary>
        internal async Task<string> LineAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            return await _lines.Reader.ReadAsync(limit.Token);
        }

        internal async Task InterruptAsync()
        {
            await _stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _program);
        }

        public async ValueTask DisposeAsync()
        {
            if (!_stop.IsCancellationRequested)
                await InterruptAsync();
            _stop.Dispose();
        }
    }

    private sealed class LineWriter(ChannelWriter<string> lines) : StringWriter
    {
        public override void Flush() => Cut();

        private void Cut()
        {
            var text = GetStringBuilder().ToString();
            var end = text.LastIndexOf('\n') + 1;
            if (end == 0)
                return;
            GetStringBuilder().Remove(0, end);
            foreach (var line in text[..(end - 1)].Split('\n'))
                lines.TryWrite(line);
        }
    }
}
