using System.Text.Json;
using Colophon.Tools;

namespace Colophon.Agent.Tests;

/// <summary>A tool whose work is a function of its arguments.</summary>
internal sealed class ScriptedTool(string name, ToolEffect effect, Func<JsonElement, CancellationToken, Task<ToolResult>> work) : Tool
{
    private static readonly JsonElement s_schema = JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement;

    public override string Name => name;

    public override string Description => $"The tool {name}.";

    public override JsonElement InputSchema => s_schema;

    public override ToolEffect Effect => effect;

    public override async ValueTask<ToolResult> InvokeAsync(JsonElement input, ToolContext context, CancellationToken cancellationToken) => await work(input, cancellationToken);

    internal static ScriptedTool Answers(string name, string text, ToolEffect effect = ToolEffect.ReadOnly) =>
        new(name, effect, (_, _) => Task.FromResult(new ToolResult(text)));
}
