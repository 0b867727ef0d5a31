using Colophon.Agent.Events;
using Colophon.Tools;

namespace Colophon.Agent.Tests.Loop;

public sealed class SideBySideTests
{
    [Theory]
    [InlineData(ToolEffect.ReadOnly)]
    [InlineData(ToolEffect.Executes)]
    public async Task Neighbours_of_one_kind_run_at_the_same_time(ToolEffect effect)
    {
        // Each call waits until all three have begun: one after another they would never end.
        using var all = new CountdownEvent(3);
        var tool = new ScriptedTool("meet", effect, async (_, cancellationToken) =>
        {
            all.Signal();
            await Task.Run(() => all.Wait(cancellationToken), cancellationToken);
            return new ToolResult("met");
        });
        using var bench = new LoopBench(
            new ScriptedClient(ScriptedReply.Calls(("c1", "meet", """{"n":1}"""), ("c2", "meet", """{"n":2}"""), ("c3", "meet", """{"n":3}""")), ScriptedReply.Says("Done.")), tool);
        Assert.IsType<AgentOutcome.Finished>(await bench.RunAsync());
        Assert.Equal(["c1", "c2", "c3"], bench.LastAnswers.Select(static answer => answer.CallId));
    }

    [Fact]
    public async Task Writes_run_alone_and_in_order_and_nothing_overtakes_them()
    {
        var (running, log) = (0, new List<string>());
        async Task<ToolResult> Work(string name, bool alone)
        {
            var others = Interlocked.Increment(ref running) - 1;
            lock (log)
                log.Add(name);
            await Task.Yield();
            Assert.False(alone && others > 0);
            Interlocked.Decrement(ref running);
            return new ToolResult(name);
        }

        using var bench = new LoopBench(
            new ScriptedClient(
                ScriptedReply.Calls(("1", "see", "{}"), ("2", "put", "{}"), ("3", "put", "{}"), ("4", "see", "{}"), ("5", "run", "{}"), ("6", "put", "{}"), ("7", "see", "{}")),
                ScriptedReply.Says("Done.")),
            new ScriptedTool("see", ToolEffect.ReadOnly, (_, _) => Work("see", alone: false)),
            new ScriptedTool("put", ToolEffect.Writes, (_, _) => Work("put", alone: true)),
            new ScriptedTool("run", ToolEffect.Executes, (_, _) => Work("run", alone: false)));
        await bench.RunAsync();
        Assert.Equal(["see", "put", "put", "see", "run", "put", "see"], log);
        bench.CheckIsValid();
    }

    [Fact]
    public async Task No_more_run_at_once_than_allowed()
    {
        var (running, most) = (0, 0);
        using var bench = new LoopBench(
            new ScriptedClient(ScriptedReply.Calls([.. Enumerable.Range(0, 10).Select(static i => ($"c{i}", "run", $$"""{"n":{{i}}}"""))]), ScriptedReply.Says("Done.")),
            new ScriptedTool("run", ToolEffect.Executes, async (_, _) =>
            {
                var now = Interlocked.Increment(ref running);
                for (var seen = most; now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen; seen = most)
                    continue;
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return new ToolResult("ran");
            }));
        bench.Run = bench.Run with { MaximumParallelCalls = 3 };
        await bench.RunAsync();
        Assert.InRange(most, 1, 3);
        Assert.Equal(10, bench.LastAnswers.Count);
    }

    [Fact]
    public async Task The_observer_is_told_of_one_event_at_a_time()
    {
        var inside = 0;
        using var bench = new LoopBench(
            new ScriptedClient(ScriptedReply.Calls([.. Enumerable.Range(0, 8).Select(static i => ($"c{i}", "see", $$"""{"n":{{i}}}"""))]), ScriptedReply.Says("Done.")),
            new ScriptedTool("see", ToolEffect.ReadOnly, static async (_, _) =>
            {
                await Task.Yield();
                return new ToolResult("seen");
            }));
        bench.OnEvent = async _ =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        };
        await bench.RunAsync();
        Assert.Equal(8, bench.Events.OfType<AgentEvent.ToolFinished>().Count());
    }
}
