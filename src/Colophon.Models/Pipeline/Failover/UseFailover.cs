using Colophon.Models.Pipeline.Failover;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Pipeline;

/// <summary>Adds the failover stage.</summary>
public static class FailoverPipelineExtensions
{
    /// <summary>Calls that fail before their first content are made to each of the fallbacks in turn. The fallbacks are disposed with the pipeline.</summary>
    public static ModelPipeline UseFailover(this ModelPipeline pipeline, IReadOnlyList<IChatClient> fallbacks, FailoverOptions? options = null) =>
        pipeline.Use(inner => fallbacks.Count == 0 ? inner : new FailoverChatClient(inner, fallbacks, options ?? new FailoverOptions()));
}
