using Colophon.Agent.Events;
using Colophon.Agent.Limits;
using Colophon.Tools;
using Microsoft.Extensions.AI;

namespace Colophon.Agent;

/// <summary>Everything a run needs beside the conversation.</summary>
public sealed record AgentRun
{
    /// <summary>The model. Retries before the first piece of a reply, failover and budgets are the client's own business.</summary>
    public required IChatClient Client { get; init; }

    /// <summary>What the model may call.</summary>
    public required ToolRegistry Tools { get; init; }

    /// <summary>What the tools may touch.</summary>
    public required ToolContext Context { get; init; }

    /// <summary>When to stop. Default: after 100 turns.</summary>
    public AgentLimits Limits { get; init; } = AgentLimits.None.Turns(100);

    /// <summary>What an earlier part of the same work has used, where limits span several runs.</summary>
    public AgentProgress Spent { get; init; } = new();

    /// <summary>Temperature, output limit and the like; null for the provider's defaults. Tools are added by the loop.</summary>
    public ChatOptions? Options { get; init; }

    /// <summary>Who is told what happens; null for nobody.</summary>
    public IAgentObserver? Observer { get; init; }

    /// <summary>How often a reply that broke off after it had begun is asked for again. Default 2.</summary>
    public int ReplyRetries { get; init; } = 2;

    /// <summary>The wait before the first such retry, doubled each time. Default one second.</summary>
    public TimeSpan ReplyRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After how many equal calls with equal results the model is told that it goes in circles. Default 3; two more end the run.</summary>
    public int RepetitionsToTell { get; init; } = 3;

    /// <summary>How many calls run side by side at most. Default 8.</summary>
    public int MaximumParallelCalls { get; init; } = 8;

    /// <summary>The clock of time limits and waits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
