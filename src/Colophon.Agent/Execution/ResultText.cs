using Colophon.Agent.Conversations;
using Colophon.Tools;

namespace Colophon.Agent.Execution;

/// <summary>The last bound on what a tool says, for tools that forget their own: head and tail, never half a character.</summary>
internal static class ResultText
{
    internal const int MaximumCharacters = 128 * 1024;

    internal static ToolResult Bounded(ToolResult result)
    {
        var text = result.Text.Length switch
        {
            0 => "[no output]",
            > MaximumCharacters => Cut(result.Text),
            _ => result.Text,
        };
        return result with { Text = WellFormed.Text(text) };
    }

    private static string Cut(string text)
    {
        var (head, tail) = (MaximumCharacters / 2, text.Length - (MaximumCharacters / 2));
        if (char.IsLowSurrogate(text[head]))
            head--;
        if (char.IsLowSurrogate(text[tail]))
            tail++;
        return $"{text.AsSpan(0, head)}\n[{tail - head} characters left out]\n{text.AsSpan(tail)}";
    }
}
