using Colophon.Models.Facts;

namespace Colophon.Agent.Limits;

/// <summary>What a run has used so far.</summary>
public sealed record AgentProgress
{
    /// <summary>Replies received.</summary>
    public int Turns { get; init; }

    /// <summary>Tool calls answered.</summary>
    public int ToolCalls { get; init; }

    /// <summary>Prompt tokens, cached ones included.</summary>
    public long InputTokens { get; init; }

    /// <summary>Reply tokens, reasoning included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Cost in millionths of a US dollar, of the replies whose price is known.</summary>
    public long CostMicros { get; init; }

    /// <summary>Replies whose price is not known.</summary>
    public int UnpricedReplies { get; init; }

    /// <summary>Time since the run began, tools included.</summary>
    public TimeSpan Elapsed { get; init; }

    internal AgentProgress After(CallFacts facts) => this with
    {
        Turns = Turns + 1,
        InputTokens = InputTokens + (facts.InputTokens ?? 0),
        OutputTokens = OutputTokens + (facts.OutputTokens ?? 0),
        CostMicros = CostMicros + (facts.CostMicros ?? 0),
        UnpricedReplies = UnpricedReplies + (facts.CostMicros is null ? 1 : 0),
    };
}
