using System.Text;
using Colophon.Agent;
using Colophon.Agent.Conversations;
using Colophon.Agent.Events;
using Colophon.Agent.Limits;
using Colophon.Generation.Errors;
using Colophon.Generation.Prompts;
using Colophon.Generation.Session;
using Colophon.Kernel.Files;

namespace Colophon.Generation.Apply;

/// <summary>
/// Lets the model work until it is done, with every record on the disk before the next thing happens and what streams in kept as it comes.
/// </summary>
internal sealed class GenerationRun : IAgentObserver, IDisposable
{
    private readonly Func<ApplyEvent, CancellationToken, ValueTask> _listener;
    private readonly DurableLines _records;
    private readonly string _partial;
    private StreamWriter? _stream;

    private GenerationRun(Conversation conversation, DurableLines records, string partial, Func<ApplyEvent, CancellationToken, ValueTask> listener)
    {
        (Conversation, _records, _partial, _listener) = (conversation, records, partial, listener);
    }

    /// <summary>The conversation so far.</summary>
    public Conversation Conversation { get; }

    /// <summary>Opens the conversation of a session's folder: the one that stands there, or an empty one.</summary>
    public static GenerationRun Open(string folder, Func<ApplyEvent, CancellationToken, ValueTask> listener)
    {
        var path = Path.Combine(folder, "conversation.jsonl");
        var (conversation, problem) = Conversation.Parse(Encoding.UTF8.GetBytes(string.Concat(DurableLines.Read(path).Select(static l => l + "\n"))));
        if (problem is not null)
            throw new GenerationException(GenerationError.SessionBroken, $"The session's conversation '{path}' is damaged: {problem}", "Run the command again without --resume.");
        // Calls whose results were lost with the program are asked for again: they only ever touched the scratch tree.
        if (conversation.DropUnanswered())
            AtomicFile.Write(path, conversation.ToJsonLines());
        return new GenerationRun(conversation, DurableLines.Open(path), Path.Combine(folder, "partial.txt"), listener);
    }

    /// <summary>Forgets the conversation of the task before.</summary>
    public static void Clear(string folder)
    {
        File.Delete(Path.Combine(folder, "conversation.jsonl"));
        File.Delete(Path.Combine(folder, "partial.txt"));
    }

    /// <summary>Whether the model has said its last word and nothing was said to it since.</summary>
    public bool IsFinished => Conversation.Items is [.., ConversationItem.Assistant { Calls.Count: 0 }];

    /// <summary>Adds what the program says, durably.</summary>
    public void Say(ConversationItem item)
    {
        Conversation.Append(item);
        Keep(item);
    }

    /// <summary>Runs the loop to its end.</summary>
    /// <exception cref="GenerationException">A limit was reached or the model goes in circles.</exception>
    /// <exception cref="Kernel.Errors.ColophonException">The provider failed.</exception>
    public async Task<AgentProgress> RunAsync(AgentRun run, CancellationToken cancellationToken)
    {
        var outcome = await AgentLoop.RunAsync(run with { Observer = this }, Conversation, cancellationToken).ConfigureAwait(false);
        const string hint = "The session is kept: raise the limit under [limits] and run the command again with --resume.";
        return outcome switch
        {
            AgentOutcome.LimitReached limit => throw new GenerationException(GenerationError.LimitReached, limit.Hit.Message, hint),
            AgentOutcome.Looping looping => throw new GenerationException(
                GenerationError.ModelLoops, $"The model made the same call of '{looping.Tool}' {looping.Times} times with the same result, and would not stop.", "Make the task more precise, or choose another model."),
            AgentOutcome.Failed failed => throw failed.Error,
            _ => outcome.Progress,
        };
    }

    /// <inheritdoc/>
    public async ValueTask OnEventAsync(AgentEvent agentEvent, CancellationToken cancellationToken)
    {
        switch (agentEvent)
        {
            case AgentEvent.TextDelta delta:
                // Not flushed to disk piece by piece: it outlives the program being killed, and after a power cut the reply is asked for again anyway.
                _stream ??= new StreamWriter(_partial, append: false, Encoding.UTF8) { AutoFlush = true };
                await _stream.WriteAsync(delta.Text.AsMemory(), cancellationToken).ConfigureAwait(false);
                break;
            case AgentEvent.Appended appended:
                Keep(appended.Item);
                EndStream();
                break;
            case AgentEvent.ReplyRetried:
                EndStream();
                break;
        }

        await _listener(new ApplyEvent.Agent(agentEvent), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _records.Dispose();
    }

    /// <summary>What is said to a model that changed nothing.</summary>
    public void Nudge() => Say(new ConversationItem.User(PromptText.NothingChanged));

    private void Keep(ConversationItem item) => _records.Add(Encoding.UTF8.GetString(ConversationJson.Line(item)).TrimEnd('\n'));

    private void EndStream()
    {
        _stream?.Dispose();
        _stream = null;
        File.Delete(_partial);
    }
}
