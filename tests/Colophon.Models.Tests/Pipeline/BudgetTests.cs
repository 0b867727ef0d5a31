using Colophon.Kernel.Errors;
using Colophon.Models.Catalog;
using Colophon.Models.Errors;
using Colophon.Models.Pipeline;
using Colophon.Models.Pipeline.Budget;
using Colophon.Models.Tests.Doubles;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Pipeline;

public sealed class BudgetTests
{
    private static readonly ModelPrices s_prices = new() { Input = 1_000_000, Output = 10_000_000 };

    [Fact]
    public async Task What_is_spent_is_counted_and_the_call_that_would_exceed_is_never_sent()
    {
        var budget = new ModelBudget { MaxTokens = 1000, MinOutputTokens = 50 };
        var wire = new ScriptedClient("m", new ScriptedCall("a", Input: 500, Output: 300), new ScriptedCall("b", Input: 100, Output: 80));
        using var client = new ModelPipeline(wire).UseBudget(budget).Build();
        await client.GetResponseAsync([Make.User("x")]);
        Assert.Equal(800, budget.SpentTokens);
        await client.GetResponseAsync([Make.User("x")]);
        Assert.Equal(980, budget.SpentTokens);
        var error = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]));
        Assert.Equal(ModelError.BudgetExceeded, error.Error);
        Assert.Equal(ExitCode.Budget, error.ExitCode);
        Assert.Contains("980 of 1000 tokens", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, wire.Seen.Count);
    }

    [Fact]
    public async Task A_reply_that_could_exceed_gets_a_lower_limit_in_a_copy_of_the_options()
    {
        var wire = new ScriptedClient("m", new ScriptedCall("a"), new ScriptedCall("b"));
        using var client = new ModelPipeline(wire).UseBudget(new ModelBudget { MaxTokens = 1000 }).Build();
        var options = new ChatOptions { MaxOutputTokens = 5000 };
        await client.GetResponseAsync([Make.User("x")], options);
        Assert.Equal(5000, options.MaxOutputTokens);
        Assert.InRange(wire.Seen[0]?.MaxOutputTokens ?? 0, 980, 999);
        await client.GetResponseAsync([Make.User("x")], new ChatOptions { MaxOutputTokens = 100 });
        Assert.Equal(100, wire.Seen[1]?.MaxOutputTokens);
    }

    [Fact]
    public async Task Money_is_counted_in_millionths_and_limits_the_reply()
    {
        // 10 in and 5 out cost 10 + 50 millionths; 0.01 dollars hold about 990 output tokens.
        var budget = new ModelBudget { MaxMicros = 10_000 };
        var wire = new ScriptedClient("m", new ScriptedCall("a")) { Prices = s_prices };
        using var client = new ModelPipeline(wire).UseBudget(budget).Build();
        await client.GetResponseAsync([Make.User("x")]);
        Assert.Equal(60, budget.SpentMicros);
        Assert.InRange(wire.Seen[0]?.MaxOutputTokens ?? 0, 990, 1000);
    }

    [Fact]
    public async Task A_model_without_a_price_is_refused_under_a_limit_of_money_unless_told_otherwise()
    {
        using var strict = new ModelPipeline(new ScriptedClient("m", new ScriptedCall("a"))).UseBudget(new ModelBudget { MaxMicros = 1 }).Build();
        Assert.Equal(ModelError.PriceUnknown, (await Assert.ThrowsAsync<ModelException>(() => strict.GetResponseAsync([Make.User("x")]))).Error);
        using var lenient = new ModelPipeline(new ScriptedClient("m", new ScriptedCall("a"))).UseBudget(new ModelBudget { MaxMicros = 1, RefuseUnknownPrice = false }).Build();
        Assert.Equal("a", (await lenient.GetResponseAsync([Make.User("x")])).Text);
    }

    [Fact]
    public async Task A_reply_that_breaks_off_is_booked_by_estimate()
    {
        var budget = new ModelBudget();
        var text = new string('x', 400);
        using var client = new ModelPipeline(new ScriptedClient("m", new ScriptedCall(text, new ModelException(ModelError.StreamCut, "cut")))).UseBudget(budget).Build();
        await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("hello there")]));
        Assert.InRange(budget.SpentTokens, 100, 120);
    }

    [Fact]
    public async Task Without_limits_nothing_is_changed()
    {
        var wire = new ScriptedClient("m", new ScriptedCall("a"));
        using var client = new ModelPipeline(wire).UseBudget(new ModelBudget { SpentTokens = 7 }).Build();
        await client.GetResponseAsync([Make.User("x")]);
        Assert.Null(wire.Seen[0]);
        Assert.Equal(22, client.GetService<ModelBudget>()?.SpentTokens);
    }

    [Fact]
    public async Task Calls_side_by_side_cannot_exceed_together()
    {
        var budget = new ModelBudget { MaxTokens = 2000 };
        using var first = new ModelPipeline(new ScriptedClient("m", new ScriptedCall("a"))).UseBudget(budget).Build();
        using var second = new ModelPipeline(new ScriptedClient("m", new ScriptedCall("a"))).UseBudget(budget).Build();
        await using var running = first.GetStreamingResponseAsync([Make.User("x")], new ChatOptions { MaxOutputTokens = 1900 }).GetAsyncEnumerator();
        await running.MoveNextAsync();
        await Assert.ThrowsAsync<ModelException>(() => second.GetResponseAsync([Make.User("x")]));
        while (await running.MoveNextAsync())
        {
        }

        Assert.Equal("a", (await second.GetResponseAsync([Make.User("x")])).Text);
    }
}
