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
/// Lets the model work until it is done, with every record on the disk, without secrets, before the next thing happens.
/// </summary>
internal sealed class GenerationRun : IAgentObserver, IDisposable
{
    private readonly Func<ApplyEvent, CancellationToken, ValueTask> _listener;
    private readonly DurableLines _records;
    private readonly Func<string, string> _scrub;

    private GenerationRun(Conversation conversation, DurableLines records, Func<string, string> scrub, Func<ApplyEvent, CancellationToken, ValueTask> listener)
    {
        (Conversation, _records, _scrub, _listener) = (conversation, records, scrub, listener);
    }

    /// <summary>The conversation so far.</summary>
    public Conversation Conversation { get; }

    /// <summary>Opens the conversation of a session's folder: the one that stands there, or an empty one.</summary>
    /// <param name="folder">The session's.</param>
    /// <param name="scrub">Takes secrets out of what is kept on the disk. The model that goes on reads a mark in their place.</param>
    /// <param name="listener">Who is told.</param>
    public static GenerationRun Open(string folder, Func<string, string> scrub, Func<ApplyEvent, CancellationToken, ValueTask> listener)
    {
        var path = Path.Combine(folder, "conversation.jsonl");
        var (conversation, problem) = Conversation.Parse(Encoding.UTF8.GetBytes(string.Concat(DurableLines.Read(path).Select(static l => l + "\n"))));
        if (problem is not null)
            throw new GenerationException(GenerationError.SessionBroken, $"The session's conversation '{path}' is damaged: {problem}", "Run the command again without --resume.");
        // Calls whose results were lost with the program are asked for again: they only ever touched the scratch tree.
        if (conversation.DropUnanswered())
            AtomicFile.Write(path, conversation.ToJsonLines());
        return new GenerationRun(conversation, DurableLines.Open(path), scrub, listener);
    }

    /// <summary>Forgets the conversation of the task before.</summary>
    public static void Clear(string folder) => File.Delete(Path.Combine(folder, "conversation.jsonl"));

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
        if (agentEvent is AgentEvent.Appended appended)
            Keep(appended.Item);
        await _listener(new ApplyEvent.Agent(agentEvent), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _records.Dispose();

    /// <summary>What is said to a model that changed nothing.</summary>
    public void Nudge() => Say(new ConversationItem.User(PromptText.NothingChanged));

    private void Keep(ConversationItem item) => _records.Add(Encoding.UTF8.GetString(ConversationJson.Line(Scrubbed(item))).TrimEnd('\n'));

    private ConversationItem Scrubbed(ConversationItem item) => item switch
    {
        ConversationItem.System system => new ConversationItem.System(_scrub(system.Text)),
        ConversationItem.User user => new ConversationItem.User(_scrub(user.Text)),
        ConversationItem.Assistant assistant => assistant with { Parts = [.. assistant.Parts.Select(Scrubbed)] },
        ConversationItem.ToolResults results => new ConversationItem.ToolResults([.. results.Answers.Select(answer => answer with { Text = _scrub(answer.Text) })]),
        _ => item,
    };

    private AssistantPart Scrubbed(AssistantPart part) => part switch
    {
        AssistantPart.Text text => new AssistantPart.Text(_scrub(text.Value)),
        AssistantPart.Reasoning reasoning => reasoning with { Value = _scrub(reasoning.Value) },
        AssistantPart.Call call => call with { Arguments = _scrub(call.Arguments) },
        AssistantPart.Block block => block with { Json = _scrub(block.Json) },
        _ => part,
    };
}
