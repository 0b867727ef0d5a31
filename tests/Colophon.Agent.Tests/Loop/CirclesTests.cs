using Colophon.Agent.Conversations;
using Colophon.Tools;

namespace Colophon.Agent.Tests.Loop;

public sealed class CirclesTests
{
    private const string Told = "[You have now made this same call 3 times";

    [Fact]
    public async Task A_model_that_repeats_itself_is_told_once_and_then_stopped()
    {
        var again = ScriptedReply.Calls(("c", "look", """{"at":"x"}"""));
        using var bench = new LoopBench(new ScriptedClient(again, again, again, again, again), ScriptedTool.Answers("look", "nothing"));
        var looping = Assert.IsType<AgentOutcome.Looping>(await bench.RunAsync());
        Assert.Equal(("look", 5), (looping.Tool, looping.Times));
        Assert.Equal([false, false, true, false, false], Answers(bench).Select(static text => text.Contains(Told, StringComparison.Ordinal)));
        bench.CheckIsValid();
    }

    [Fact]
    public async Task Two_calls_in_turns_are_a_circle_too()
    {
        var (one, other) = (ScriptedReply.Calls(("c", "look", """{"at":1}""")), ScriptedReply.Calls(("c", "look", """{"at":2}""")));
        using var bench = new LoopBench(new ScriptedClient(one, other, one, other, one, other, one, other, one), ScriptedTool.Answers("look", "nothing"));
        Assert.IsType<AgentOutcome.Looping>(await bench.RunAsync());
    }

    [Fact]
    public async Task A_test_run_after_each_write_is_no_circle()
    {
        var turns = Enumerable.Range(0, 6).SelectMany(static i => new[]
        {
            ScriptedReply.Calls(("w", "put", $$"""{"n":{{i}}}""")),
            ScriptedReply.Calls(("t", "test", "{}")),
        });
        using var bench = new LoopBench(
            new ScriptedClient([.. turns, ScriptedReply.Says("I give up.")]),
            ScriptedTool.Answers("put", "written", ToolEffect.Writes),
            ScriptedTool.Answers("test", "1 failed", ToolEffect.Executes));
        Assert.IsType<AgentOutcome.Finished>(await bench.RunAsync());
    }

    [Fact]
    public async Task The_same_call_with_other_results_is_no_circle()
    {
        var times = 0;
        var again = ScriptedReply.Calls(("c", "poll", "{}"));
        using var bench = new LoopBench(
            new ScriptedClient([.. Enumerable.Repeat(again, 8), ScriptedReply.Says("Ready.")]),
            new ScriptedTool("poll", ToolEffect.Executes, (_, _) => Task.FromResult(new ToolResult($"{++times * 10} %"))));
        Assert.IsType<AgentOutcome.Finished>(await bench.RunAsync());
    }

    private static IEnumerable<string> Answers(LoopBench bench) =>
        bench.Conversation.Items.OfType<ConversationItem.ToolResults>().Select(static results => results.Answers[0].Text);
}
