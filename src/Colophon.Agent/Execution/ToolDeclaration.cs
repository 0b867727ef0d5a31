using System.Text.Json;
using Colophon.Tools;
using Microsoft.Extensions.AI;

namespace Colophon.Agent.Execution;

/// <summary>A tool as a chat client offers it to a model: a declaration only, so nothing below the loop can call it.</summary>
internal sealed class ToolDeclaration(Tool tool) : AIFunctionDeclaration
{
    public override string Name => tool.Name;

    public override string Description => tool.Description;

    public override JsonElement JsonSchema => tool.InputSchema;

    /// <summary>The caller's options with the tools added; the caller's own object stays as it is.</summary>
    internal static ChatOptions Offer(ChatOptions? options, ToolRegistry tools)
    {
        var offered = options?.Clone() ?? new ChatOptions();
        if (tools.All.Count > 0)
            offered.Tools = [.. tools.All.Select(static tool => new ToolDeclaration(tool))];
        return offered;
    }
}
