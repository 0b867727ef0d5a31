using Colophon.Agent.Conversations;
using Colophon.Agent.Events;
using Colophon.Agent.Limits;
using Colophon.Tools;

namespace Colophon.Agent.Tests.Loop;

public sealed class InterruptionTests
{
    [Fact]
    public async Task A_cancellation_while_tools_run_leaves_an_answer_for_each_call()
    {
        using var stop = new CancellationTokenSource();
        using var bench = new LoopBench(
            new ScriptedClient(ScriptedReply.Calls(("c1", "look", "{}"), ("c2", "wait", "{}"), ("c3", "put", "{}"))),
            ScriptedTool.Answers("look", "seen"),
            new ScriptedTool("wait", ToolEffect.Executes, async (_, cancellationToken) =>
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return new ToolResult("never");
            }),
            ScriptedTool.Answers("put", "written", ToolEffect.Writes));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.RunAsync(stop.Token));
        Assert.Equal([false, true, true], bench.LastAnswers.Select(static answer => answer.IsError));
        Assert.StartsWith("Interrupted:", bench.LastAnswers[1].Text);
        Assert.StartsWith("Not done:", bench.LastAnswers[2].Text);
        Assert.IsType<ConversationItem.ToolResults>(bench.Events.OfType<AgentEvent.Appended>().Last().Item);
        bench.CheckIsValid();
    }

    [Fact]
    public async Task A_cancellation_while_the_model_speaks_leaves_the_conversation_unchanged()
    {
        using var stop = new CancellationTokenSource();
        using var bench = new LoopBench(new ScriptedClient(ScriptedReply.Says("a long story")));
        bench.OnEvent = async e =>
        {
            if (e is AgentEvent.TextDelta)
                await stop.CancelAsync();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.RunAsync(stop.Token));
        Assert.Equal(2, bench.Conversation.Items.Count);
    }

    [Fact]
    public async Task Calls_that_a_killed_run_left_are_answered_as_interrupted()
    {
        using var first = new LoopBench(new ScriptedClient(ScriptedReply.Calls(("c1", "look", "{}"))), ScriptedTool.Answers("look", "seen"));
        first.OnEvent = static e => e is AgentEvent.ToolStarted ? throw new InvalidOperationException("kill") : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(() => first.RunAsync());

        using var second = new LoopBench(new ScriptedClient(ScriptedReply.Says("Done.")), ScriptedTool.Answers("look", "seen"));
        second.Conversation = Conversation.Parse(first.Conversation.ToJsonLines()).Conversation;
        Assert.Equal("c1", Assert.Single(second.Conversation.Unanswered).Id);
        Assert.IsType<AgentOutcome.Finished>(await second.RunAsync());
        Assert.StartsWith("Interrupted:", second.LastAnswers[0].Text);
        second.CheckIsValid();
    }

    [Fact]
    public async Task A_run_killed_after_a_cut_reply_goes_on_from_there()
    {
        using var bench = new LoopBench(new ScriptedClient(ScriptedReply.Says("Once upon", "length"), ScriptedReply.Says(" a time.")));
        bench.OnEvent = static e => e is AgentEvent.Appended { Item: ConversationItem.Assistant } ? throw new InvalidOperationException("kill") : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.RunAsync());
        Assert.False(bench.Conversation.IsFinished);
        bench.OnEvent = null;
        Assert.IsType<AgentOutcome.Finished>(await bench.RunAsync());
        Assert.True(bench.Conversation.IsFinished);
        bench.CheckIsValid();
    }

    [Fact]
    public async Task A_reply_left_without_answers_can_be_dropped_and_asked_for_again()
    {
        var call = ScriptedReply.Calls(("c1", "look", "{}"));
        using var bench = new LoopBench(new ScriptedClient(call, call, ScriptedReply.Says("Done.")), ScriptedTool.Answers("look", "seen"));
        bench.OnEvent = static e => e is AgentEvent.ToolStarted ? throw new InvalidOperationException("kill") : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.RunAsync());
        bench.OnEvent = null;
        Assert.True(bench.Conversation.DropUnanswered());
        Assert.IsType<AgentOutcome.Finished>(await bench.RunAsync());
        Assert.Equal(bench.Client.Requests[0], bench.Client.Requests[1]);
        bench.CheckIsValid();
    }

    [Fact]
    public async Task A_run_that_goes_on_from_a_checkpoint_sends_what_the_whole_run_would_have_sent()
    {
        ScriptedReply[] script =
        [
            ScriptedReply.Calls(("c1", "write", """{ "path" : "a.txt",  "content":"\u00e9\ud83d\ude00 <&> \r\n" }""")),
            ScriptedReply.Calls(("c2", "read", """{"path":"a.txt"}"""), ("c3", "grep", """{"pattern":"("}""")),
            ScriptedReply.Says("Done."),
        ];
        using var whole = new LoopBench(new ScriptedClient(script));
        await whole.RunAsync();

        using var begun = new LoopBench(new ScriptedClient(script[0]));
        begun.Run = begun.Run with { Limits = AgentLimits.None.Turns(1) };
        await begun.RunAsync();
        using var resumed = new LoopBench(new ScriptedClient(script[1..]));
        resumed.Conversation = Conversation.Parse(begun.Conversation.ToJsonLines()).Conversation;
        File.Copy(Path.Combine(begun.Root, "a.txt"), Path.Combine(resumed.Root, "a.txt"));
        await resumed.RunAsync();
        Assert.Equal(whole.Client.Requests, [.. begun.Client.Requests, .. resumed.Client.Requests]);
    }
}
