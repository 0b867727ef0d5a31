using Colophon.Models.Catalog;
using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Colophon.Models.Providers;
using Colophon.Models.Tests.Doubles;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Providers;

public sealed class ProviderRegistryTests
{
    [Theory]
    [InlineData("anthropic/m", "ANTHROPIC_API_KEY", "https://api.anthropic.com/v1/messages")]
    [InlineData("openai/m", "OPENAI_API_KEY", "https://api.openai.com/v1/chat/completions")]
    [InlineData("ollama/m", null, "http://localhost:11434/v1/chat/completions")]
    [InlineData("openrouter/a/m", "OPENROUTER_API_KEY", "https://openrouter.ai/api/v1/chat/completions")]
    [InlineData("groq/m", "GROQ_API_KEY", "https://api.groq.com/openai/v1/chat/completions")]
    [InlineData("mistral/m", "MISTRAL_API_KEY", "https://api.mistral.ai/v1/chat/completions")]
    [InlineData("deepseek/m", "DEEPSEEK_API_KEY", "https://api.deepseek.com/chat/completions")]
    [InlineData("together/m", "TOGETHER_API_KEY", "https://api.together.xyz/v1/chat/completions")]
    [InlineData("vllm/m", null, "http://localhost:8000/v1/chat/completions")]
    public void Built_in_providers_know_their_address_and_key(string model, string? variable, string endpoint)
    {
        using var registry = Registry(name => name == variable ? "k" : null);
        using var client = registry.Client(model);
        Assert.Equal(endpoint, client.GetService<ModelProfile>()?.Endpoint);
        Assert.Equal(variable is null ? ModelPrices.Free : null, client.GetService<ModelProfile>()?.Prices);
    }

    [Fact]
    public void A_missing_key_says_which_variable_to_set()
    {
        using var registry = Registry(_ => " ");
        var error = Assert.Throws<ModelException>(() => registry.Client("mistral/m"));
        Assert.Equal(ModelError.NoKey, error.Error);
        Assert.Contains("export MISTRAL_API_KEY=", error.Hint, StringComparison.Ordinal);
        Assert.Equal("COL4002", error.Code);
    }

    [Fact]
    public async Task The_secret_store_is_asked_where_the_environment_has_no_key()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.OpenAiText("ok")));
        using var registry = new ProviderRegistry(new RegistryOptions
        {
            Environment = _ => null,
            Secrets = name => name == "house" ? "stored-key" : null,
            Providers = [new ProviderOptions { Name = "house", BaseUrl = new Uri(server.Url, "/v1"), Headers = [new("X-Team", "a")], Prices = new Dictionary<string, ModelPrices>(StringComparer.Ordinal) { ["m"] = new() { Input = 1_000_000, Output = 2_000_000 } } }],
        });
        using var client = registry.Client("house/m");
        var facts = CallFacts.Of(await client.GetResponseAsync([Make.User("x")]));
        Assert.Equal("Bearer stored-key", server.Requests[0].Headers["authorization"]);
        Assert.Equal("a", server.Requests[0].Headers["x-team"]);
        Assert.Equal(20, facts?.CostMicros);
        Assert.Equal("house", facts?.Provider);
    }

    [Fact]
    public void Nothing_chosen_is_answered_with_an_example_that_fits()
    {
        using var bare = Registry(_ => null);
        Assert.Contains("export ANTHROPIC_API_KEY=", Assert.Throws<ModelException>(() => bare.Client((string?)null)).Hint, StringComparison.Ordinal);
        using var ready = Registry(name => name == "GROQ_API_KEY" ? "k" : null);
        var error = Assert.Throws<ModelException>(() => ready.Client(" "));
        Assert.Equal(ModelError.NoProvider, error.Error);
        Assert.Contains("--model groq/", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_provider_is_answered_with_the_closest()
    {
        using var registry = Registry(_ => null);
        var error = Assert.Throws<ModelException>(() => registry.Client("antropic/m"));
        Assert.Contains("Did you mean 'anthropic'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("openrouter", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ftp://x/")]
    public void A_provider_without_an_address_is_refused(string? url) =>
        Assert.Equal(ModelError.ProviderInvalid, Assert.Throws<ModelException>(() => new ProviderRegistry(new RegistryOptions { Providers = [new ProviderOptions { Name = "x", BaseUrl = url is null ? null : new Uri(url) }] })).Error);

    [Fact]
    public async Task Clients_of_a_registry_share_connections_and_outlive_each_other()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.OpenAiText("ok")), WireAnswer.Events(Scripts.OpenAiText("ok")));
        using var registry = new ProviderRegistry(new RegistryOptions { Providers = [new ProviderOptions { Name = "x", BaseUrl = server.Url, NeedsKey = false }] });
        foreach (var model in (string[])["x/a", "x/b"])
        {
            using var client = registry.Client(model);
            await client.GetResponseAsync([Make.User("x")]);
        }

        Assert.Equal([1, 1], server.Requests.Select(request => request.Connection));
    }

    private static ProviderRegistry Registry(Func<string, string?> environment) => new(new RegistryOptions { Environment = environment });
}
