using Colophon.Models.Catalog;

namespace Colophon.Models.Tests.Catalog;

public sealed class ModelPricesTests
{
    [Fact]
    public void Costs_are_rounded_up_to_a_millionth_and_never_overflow()
    {
        var prices = new ModelPrices { Input = 3_000_000, Output = 15_000_000, CacheRead = 300_000, CacheWrite = 3_750_000 };
        Assert.Equal(18, prices.CostMicros(1, 1));
        Assert.Equal(1, prices.CostMicros(1, 0, cacheRead: 1));
        Assert.Equal(30_000_000_000_000, prices.CostMicros(10_000_000_000_000, 0));
        Assert.Equal(0, ModelPrices.Free.CostMicros(1000, 1000));
    }

    [Theory]
    [InlineData("anthropic", "claude-sonnet-4-6", 3_000_000L, 15_000_000L)]
    [InlineData("anthropic", "claude-haiku-4-5", 1_000_000L, 5_000_000L)]
    [InlineData("openai", "gpt-5-nano", 50_000L, 400_000L)]
    [InlineData("openai", "gpt-5-nano-20260101", 50_000L, 400_000L)]
    [InlineData("openrouter", "qwen/qwen3-coder", 220_000L, 950_000L)]
    public void Well_known_models_have_a_price(string provider, string model, long input, long output)
    {
        var prices = KnownModels.Find(provider, model)?.Prices;
        Assert.Equal((input, output), (prices?.Input, prices?.Output));
    }

    [Theory]
    [InlineData("openai", "gpt-5-nanometer")]
    [InlineData("openai", "gpt-99")]
    [InlineData("elsewhere", "gpt-5")]
    [InlineData("openai", "")]
    public void Others_have_none(string provider, string model) => Assert.Null(KnownModels.Find(provider, model));

    [Fact]
    public void A_free_tier_is_no_price() => Assert.Null(KnownModels.Find("groq", "qwen/qwen3-32b")?.Prices);
}
