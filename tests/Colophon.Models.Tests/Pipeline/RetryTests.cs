using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Colophon.Models.Pipeline;
using Colophon.Models.Pipeline.Retry;
using Colophon.Models.Tests.Doubles;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Pipeline;

public sealed class RetryTests
{
    private readonly InstantClock _clock = new();

    [Theory]
    [InlineData(ModelError.RateLimited)]
    [InlineData(ModelError.Overloaded)]
    [InlineData(ModelError.ServerError)]
    [InlineData(ModelError.Network)]
    [InlineData(ModelError.TimedOut)]
    [InlineData(ModelError.StreamCut)]
    public async Task Transient_failures_are_tried_again_with_growing_waits(ModelError error)
    {
        var wire = new ScriptedClient("m", ScriptedCall.Fails(error), ScriptedCall.Fails(error), ScriptedCall.Fails(error), new ScriptedCall("done"));
        var response = await Client(wire, new Certain(1.0)).GetResponseAsync([Make.User("x")]);
        Assert.Equal("done", response.Text);
        Assert.Equal([1000, 2000, 4000], _clock.Waits.Select(wait => wait.TotalMilliseconds));
        Assert.Equal(4, CallFacts.Of(response)?.Attempts);
    }

    [Theory]
    [InlineData(ModelError.Unauthorized)]
    [InlineData(ModelError.BadRequest)]
    [InlineData(ModelError.TooLarge)]
    [InlineData(ModelError.BudgetExceeded)]
    [InlineData(ModelError.CassetteMismatch)]
    [InlineData(ModelError.OptionRefused)]
    public async Task Lasting_failures_are_not(ModelError error)
    {
        var wire = new ScriptedClient("m", ScriptedCall.Fails(error));
        await Assert.ThrowsAsync<ModelException>(() => Client(wire).GetResponseAsync([Make.User("x")]));
        Assert.Single(wire.Seen);
    }

    [Fact]
    public async Task After_the_first_content_nothing_is_tried_again()
    {
        var wire = new ScriptedClient("m", new ScriptedCall("half", new ModelException(ModelError.StreamCut, "cut")));
        await Assert.ThrowsAsync<ModelException>(() => Client(wire).GetResponseAsync([Make.User("x")]));
        Assert.Single(wire.Seen);
    }

    [Fact]
    public async Task Retry_after_is_honoured_and_too_long_a_wait_is_a_failure_at_once()
    {
        var patient = new ScriptedClient("m", ScriptedCall.Fails(ModelError.RateLimited, TimeSpan.FromSeconds(7)), new ScriptedCall("done"));
        await Client(patient, new Certain(0)).GetResponseAsync([Make.User("x")]);
        Assert.Equal([TimeSpan.FromSeconds(7)], _clock.Waits);

        var hopeless = new ScriptedClient("m", ScriptedCall.Fails(ModelError.RateLimited, TimeSpan.FromHours(1)));
        await Assert.ThrowsAsync<ModelException>(() => Client(hopeless).GetResponseAsync([Make.User("x")]));
        Assert.Single(hopeless.Seen);
    }

    [Fact]
    public async Task Attempts_are_limited_and_waits_are_capped()
    {
        var wire = new ScriptedClient("m", [.. Enumerable.Repeat(ScriptedCall.Fails(ModelError.Overloaded), 10)]);
        using var client = new ModelPipeline(wire).UseRetry(new RetryOptions { MaxAttempts = 9, MaxDelay = TimeSpan.FromSeconds(5), TimeProvider = _clock, Random = new Certain(1) }).Build();
        await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]));
        Assert.Equal(9, wire.Seen.Count);
        Assert.Equal([1, 2, 4, 5, 5, 5, 5, 5], _clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_lazy_history_is_walked_once()
    {
        var walks = 0;
        IEnumerable<ChatMessage> History()
        {
            walks++;
            yield return Make.User("x");
        }

        var wire = new ScriptedClient("m", ScriptedCall.Fails(ModelError.Network), new ScriptedCall("done"));
        await Client(wire).GetResponseAsync(History());
        Assert.Equal(1, walks);
    }

    [Fact]
    public async Task Through_a_real_wire_429_then_a_cut_start_then_success()
    {
        await using var server = new LoopbackServer(
            WireAnswer.Json(429, "{}") with { Headers = [new("Retry-After", "2")] },
            WireAnswer.Events(Scripts.Anthropic[..300]) with { Cut = true },
            WireAnswer.Events("data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"o\"}}\n\n"),
            WireAnswer.Events(Scripts.AnthropicText("done")));
        List<ModelError> errors = [];
        using var client = new ModelPipeline(Make.Anthropic(server.Url))
            .UseRetry(new RetryOptions { TimeProvider = _clock, Random = new Certain(0), OnRetry = (failure, _, _, _) =>
            {
                errors.Add(failure.Error);
                return ValueTask.CompletedTask;
            } }).Build();
        Assert.Equal("done", (await client.GetResponseAsync([Make.User("x")])).Text);
        Assert.Equal([ModelError.RateLimited, ModelError.StreamCut, ModelError.Overloaded], errors);
        Assert.Equal(TimeSpan.FromSeconds(2), _clock.Waits[0]);
        Assert.Single(server.Requests.Select(request => request.Text).Distinct(StringComparer.Ordinal));
    }

    private IChatClient Client(IChatClient wire, Random? random = null) =>
        new ModelPipeline(wire).UseRetry(new RetryOptions { TimeProvider = _clock, Random = random }).Build();

    private sealed class Certain(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
