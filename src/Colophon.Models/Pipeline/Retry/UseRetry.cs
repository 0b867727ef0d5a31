using Colophon.Models.Pipeline.Retry;

namespace Colophon.Models.Pipeline;

/// <summary>Adds the retry stage.</summary>
public static class RetryPipelineExtensions
{
    /// <summary>Calls that fail before their first content are made again.</summary>
    public static ModelPipeline UseRetry(this ModelPipeline pipeline, RetryOptions? options = null) =>
        pipeline.Use(inner => new RetryChatClient(inner, options ?? new RetryOptions()));
}
