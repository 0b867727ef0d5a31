using Colophon.Models.Errors;
using Colophon.Models.Providers;

namespace Colophon.Models.Tests.Providers;

public sealed class ModelNameTests
{
    [Theory]
    [InlineData("anthropic/claude-sonnet-4-6", "anthropic", "claude-sonnet-4-6")]
    [InlineData("OpenRouter/meta-llama/llama-3.3-70b", "openrouter", "meta-llama/llama-3.3-70b")]
    [InlineData("  ollama/qwen2.5-coder:7b ", "ollama", "qwen2.5-coder:7b")]
    [InlineData("replay:/tmp/a b/session.cassette", "replay", "/tmp/a b/session.cassette")]
    public void A_name_is_a_provider_and_a_model(string text, string provider, string model) =>
        Assert.Equal(new ModelName(provider, model), ModelName.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("gpt-5")]
    [InlineData("/gpt-5")]
    [InlineData("openai/")]
    [InlineData("open ai/gpt")]
    [InlineData("replay:")]
    public void Anything_else_is_refused_with_an_example(string text)
    {
        var error = Assert.Throws<ModelException>(() => ModelName.Parse(text));
        Assert.Equal(ModelError.NameInvalid, error.Error);
        Assert.Contains("provider/model", error.Hint, StringComparison.Ordinal);
    }
}
