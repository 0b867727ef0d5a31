using Colophon.Agent.Conversations;
using Colophon.Tools;

namespace Colophon.Agent.Execution;

/// <summary>
/// Which calls of a reply run side by side: neighbours that only read, and neighbours that run programs (models send those together when
/// they do not depend on each other). A write runs alone. Batches run in the order of the reply, so a read never overtakes a write.
/// </summary>
internal static class CallBatches
{
    internal static IEnumerable<Range> Of(IReadOnlyList<AssistantPart.Call> calls, ToolRegistry tools)
    {
        for (var start = 0; start < calls.Count;)
        {
            var effect = Effect(calls[start], tools);
            var end = start + 1;
            while (effect != ToolEffect.Writes && end < calls.Count && Effect(calls[end], tools) == effect)
                end++;
            yield return start..end;
            start = end;
        }
    }

    /// <summary>A tool that does not exist does nothing, so it may stand anywhere.</summary>
    private static ToolEffect Effect(AssistantPart.Call call, ToolRegistry tools) =>
        tools.TryGet(call.Name, out var tool) ? tool.Effect : ToolEffect.ReadOnly;
}
