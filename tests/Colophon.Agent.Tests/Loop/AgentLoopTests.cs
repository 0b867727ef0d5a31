using Colophon.Agent.Conversations;
using Colophon.Agent.Errors;
using Colophon.Agent.Events;
using Colophon.Agent.Limits;
using Colophon.Models.Errors;
using Colophon.Tools;
using Microsoft.Extensions.AI;

namespace Colophon.Agent.Tests.Loop;

public sealed class AgentLoopTests
{
    [Fact]
    public async Task A_reply_without_calls_finishes_the_run()
    {
        using var bench = new LoopBench(new ScriptedClient(ScriptedReply.Says("Done.")));
        var finished = Assert.IsType<AgentOutcome.Finished>(await bench.RunAsync());
        Assert.Equal("Done.", finished.Text);
        Assert.Equal((1, 100L, 10L), (finished.Progress.Turns, finished.Progress.InputTokens, finished.Progress.OutputTokens));
        bench.CheckIsValid();
    }

    [Fact]
    public async Task Calls_are_answered_and_the_model_goes_on()
    {
        using var bench = new LoopBench(new ScriptedClient(
            ScriptedReply.Calls(("c1", "write", """{"path":"a.txt","content":"hello\n"}"""), ("c2", "read", """{"path":"a.txt"}""")),
            ScriptedReply.Says("Written.")));
        Assert.IsType<AgentOutcome.Finished>(await bench.RunAsync());
        Assert.Equal("hello\n", File.ReadAllText(Path.Combine(bench.Root, "a.txt")));
        Assert.Equal(
            [new ToolAnswer("c1", "write", "Created 'a.txt' (1 line).", false), new ToolAnswer("c2", "read", "     1\thello\n", false)],
            bench.LastAnswers);
        bench.CheckIsValid();
    }

    [Fact]
    public async Task The_events_tell_the_run_in_order()
    {
        using var bench = new LoopBench(
            new ScriptedClient(
                ScriptedReply.Ends("tool_calls", new TextReasoningContent("hm"), new TextContent("I look."), Call("c1", "look")),
                ScriptedReply.Says("Done.")),
            ScriptedTool.Answers("look", "nothing"));
        await bench.RunAsync();
        Assert.Equal(
            ["TurnStarted", "ReasoningDelta", "TextDelta", "Appended", "ToolStarted", "ToolFinished", "Appended", "TurnFinished", "TurnStarted", "TextDelta", "Appended", "TurnFinished"],
            bench.Events.Select(static e => e.GetType().Name));
    }

    [Fact]
    public async Task Every_record_is_handed_over_before_the_loop_goes_on()
    {
        using var bench = new LoopBench(
            new ScriptedClient(ScriptedReply.Calls(("c1", "look", "{}")), ScriptedReply.Says("Done.")),
            ScriptedTool.Answers("look", "nothing"));
        var stored = new List<ConversationItem>(bench.Conversation.Items);
        bench.OnEvent = e =>
        {
            if (e is AgentEvent.Appended { Item: var item })
                stored.Add(item);
            if (e is AgentEvent.TurnStarted or AgentEvent.ToolStarted)
                Assert.Equal(bench.Conversation.Items, stored);
            return ValueTask.CompletedTask;
        };
        await bench.RunAsync();
        Assert.Equal(bench.Conversation.Items, stored);
    }

    [Fact]
    public async Task A_failing_checkpoint_ends_the_run_with_its_own_error()
    {
        using var bench = new LoopBench(new ScriptedClient(ScriptedReply.Says("Done.")));
        bench.OnEvent = static e => e is AgentEvent.Appended ? throw new IOException("disk full") : ValueTask.CompletedTask;
        Assert.Equal("disk full", (await Assert.ThrowsAsync<IOException>(() => bench.RunAsync())).Message);
    }

    [Theory]
    [InlineData("""{"path":"a" "content":""}""", "not valid JSON at line 1, position 13")]
    [InlineData("""{"path":"a""", "not valid JSON at line 1")]
    [InlineData("[1]", "expected an object with path, content")]
    [InlineData("""{"path":"a","content":"x","mode":1}""", "'mode' is not a field, the fields are path, content")]
    [InlineData("""{"path":7,"content":"x"}""", "'path' must be of type string, not number")]
    [InlineData("", "'path' is required; 'content' is required")]
    public async Task Wrong_arguments_are_answered_with_what_is_wrong(string arguments, string expected)
    {
        using var bench = new LoopBench(new ScriptedClient(ScriptedReply.Calls(("c1", "write", arguments)), ScriptedReply.Says("Sorry.")));
        Assert.IsType<AgentOutcome.Finished>(await bench.RunAsync());
        var answer = Assert.Single(bench.LastAnswers);
        Assert.True(answer.IsError);
        Assert.Contains(expected, answer.Text);
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.Root));
        bench.CheckIsValid();
    }

    [Fact]
    public async Task An_unknown_tool_is_answered_with_the_names_there_are()
    {
        using var bench = new LoopBench(new ScriptedClient(ScriptedReply.Calls(("c1", "Grep", "{}")), ScriptedReply.Says("Sorry.")));
        await bench.RunAsync();
        Assert.Equal("There is no tool called 'Grep'. Did you mean 'grep'? The tools are: read, write, edit, list, grep, shell.", bench.LastAnswers[0].Text);
    }

    [Fact]
    public async Task A_tool_that_throws_is_answered_without_its_stack_trace()
    {
        using var bench = new LoopBench(
            new ScriptedClient(ScriptedReply.Calls(("c1", "burst", "{}")), ScriptedReply.Says("Sorry.")),
            new ScriptedTool("burst", ToolEffect.ReadOnly, static (_, _) => throw new InvalidOperationException("pipe broke")));
        await bench.RunAsync();
        Assert.Equal(new ToolAnswer("c1", "burst", "'burst' failed: pipe broke", true), bench.LastAnswers[0]);
    }

    [Fact]
    public async Task A_reply_that_breaks_off_is_asked_for_again_with_the_same_conversation()
    {
        using var bench = new LoopBench(new ScriptedClient(
            ScriptedReply.BreaksOff("half a re"),
            ScriptedReply.BreaksOff("half", new ModelException(ModelError.Overloaded, "busy")),
            ScriptedReply.Says("Whole.")));
        Assert.Equal("Whole.", Assert.IsType<AgentOutcome.Finished>(await bench.RunAsync()).Text);
        Assert.Equal(bench.Client.Requests[0], bench.Client.Requests[2]);
        Assert.Equal([(2, "half a re"), (3, "half")], bench.Events.OfType<AgentEvent.ReplyRetried>().Select(static e => (e.Attempt, e.Discarded)));
        Assert.Equal(3, bench.Conversation.Items.Count);
        bench.CheckIsValid();
    }

    [Fact]
    public async Task A_reply_that_always_breaks_off_fails_the_run_and_leaves_the_conversation_unchanged()
    {
        var cut = ScriptedReply.BreaksOff("half");
        using var bench = new LoopBench(new ScriptedClient(cut, cut, cut));
        var failed = Assert.IsType<AgentOutcome.Failed>(await bench.RunAsync());
        Assert.Equal(AgentError.StreamCut, Assert.IsType<AgentException>(failed.Error).Error);
        Assert.Equal(2, bench.Conversation.Items.Count);
    }

    [Fact]
    public async Task A_provider_that_asks_for_a_long_wait_fails_the_run_at_once()
    {
        var busy = new ModelException(ModelError.RateLimited, "slow down") { RetryAfter = TimeSpan.FromHours(1) };
        using var bench = new LoopBench(new ScriptedClient(ScriptedReply.BreaksOff("half", busy)));
        Assert.Same(busy, Assert.IsType<AgentOutcome.Failed>(await bench.RunAsync()).Error);
    }

    [Fact]
    public async Task A_clients_own_time_out_is_a_failure_and_no_cancellation()
    {
        var late = ScriptedReply.BreaksOff("half", new TaskCanceledException("The request timed out."));
        using var bench = new LoopBench(new ScriptedClient(late, late, late));
        var failed = Assert.IsType<AgentOutcome.Failed>(await bench.RunAsync());
        Assert.Equal(AgentError.ModelFailed, Assert.IsType<AgentException>(failed.Error).Error);
    }

    [Fact]
    public async Task Reasoning_text_calls_and_foreign_blocks_are_kept_in_order_and_sent_back()
    {
        using var block = System.Text.Json.JsonDocument.Parse("""{"type":"new"}""");
        using var bench = new LoopBench(
            new ScriptedClient(
                ScriptedReply.Ends(
                    "tool_calls", new TextReasoningContent("I th"), new TextReasoningContent("ink"), new TextReasoningContent("") { ProtectedData = "sig" },
                    new TextContent("Now "), new TextContent("I look."), new Models.Wires.WireBlockContent("w", block.RootElement), Call("c1", "look")),
                ScriptedReply.Says("Done.")),
            ScriptedTool.Answers("look", "nothing"));
        await bench.RunAsync();
        Assert.Contains("""[think I think|sig]Now I look.[block w {"type":"new"}][call c1 look {}]""", bench.Client.Requests[1]);
        bench.CheckIsValid();
    }

    [Fact]
    public async Task Half_a_character_in_a_reply_or_a_result_does_not_break_the_record()
    {
        using var bench = new LoopBench(
            new ScriptedClient(ScriptedReply.Ends("tool_calls", new TextContent("a\ud83d"), Call("c1", "look")), ScriptedReply.Says("Done.")),
            ScriptedTool.Answers("look", "\ude00b"));
        await bench.RunAsync();
        Assert.Equal("\uFFFDb", bench.LastAnswers[0].Text);
        bench.CheckIsValid();
    }

    [Fact]
    public async Task A_tool_that_forgets_its_bounds_is_cut_in_the_middle()
    {
        using var bench = new LoopBench(
            new ScriptedClient(ScriptedReply.Calls(("c1", "flood", "{}"), ("c2", "hush", "{}")), ScriptedReply.Says("Done.")),
            ScriptedTool.Answers("flood", string.Concat(Enumerable.Repeat("😀", 200_000))),
            ScriptedTool.Answers("hush", ""));
        await bench.RunAsync();
        Assert.InRange(bench.LastAnswers[0].Text.Length, 130_000, 132_000);
        Assert.Contains(" characters left out]\n😀", bench.LastAnswers[0].Text);
        Assert.DoesNotContain('\uFFFD', bench.LastAnswers[0].Text);
        Assert.Equal("[no output]", bench.LastAnswers[1].Text);
    }

    [Fact]
    public async Task An_error_that_no_retry_can_heal_is_the_outcome()
    {
        using var bench = new LoopBench(new ScriptedClient(new ScriptedReply([], new ModelException(ModelError.Unauthorized, "401"))));
        var failed = Assert.IsType<AgentOutcome.Failed>(await bench.RunAsync());
        Assert.Equal(ModelError.Unauthorized, Assert.IsType<ModelException>(failed.Error).Error);
        Assert.Single(bench.Client.Requests);
    }

    [Fact]
    public async Task A_call_that_was_cut_at_the_output_limit_is_not_run()
    {
        using var bench = new LoopBench(new ScriptedClient(
            ScriptedReply.Ends("length", Call("c1", "write", """{"path":"a","content":"x"}"""), Call("c2", "write", """{"path":"b","cont""")),
            ScriptedReply.Says("Done.")));
        Assert.IsType<AgentOutcome.Finished>(await bench.RunAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.Root));
        Assert.All(bench.LastAnswers, static answer => Assert.Contains("cut at its limit", answer.Text));
        bench.CheckIsValid();
    }

    [Fact]
    public async Task A_text_that_was_cut_at_the_output_limit_is_gone_on_with_three_times_at_most()
    {
        var cut = ScriptedReply.Says("and then", "length");
        using var bench = new LoopBench(new ScriptedClient(cut, cut, cut, cut));
        var failed = Assert.IsType<AgentOutcome.Failed>(await bench.RunAsync());
        Assert.Equal(AgentError.ReplyTooLong, Assert.IsType<AgentException>(failed.Error).Error);
        bench.CheckIsValid();
    }

    [Fact]
    public async Task A_full_context_window_ends_the_run_and_is_not_asked_again()
    {
        using var bench = new LoopBench(new ScriptedClient(ScriptedReply.Ends("context_window", Call("c1", "list"))));
        var failed = Assert.IsType<AgentOutcome.Failed>(await bench.RunAsync());
        Assert.Equal(AgentError.ContextFull, Assert.IsType<AgentException>(failed.Error).Error);
        Assert.Single(bench.Client.Requests);
        bench.CheckIsValid();
    }

    [Fact]
    public async Task A_withheld_reply_fails_the_run_with_its_calls_answered()
    {
        using var bench = new LoopBench(new ScriptedClient(ScriptedReply.Ends("content_filter", Call("c1", "list"))));
        var failed = Assert.IsType<AgentOutcome.Failed>(await bench.RunAsync());
        Assert.Equal(AgentError.ReplyWithheld, Assert.IsType<AgentException>(failed.Error).Error);
        bench.CheckIsValid();
    }

    [Fact]
    public async Task An_empty_reply_ends_the_run_and_is_not_recorded()
    {
        using var bench = new LoopBench(new ScriptedClient(ScriptedReply.Ends("stop")));
        Assert.Equal("", Assert.IsType<AgentOutcome.Finished>(await bench.RunAsync()).Text);
        Assert.Equal(2, bench.Conversation.Items.Count);
    }

    [Fact]
    public async Task Calls_without_ids_get_one_each()
    {
        using var bench = new LoopBench(
            new ScriptedClient(ScriptedReply.Calls(("", "look", "{}"), ("", "look", "{}"), ("same", "look", "{}"), ("same", "look", "{}")), ScriptedReply.Says("Done.")),
            ScriptedTool.Answers("look", "nothing"));
        await bench.RunAsync();
        Assert.Equal(4, bench.LastAnswers.Select(static answer => answer.CallId).Distinct().Count());
        bench.CheckIsValid();
    }

    [Fact]
    public async Task A_conversation_that_ends_with_the_models_last_word_has_nothing_to_answer()
    {
        using var bench = new LoopBench(new ScriptedClient(ScriptedReply.Says("Done.")));
        await bench.RunAsync();
        Assert.Equal(AgentError.NothingToAnswer, (await Assert.ThrowsAsync<AgentException>(() => bench.RunAsync())).Error);
    }

    [Fact]
    public async Task The_tools_are_offered_and_the_callers_options_stay_as_they_are()
    {
        var options = new ChatOptions { Temperature = 0.5f };
        using var bench = new LoopBench(new ScriptedClient(ScriptedReply.Says("Done.")));
        bench.Run = bench.Run with { Options = options };
        await bench.RunAsync();
        Assert.Null(options.Tools);
        Assert.Equal(0.5f, bench.Client.Options[0].Temperature);
        Assert.Equal(["read", "write", "edit", "list", "grep", "shell"], bench.Client.Options[0].Tools?.Select(static tool => tool.Name));
    }

    [Fact]
    public async Task A_limit_ends_the_run_between_turns()
    {
        var call = ScriptedReply.Calls(("c1", "look", "{}"));
        using var bench = new LoopBench(new ScriptedClient(call, call), ScriptedTool.Answers("look", "nothing"));
        bench.Run = bench.Run with { Limits = AgentLimits.None.Turns(2) };
        var reached = Assert.IsType<AgentOutcome.LimitReached>(await bench.RunAsync());
        Assert.Equal((LimitKind.Turns, 2), (reached.Hit.Kind, reached.Progress.Turns));
        bench.CheckIsValid();
    }

    private static FunctionCallContent Call(string id, string name, string arguments = "{}") => Models.Wires.ToolCallArguments.Create(id, name, arguments);
}
