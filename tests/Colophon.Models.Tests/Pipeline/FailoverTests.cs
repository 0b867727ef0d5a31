using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Colophon.Models.Pipeline;
using Colophon.Models.Tests.Doubles;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Pipeline;

public sealed class FailoverTests
{
    [Fact]
    public async Task The_next_model_is_asked_and_the_facts_name_those_that_failed()
    {
        var second = new ScriptedClient("b", ScriptedCall.Fails(ModelError.Overloaded));
        var third = new ScriptedClient("c", new ScriptedCall("done"));
        using var client = new ModelPipeline(new ScriptedClient("a", ScriptedCall.Fails(ModelError.Network))).UseFailover([second, third]).Build();
        var response = await client.GetResponseAsync([Make.User("x")], new ChatOptions { ModelId = "special", Temperature = 1 });
        Assert.Equal("done", response.Text);
        var facts = CallFacts.Of(response);
        Assert.Equal("c", facts?.RequestedModel);
        Assert.Equal([new FallbackTried("test/a", ModelError.Network, "Network"), new FallbackTried("test/b", ModelError.Overloaded, "Overloaded")], facts?.FallbacksTried);
        Assert.Null(third.Seen[0]?.ModelId);
        Assert.Equal(1, third.Seen[0]?.Temperature);
    }

    [Theory]
    [InlineData(ModelError.Unauthorized)]
    [InlineData(ModelError.BadRequest)]
    public async Task A_failure_that_is_the_users_to_repair_is_shown(ModelError error)
    {
        var second = new ScriptedClient("b", new ScriptedCall("done"));
        using var client = new ModelPipeline(new ScriptedClient("a", ScriptedCall.Fails(error))).UseFailover([second]).Build();
        Assert.Equal(error, (await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]))).Error);
        Assert.Empty(second.Seen);
    }

    [Fact]
    public async Task After_the_first_content_and_after_the_last_model_failures_are_thrown()
    {
        var second = new ScriptedClient("b", ScriptedCall.Fails(ModelError.Overloaded));
        using var cut = new ModelPipeline(new ScriptedClient("a", new ScriptedCall("half", new ModelException(ModelError.StreamCut, "cut")))).UseFailover([second]).Build();
        Assert.Equal(ModelError.StreamCut, (await Assert.ThrowsAsync<ModelException>(() => cut.GetResponseAsync([Make.User("x")]))).Error);
        using var last = new ModelPipeline(new ScriptedClient("a", ScriptedCall.Fails(ModelError.Network))).UseFailover([second]).Build();
        var error = await Assert.ThrowsAsync<ModelException>(() => last.GetResponseAsync([Make.User("x")]));
        Assert.Equal(ModelError.Overloaded, error.Error);
        Assert.EndsWith("Tried before: test/a (Network).", error.Message, StringComparison.Ordinal);
        Assert.Equal("test/a", Assert.Single(error.FallbacksTried).Model);
    }

    [Fact]
    public async Task Another_wire_can_answer()
    {
        await using var server = new LoopbackServer(WireAnswer.Json(529, "{}"), WireAnswer.Events(Scripts.OpenAi));
        using var client = new ModelPipeline(Make.Anthropic(server.Url)).UseFailover([Make.OpenAi(server.Url)]).Build();
        var facts = CallFacts.Of(await client.GetResponseAsync([Make.User("x")]));
        Assert.Equal("openai", facts?.Provider);
        Assert.Equal("anthropic/claude-sonnet-4-6", Assert.Single(facts?.FallbacksTried ?? []).Model);
    }
}
