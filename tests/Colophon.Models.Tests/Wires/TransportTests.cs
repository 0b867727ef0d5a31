using Colophon.Kernel.Errors;
using Colophon.Models.Errors;
using Colophon.Models.Tests.Doubles;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Wires;

public sealed class TransportTests
{
    [Theory]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"messages: wrong"}}""", ModelError.BadRequest, "messages: wrong")]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens","code":"context_length_exceeded"}}""", ModelError.TooLarge, "maximum context")]
    [InlineData(401, """{"error":{"message":"Incorrect API key provided: sk-test-0123456789abcdef","code":"invalid_api_key"}}""", ModelError.Unauthorized, "Incorrect API key provided: [key]")]
    [InlineData(401, """{"error":{"message":"Incorrect API key provided: sk-proj-****wxyz."}}""", ModelError.Unauthorized, "[key]")]
    [InlineData(403, """{"error":"no"}""", ModelError.Forbidden, "no")]
    [InlineData(404, """{"error":{"message":"model 'x' not found"}}""", ModelError.UnknownModel, "not found")]
    [InlineData(413, "", ModelError.TooLarge, "413.")]
    [InlineData(422, """{"detail":[{"loc":["body"],"msg":"field required"}]}""", ModelError.BadRequest, "field required")]
    [InlineData(429, """{"message":"slow"}""", ModelError.RateLimited, "slow")]
    [InlineData(500, "<html>oops</html>", ModelError.ServerError, "a web page")]
    [InlineData(503, "plain \u001b[31mtext\r\nBearer abcdefghijkl", ModelError.Overloaded, "plain  [31mtext  [key]")]
    [InlineData(529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", ModelError.Overloaded, "Overloaded")]
    [InlineData(302, "", ModelError.BadResponse, "302")]
    public async Task A_status_is_a_typed_error_with_the_providers_words_and_no_key(int status, string body, ModelError expected, string said)
    {
        await using var server = new LoopbackServer(WireAnswer.Json(status, body), WireAnswer.Json(status, body));
        foreach (var client in (IChatClient[])[Make.Anthropic(server.Url), Make.OpenAi(server.Url)])
        {
            using var _ = client;
            var error = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]));
            Assert.Equal(expected, error.Error);
            Assert.Equal(status, error.Status);
            Assert.Equal(ExitCode.Provider, error.ExitCode);
            Assert.Contains(said, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Make.Key, error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', error.Message);
            if (expected is not ModelError.BadRequest)
                Assert.NotNull(error.Hint);
        }
    }

    [Fact]
    public async Task An_endless_error_body_is_read_in_part_only()
    {
        var piece = new byte[60_000];
        Array.Fill(piece, (byte)'x');
        await using var server = new LoopbackServer(new WireAnswer(500, [piece, piece, piece]) { Hang = true });
        using var client = Make.OpenAi(server.Url);
        var error = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]));
        Assert.InRange(error.Message.Length, 400, 600);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7000)]
    [InlineData("Retry-After", "Fri, 02 Jan 2026 03:05:05 GMT", 60_000)]
    [InlineData("Retry-After", "Thu, 02 Jan 2020 03:05:05 GMT", 0)]
    [InlineData("retry-after-ms", "250", 250)]
    [InlineData("Retry-After", "soon", null)]
    public async Task Retry_after_is_carried(string name, string value, int? milliseconds)
    {
        await using var server = new LoopbackServer(WireAnswer.Json(429, "{}") with { Headers = [new(name, value)] });
        using var client = Make.OpenAi(server.Url, options => options with { TimeProvider = new ManualClock() });
        var error = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]));
        Assert.Equal(milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null, error.RetryAfter);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_a_network_error_with_a_question()
    {
        await using var server = new LoopbackServer();
        var url = server.Url;
        await server.DisposeAsync();
        using var client = Make.OpenAi(url);
        var error = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]));
        Assert.Equal(ModelError.Network, error.Error);
        Assert.Contains($"Is the server at {url.Authority} running?", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_is_a_cut_stream_after_what_came()
    {
        var half = Scripts.Anthropic[..(Scripts.Anthropic.IndexOf("🎉", StringComparison.Ordinal) - 40)];
        await using var server = new LoopbackServer(WireAnswer.Events(half) with { Cut = true });
        using var client = Make.Anthropic(server.Url);
        List<string> seen = [];
        var error = await Assert.ThrowsAsync<ModelException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync([Make.User("x")]))
                seen.Add(update.Text);
        });
        Assert.Equal(ModelError.StreamCut, error.Error);
        Assert.Contains("Grüße ", seen);
    }

    [Fact]
    public async Task Comments_that_keep_a_stream_alive_count_as_life()
    {
        var clock = new ManualClock();
        await using var server = new LoopbackServer();
        // The clock moves on by two thirds of the allowed silence with every piece that arrives.
        var pieces = (string[])[": PROCESSING\n\n", ": PROCESSING\n\n", ": PROCESSING\n\n", Scripts.OpenAiText("done")];
        using var client = Make.OpenAi(
            server.Url,
            options => options with { TimeProvider = clock, IdleTimeout = TimeSpan.FromSeconds(30) },
            new PieceHandler(System.Text.Encoding.UTF8.GetBytes(string.Concat(pieces)), [.. pieces.Select(piece => piece.Length)], () => clock.Advance(TimeSpan.FromSeconds(20))));
        Assert.Equal("done", (await client.GetResponseAsync([Make.User("x")])).Text);
    }

    [Fact]
    public async Task Text_that_is_no_valid_Unicode_is_sent_with_replacement_characters()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.OpenAiText("a")), WireAnswer.Events(Scripts.AnthropicText("a")));
        using var openAi = Make.OpenAi(server.Url);
        using var anthropic = Make.Anthropic(server.Url);
        await openAi.GetResponseAsync([Make.User("a\ud800b\0")]);
        await anthropic.GetResponseAsync([Make.User("a\ud800b\0")]);
        Assert.Equal("a\ufffdb\0", server.Requests[0].Json.GetProperty("messages")[0].GetProperty("content").GetString());
        Assert.Equal("a\ufffdb\0", server.Requests[1].Json.GetProperty("messages")[0].GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_server_that_does_not_stream_is_quoted()
    {
        await using var server = new LoopbackServer(WireAnswer.Json(200, """{"error":"streaming is off"}"""));
        using var client = Make.OpenAi(server.Url);
        Assert.Contains("application/json where a stream of events was asked for: streaming is off", (await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_page_instead_of_a_stream_is_a_bad_response()
    {
        await using var server = new LoopbackServer(WireAnswer.Json(200, "<html>") with { ContentType = "text/html" });
        using var client = Make.OpenAi(server.Url);
        Assert.Equal(ModelError.BadResponse, (await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]))).Error);
    }

    [Fact]
    public async Task A_line_without_end_is_refused_at_a_bound()
    {
        var piece = new byte[1 << 20];
        Array.Fill(piece, (byte)'x');
        await using var server = new LoopbackServer(new WireAnswer(200, [.. Enumerable.Repeat(piece, 40)]) { Hang = true });
        using var client = Make.OpenAi(server.Url);
        var error = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]));
        Assert.Equal(ModelError.BadResponse, error.Error);
        Assert.Contains("16 MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_event_below_the_bound_is_read()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.OpenAiText(new string('y', 3_000_000))));
        using var client = Make.OpenAi(server.Url);
        Assert.Equal(3_000_000, (await client.GetResponseAsync([Make.User("x")])).Text.Length);
    }

    [Fact]
    public async Task Silence_ends_by_the_injected_clock_before_and_in_a_reply()
    {
        var clock = new ManualClock();
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.OpenAiText("a")[..100]) with { Hang = true });
        using var client = Make.OpenAi(server.Url, options => options with { TimeProvider = clock, IdleTimeout = TimeSpan.FromSeconds(30) });
        await using var updates = client.GetStreamingResponseAsync([Make.User("x")]).GetAsyncEnumerator();
        var next = updates.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(31));
            await Task.WhenAny(next, Task.Yield().AsTask());
            if (clock.GetTimestamp() > TimeSpan.FromDays(30).Ticks)
                break;
        }

        Assert.Equal(ModelError.TimedOut, (await Assert.ThrowsAsync<ModelException>(() => next)).Error);
    }

    [Fact]
    public async Task Cancellation_is_cancellation_and_never_a_model_error()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.OpenAiText("first")[..100]) with { Hang = true });
        using var client = Make.OpenAi(server.Url);
        using var stop = new CancellationTokenSource();
        server.Answer(_ => WireAnswer.Events(Scripts.OpenAiText("x")));
        var call = client.GetResponseAsync([Make.User("x")], cancellationToken: stop.Token);
        await stop.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(stop.Token, error.CancellationToken);
    }

    [Fact]
    public async Task Calls_share_a_connection()
    {
        await using var server = new LoopbackServer([.. Enumerable.Repeat(WireAnswer.Events(Scripts.Anthropic), 5)]);
        using var client = Make.Anthropic(server.Url);
        for (var i = 0; i < 5; i++)
            await client.GetResponseAsync([Make.User("x")]);
        Assert.Equal([1, 1, 1, 1, 1], server.Requests.Select(request => request.Connection));
    }

    [Theory]
    [InlineData("X-A", "line\nbreak")]
    [InlineData("X-A", "schlüssel")]
    [InlineData("no name", "v")]
    [InlineData("Content-Type", "text/plain")]
    [InlineData("", "v")]
    public async Task A_header_that_cannot_be_sent_is_named_without_its_value(string name, string value)
    {
        using var client = Make.OpenAi(new Uri("http://127.0.0.1:9"), options => options with { Headers = [new(name, value)] });
        var error = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]));
        Assert.Equal(ModelError.ProviderInvalid, error.Error);
        Assert.DoesNotContain(value == "v" ? "\0" : value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_never_show_the_key()
    {
        using var client = Make.Anthropic(new Uri("http://127.0.0.1:9"));
        Assert.DoesNotContain(Make.Key, new Colophon.Models.Wires.Anthropic.AnthropicOptions { Provider = "p", BaseUrl = new("http://x"), Model = "m", ApiKey = Make.Key }.ToString(), StringComparison.Ordinal);
    }
}
