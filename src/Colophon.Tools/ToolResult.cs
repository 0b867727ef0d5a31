namespace Colophon.Tools;

/// <summary>What a call answers. The text reaches the model word for word, so it holds no duration, address or path outside the workspace.</summary>
/// <param name="Text">What the model reads; never empty, bounded by the tool.</param>
/// <param name="IsError">True where the call did not do what it was asked for.</param>
public sealed record ToolResult(string Text, bool IsError = false)
{
    /// <summary>A call that failed, and what the model can do about it.</summary>
    public static ToolResult Error(string text) => new(text, IsError: true);
}
