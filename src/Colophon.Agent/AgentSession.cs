using Colophon.Agent.Conversations;
using Colophon.Agent.Errors;
using Colophon.Agent.Events;
using Colophon.Agent.Execution;
using Colophon.Agent.Limits;
using Colophon.Agent.Replies;
using Colophon.Tools;
using Colophon.Models.Facts;
using Microsoft.Extensions.AI;

namespace Colophon.Agent;

/// <summary>One run of the loop.</summary>
internal sealed class AgentSession
{
    private const int MaximumCutReplies = 3;
    private const string Cut = "Nothing was done: the reply was cut at its limit of output tokens, so this call may not be whole. Send it again, in smaller pieces.";
    private const string GoOn = "Your reply was cut at its limit of output tokens. Go on exactly where it ended.";
    private const string Interrupted = "Interrupted: the program was stopped while this call ran; it may have done all, some or none of its work. Look before you repeat it.";

    private readonly AgentRun _run;
    private readonly Conversation _conversation;
    private readonly AgentTeller _teller;
    private readonly ReplyReader _reader;
    private readonly ToolRunner _runner;
    private readonly LoopDetector _loops;
    private readonly long _start;
    private AgentProgress _progress;
    private int _cutReplies;

    internal AgentSession(AgentRun run, Conversation conversation)
    {
        (_run, _conversation, _progress) = (run, conversation, run.Spent);
        _teller = new AgentTeller(run.Observer);
        _reader = new ReplyReader(run, new ChatHistory(conversation), ToolDeclaration.Offer(run.Options, run.Tools), _teller);
        _runner = new ToolRunner(run, _teller);
        _loops = new LoopDetector(run.RepetitionsToTell);
        _start = run.Time.GetTimestamp();
    }

    private AgentProgress Progress => _progress with { Elapsed = _run.Spent.Elapsed + _run.Time.GetElapsedTime(_start) };

    internal async Task<AgentOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await SettleAsync().ConfigureAwait(false);
        for (var turn = 1; ; turn++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_run.Limits.Check(Progress) is { } hit)
                return new AgentOutcome.LimitReached(hit, Progress);
            await _teller.TellAsync(new AgentEvent.TurnStarted(turn), cancellationToken).ConfigureAwait(false);
            var reply = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (reply is not Reply.Whole { Item: var item })
                return new AgentOutcome.Failed(((Reply.Failed)reply).Error, Progress);
            _progress = _progress.After(item.Facts);
            var outcome = await AnswerAsync(item, cancellationToken).ConfigureAwait(false);
            await _teller.TellAsync(new AgentEvent.TurnFinished(turn, Progress), cancellationToken).ConfigureAwait(false);
            if (outcome is not null)
                return outcome;
        }
    }

    /// <summary>Makes a conversation that a killed run left behind whole again.</summary>
    private async Task SettleAsync()
    {
        if (_conversation.Unanswered is { Count: > 0 } unanswered)
            await AppendAsync(Same(unanswered, Interrupted)).ConfigureAwait(false);
        else if (_conversation.Items is [.., ConversationItem.Assistant { IsCut: true }])
            await AppendAsync(new ConversationItem.User(GoOn)).ConfigureAwait(false);
        if (_conversation.Items is not [.., ConversationItem.User or ConversationItem.ToolResults])
            throw new AgentException(AgentError.NothingToAnswer, "The conversation has nothing for the model to answer.", "Append a user's text first.");
    }

    /// <summary>Does what a reply asks for.</summary>
    /// <returns>How the run ends, or null where it goes on.</returns>
    private async Task<AgentOutcome?> AnswerAsync(ConversationItem.Assistant item, CancellationToken cancellationToken)
    {
        // A reply without parts is a model with nothing to add; providers refuse to be sent it back.
        if (item.Parts.Count > 0)
            await AppendAsync(item).ConfigureAwait(false);
        var calls = item.Calls;
        if (item.Finish == ChatFinishReason.ContentFilter.Value)
            return await WithheldAsync(calls).ConfigureAwait(false);
        if (item.Finish == FinishReasons.ContextWindow.Value)
            return await FullAsync(calls).ConfigureAwait(false);
        if (item.IsCut)
            return await GoOnAsync(calls, item.Parts.Count > 0).ConfigureAwait(false);
        _cutReplies = 0;
        return calls.Count == 0 ? new AgentOutcome.Finished(item.Text, Progress) : await CallAsync(calls, cancellationToken).ConfigureAwait(false);
    }

    private async Task<AgentOutcome?> CallAsync(IReadOnlyList<AssistantPart.Call> calls, CancellationToken cancellationToken)
    {
        var results = await _runner.RunAsync(calls, cancellationToken).ConfigureAwait(false);
        _progress = _progress with { ToolCalls = _progress.ToolCalls + calls.Count };
        var answers = new ToolAnswer[calls.Count];
        AgentOutcome? looping = null;
        for (var i = 0; i < answers.Length; i++)
        {
            var answer = new ToolAnswer(calls[i].Id, calls[i].Name, results[i].Text, results[i].IsError);
            var wrote = _run.Tools.TryGet(calls[i].Name, out var tool) && tool.Effect == ToolEffect.Writes;
            var (verdict, times) = _loops.Look(calls[i], answer, wrote);
            if (verdict == LoopVerdict.Tell)
                answer = answer with { Text = $"{answer.Text}\n[You have now made this same call {times} times, each time with this same result. Do something else, or finish with what you know.]" };
            else if (verdict == LoopVerdict.Stop)
                looping ??= new AgentOutcome.Looping(calls[i].Name, times, Progress);
            answers[i] = answer;
        }

        await AppendAsync(new ConversationItem.ToolResults(answers)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return looping;
    }

    private async Task<AgentOutcome> WithheldAsync(IReadOnlyList<AssistantPart.Call> calls)
    {
        if (calls.Count > 0)
            await AppendAsync(Same(calls, "Nothing was done: the provider withheld this reply.")).ConfigureAwait(false);
        return new AgentOutcome.Failed(
            new AgentException(AgentError.ReplyWithheld, "The provider withheld the model's reply (content filter or refusal).", "Say the task in other words, or choose another model."), Progress);
    }

    /// <summary>Whatever is said next makes the conversation longer, so that it ends here.</summary>
    private async Task<AgentOutcome> FullAsync(IReadOnlyList<AssistantPart.Call> calls)
    {
        if (calls.Count > 0)
            await AppendAsync(Same(calls, Cut)).ConfigureAwait(false);
        return new AgentOutcome.Failed(
            new AgentException(AgentError.ContextFull, "The conversation fills the model's context window.", "Make the task smaller, lower limits.context_tokens, or choose a model with a larger window."), Progress);
    }

    /// <summary>A reply that was cut at its length: none of its calls is run, since the last is most likely half and the others may lean on it.</summary>
    private async Task<AgentOutcome?> GoOnAsync(IReadOnlyList<AssistantPart.Call> calls, bool hasParts)
    {
        if (calls.Count > 0)
            await AppendAsync(Same(calls, Cut)).ConfigureAwait(false);
        if (++_cutReplies > MaximumCutReplies || !hasParts)
        {
            return new AgentOutcome.Failed(
                new AgentException(AgentError.ReplyTooLong, "The model's replies are cut at the limit of output tokens again and again.", "Raise model.max_tokens, or make the task smaller."), Progress);
        }

        if (calls.Count == 0)
            await AppendAsync(new ConversationItem.User(GoOn)).ConfigureAwait(false);
        return null;
    }

    private async Task AppendAsync(ConversationItem item)
    {
        _conversation.Append(item);
        await _teller.TellAsync(new AgentEvent.Appended(item), CancellationToken.None).ConfigureAwait(false);
    }

    private static ConversationItem.ToolResults Same(IReadOnlyList<AssistantPart.Call> calls, string text) =>
        new([.. calls.Select(call => new ToolAnswer(call.Id, call.Name, text, IsError: true))]);
}
