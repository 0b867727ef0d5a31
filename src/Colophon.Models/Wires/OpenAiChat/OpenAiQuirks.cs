namespace Colophon.Models.Wires.OpenAiChat;

/// <summary>How a provider's dialect of Chat Completions differs from OpenAI's own. The defaults are what the many compatible servers take.</summary>
public sealed record OpenAiQuirks
{
    /// <summary>The member that limits the reply: <c>max_tokens</c>, or <c>max_completion_tokens</c> at OpenAI itself.</summary>
    public string MaxTokensMember { get; init; } = "max_tokens";

    /// <summary>The member of the seed, or null where there is none and a seed is refused.</summary>
    public string? SeedMember { get; init; } = "seed";

    /// <summary>Whether usage has to be asked for by <c>stream_options</c>. False where the server sends it anyway and refuses the member.</summary>
    public bool AskForUsage { get; init; } = true;

    /// <summary>Whether <c>top_k</c> is taken; OpenAI itself refuses it.</summary>
    public bool TopK { get; init; }

    /// <summary>Whether <c>reasoning_effort</c> is taken.</summary>
    public bool ReasoningEffort { get; init; }

    /// <summary>The member in which earlier reasoning is sent back, or null where it is not sent: most servers refuse it.</summary>
    public string? ReasoningMember { get; init; }
}
