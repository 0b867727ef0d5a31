using Colophon.Models.Catalog;
using Colophon.Models.Pipeline;
using Colophon.Models.Pipeline.Budget;
using Colophon.Models.Tests.Doubles;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Pipeline;

public sealed class ModelPipelineTests
{
    [Fact]
    public async Task The_first_stage_used_is_the_outermost()
    {
        List<string> order = [];
        using var client = new ModelPipeline(new ScriptedClient("m", new ScriptedCall("a")))
            .Use(inner => new Noting(inner, () => order.Add("first")))
            .Use(inner => new Noting(inner, () => order.Add("second")))
            .Build();
        await client.GetStreamingResponseAsync([Make.User("x")]).ListAsync();
        Assert.Equal(["first", "second"], order);
    }

    [Fact]
    public void A_stage_that_returns_null_is_named_by_its_index()
    {
        var pipeline = new ModelPipeline(new ScriptedClient("m")).Use(inner => inner).Use(_ => null!);
        Assert.Contains("stage 1", Assert.Throws<InvalidOperationException>(pipeline.Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Capabilities_are_found_through_all_stages_and_disposal_reaches_the_wire()
    {
        var wire = new ScriptedClient("m");
        var fallback = new ScriptedClient("f");
        var budget = new ModelBudget();
        var client = new ModelPipeline(wire).UseBudget(budget).UseFailover([fallback]).UseRetry().Build();
        Assert.Same(budget, client.GetService<ModelBudget>());
        Assert.Equal("test/m", client.GetService<ModelProfile>()?.Name);
        client.Dispose();
        Assert.True(wire.IsDisposed && fallback.IsDisposed);
    }

    private sealed class Noting(IChatClient inner, Action note) : DelegatingChatClient(inner)
    {
        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            note();
            return base.GetStreamingResponseAsync(messages, options, cancellationToken);
        }
    }
}
