using Microsoft.Extensions.AI;

namespace Colophon.Models.Facts;

/// <summary>Why replies end, beside what <see cref="ChatFinishReason"/> names itself.</summary>
public static class FinishReasons
{
    /// <summary>The conversation and the reply have filled the model's context window: asking once more could not end otherwise.</summary>
    public static ChatFinishReason ContextWindow { get; } = new("context_window");
}
