using Colophon.Tools.Inputs;
using System.Text.Json;

namespace Colophon.Tools;

/// <summary>
/// One thing a model may ask for. A tool never throws for what a model did wrong: unknown fields, missing files and failed commands are
/// <see cref="ToolResult"/>s that the model reads and acts on. An instance holds no state of a run and may be called side by side.
/// </summary>
public abstract class Tool
{
    /// <summary>What the model calls it by: lower case letters, digits and <c>_</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it does and when to use it, as the model reads it.</summary>
    public abstract string Description { get; }

    /// <summary>The JSON Schema (an object) of its input.</summary>
    public abstract JsonElement InputSchema { get; }

    /// <summary>What a call may change; decides which calls run side by side.</summary>
    public abstract ToolEffect Effect { get; }

    /// <summary>Does the work.</summary>
    /// <param name="input">The arguments as the model sent them; checked here against the schema.</param>
    /// <param name="context">The workspace and the sandbox the call may use.</param>
    /// <param name="cancellationToken">Ends the call; nothing half-written is left behind.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public abstract ValueTask<ToolResult> InvokeAsync(JsonElement input, ToolContext context, CancellationToken cancellationToken);
}

/// <summary>A tool with a typed input: the shape writes the schema that the model reads and refuses what does not fit it.</summary>
/// <typeparam name="TInput">The input record; the text of each parameter's XML doc is the description the model reads.</typeparam>
public abstract class Tool<TInput>(InputShape<TInput> shape) : Tool
{
    /// <inheritdoc/>
    public sealed override JsonElement InputSchema => shape.Schema;

    /// <inheritdoc/>
    public sealed override ValueTask<ToolResult> InvokeAsync(JsonElement input, ToolContext context, CancellationToken cancellationToken) =>
        shape.TryBind(input, out var bound, out var problems)
            ? RunAsync(bound, context, cancellationToken)
            : ValueTask.FromResult(ToolResult.Error($"Nothing was done, the input of '{Name}' does not fit its schema: {string.Join("; ", problems)}."));

    /// <summary>Does the work on a checked input.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    protected abstract ValueTask<ToolResult> RunAsync(TInput input, ToolContext context, CancellationToken cancellationToken);
}
