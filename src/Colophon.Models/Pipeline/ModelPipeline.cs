using Microsoft.Extensions.AI;

namespace Colophon.Models.Pipeline;

/// <summary>
/// Composes chat clients: the first stage used is the outermost, as in <c>ChatClientBuilder</c>. The order that makes sense is
/// audit → budget → telemetry → failover → retry → breaker → rate limit → cache → wire. Recording and replay are below the wire
/// (<see cref="Cassettes"/>), so that the wire's own code runs in both.
/// </summary>
/// <param name="innermost">The client that talks to the provider.</param>
public sealed class ModelPipeline(IChatClient innermost)
{
    private readonly List<Func<IChatClient, IChatClient>> _stages = [];

    /// <summary>Adds a stage inside those added before.</summary>
    /// <param name="stage">Wraps the client it is given.</param>
    public ModelPipeline Use(Func<IChatClient, IChatClient> stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        _stages.Add(stage);
        return this;
    }

    /// <summary>Builds the client; disposing it disposes all of them.</summary>
    /// <exception cref="InvalidOperationException">A stage returned null; the message has its index.</exception>
    public IChatClient Build()
    {
        var client = innermost;
        for (var i = _stages.Count - 1; i >= 0; i--)
            client = _stages[i](client) ?? throw new InvalidOperationException($"The pipeline's stage {i} returned null.");
        return client;
    }
}
