using Colophon.Agent.Conversations;
using Colophon.Agent.Events;
using Colophon.Kernel.Paths;
using Colophon.Tools;

namespace Colophon.Agent.Tests;

/// <summary>A run over a temporary workspace with a scripted model; keeps the events.</summary>
internal sealed class LoopBench : IAgentObserver, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colophon-agent-");

    internal LoopBench(ScriptedClient client, params IReadOnlyList<Tool> tools)
    {
        Client = client;
        Run = new AgentRun
        {
            Client = client,
            Tools = tools.Count == 0 ? ToolRegistry.BuiltIn : new ToolRegistry(tools),
            Context = new ToolContext { Workspace = new Workspace(_folder.FullName) },
            Observer = this,
            ReplyRetryDelay = TimeSpan.Zero,
        };
    }

    internal ScriptedClient Client { get; }

    internal AgentRun Run { get; set; }

    internal string Root => _folder.FullName;

    internal Conversation Conversation { get; set; } = Conversation.Start("You are a programmer.", "Do it.");

    internal List<AgentEvent> Events { get; } = [];

    internal Func<AgentEvent, ValueTask>? OnEvent { get; set; }

    public void Dispose() => _folder.Delete(recursive: true);

    public ValueTask OnEventAsync(AgentEvent agentEvent, CancellationToken cancellationToken)
    {
        lock (Events)
            Events.Add(agentEvent);
        return OnEvent?.Invoke(agentEvent) ?? ValueTask.CompletedTask;
    }

    internal Task<AgentOutcome> RunAsync(CancellationToken? cancellationToken = null) =>
        AgentLoop.RunAsync(Run, Conversation, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>The answers of the last results record.</summary>
    internal IReadOnlyList<ToolAnswer> LastAnswers => Conversation.Items.OfType<ConversationItem.ToolResults>().Last().Answers;

    /// <summary>Every call has its answer, in order, and requests only ever grew at their end.</summary>
    internal void CheckIsValid()
    {
        for (var i = 0; i < Conversation.Items.Count; i++)
        {
            if (Conversation.Items[i] is ConversationItem.Assistant { Calls: { Count: > 0 } calls })
            {
                var results = Assert.IsType<ConversationItem.ToolResults>(Conversation.Items[i + 1]);
                Assert.Equal(calls.Select(static call => call.Id), results.Answers.Select(static answer => answer.CallId));
            }
        }

        for (var i = 1; i < Client.Requests.Count; i++)
            Assert.StartsWith(Client.Requests[i - 1], Client.Requests[i]);
        var (read, problem) = Conversation.Parse(Conversation.ToJsonLines());
        Assert.Null(problem);
        Assert.Equal(Conversation.Items, read.Items);
    }
}
