using System.Text;
using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Colophon.Models.Tests.Doubles;
using Colophon.Models.Wires;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Wires;

public sealed class AnthropicReplyTests
{
    private const string Whole =
        "thinking Let me look. [EqQB+sig==]|text Grüße an \"alle\" 🚀 🎉\n|call toolu_1 read path=src/ä.txt,limit=10|call toolu_2 list  -> tool_calls 420/300/89 claude-sonnet-4-6";

    [Fact]
    public async Task Thinking_text_calls_and_usage_are_read()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.Anthropic));
        using var client = Make.Anthropic(server.Url);
        Assert.Equal(Whole, Make.Describe(await client.GetResponseAsync([Make.User("x")])));
    }

    [Fact]
    public async Task The_facts_tell_all_that_an_audit_entry_needs()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.Anthropic));
        using var client = Make.Anthropic(new Uri(server.Url, "/?key=secret"), options => options with { PriceOf = _ => new() { Input = 3_000_000, Output = 15_000_000, CacheRead = 300_000, CacheWrite = 3_750_000 } });
        var response = await client.GetResponseAsync([Make.User("x")], new ChatOptions { Temperature = 0.5f });
        var facts = CallFacts.Of(response);
        Assert.NotNull(facts);
        Assert.Equal(
            new CallFacts
            {
                Provider = "anthropic",
                RequestedModel = "claude-sonnet-4-6",
                ReportedModel = "claude-sonnet-4-6",
                Endpoint = $"{server.Url.AbsoluteUri.TrimEnd('/')}/v1/messages",
                ResponseId = "msg_1",
                InputTokens = 420,
                OutputTokens = 89,
                CachedTokens = 300,
                CacheWriteTokens = 100,
                // 20 × 3 + 300 × 0.3 + 100 × 3.75 + 89 × 15
                CostMicros = 1860,
                Chunks = 21,
                Duration = facts.Duration,
                FirstContent = facts.FirstContent,
                Temperature = 0.5f,
                MaxOutputTokens = 8192,
                FallbacksTried = facts.FallbacksTried,
            },
            facts);
        Assert.True(facts.FirstContent <= facts.Duration);
    }

    [Fact]
    public async Task Any_split_of_the_bytes_reads_the_same()
    {
        var body = Encoding.UTF8.GetBytes(Scripts.Anthropic);
        for (var split = 1; split < body.Length; split++)
            Assert.Equal(Whole, await ReadAsync(body, [split]));
        Assert.Equal(Whole, await ReadAsync(body, [.. Enumerable.Repeat(1, body.Length)]));
        var crlf = Encoding.UTF8.GetBytes("\uFEFF: hello\r\n\r\n" + Scripts.Anthropic.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(Whole, await ReadAsync(crlf, [.. Enumerable.Repeat(1, crlf.Length)]));
        var cr = Encoding.UTF8.GetBytes(Scripts.Anthropic.Replace("\n", "\r", StringComparison.Ordinal));
        Assert.Equal(Whole, await ReadAsync(cr, [.. Enumerable.Repeat(7, cr.Length)]));
    }

    [Fact]
    public async Task A_stream_that_ends_anywhere_before_its_stop_reason_is_a_failure()
    {
        var end = Scripts.Anthropic.IndexOf("event: message_delta", StringComparison.Ordinal);
        for (var length = 0; length < end; length += 13)
        {
            using var client = Make.Anthropic(new Uri("http://x.invalid"), handler: new PieceHandler(Encoding.UTF8.GetBytes(Scripts.Anthropic[..length]), []));
            var error = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]));
            Assert.Equal(ModelError.StreamCut, error.Error);
        }
    }

    [Fact]
    public async Task A_stream_may_end_without_message_stop_once_the_reason_is_known()
    {
        var script = Scripts.Anthropic[..Scripts.Anthropic.IndexOf("event: message_stop", StringComparison.Ordinal)];
        Assert.Equal(Whole, await ReadAsync(Encoding.UTF8.GetBytes(script), []));
    }

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "context_window")]
    [InlineData("refusal", "content_filter")]
    [InlineData("pause_turn", "pause_turn")]
    [InlineData("something_new", "something_new")]
    public async Task Stop_reasons_are_translated_and_unknown_ones_pass_through(string reason, string expected)
    {
        using var client = Make.Anthropic(new Uri("http://x.invalid"), handler: new PieceHandler(Encoding.UTF8.GetBytes(Scripts.AnthropicText("a", reason)), []));
        Assert.Equal(new ChatFinishReason(expected), (await client.GetResponseAsync([Make.User("x")])).FinishReason);
    }

    [Fact]
    public async Task Unknown_events_deltas_and_blocks_pass_through()
    {
        const string script = """
            data: {"type":"message_start","message":{"id":"m","model":"c"}}

            data: {"type":"brand_new_event","x":[1,2]}

            data: {"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s1","name":"web_search","input":{}}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"query\":\"x\"}"}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":"Hi"}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"text":"no"}}}

            data: {"type":"content_block_stop","index":1}

            data: {"type":"content_block_start","index":2,"content_block":{"type":"redacted_thinking","data":"abc"}}

            data: {"type":"content_block_stop","index":2}

            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}


            """;
        using var client = Make.Anthropic(new Uri("http://x.invalid"), handler: new PieceHandler(Encoding.UTF8.GetBytes(script), []));
        var contents = (await client.GetResponseAsync([Make.User("x")])).Messages[0].Contents;
        var block = Assert.IsType<WireBlockContent>(contents[0]);
        Assert.Equal("""{"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"x"}}""", block.Block.GetRawText());
        Assert.Equal("Hi", Assert.IsType<TextContent>(contents[1]).Text);
        Assert.Equal("redacted_thinking:abc", Assert.IsType<TextReasoningContent>(contents[2]).ProtectedData);
    }

    [Theory]
    [InlineData("overloaded_error", ModelError.Overloaded)]
    [InlineData("rate_limit_error", ModelError.RateLimited)]
    [InlineData("api_error", ModelError.ServerError)]
    [InlineData("invalid_request_error", ModelError.BadRequest)]
    public async Task An_error_event_is_a_typed_error(string type, ModelError expected)
    {
        var script = $"data: {{\"type\":\"error\",\"error\":{{\"type\":\"{type}\",\"message\":\"Overloaded sk-ant-abcdef0123456789\"}}}}\n\n";
        using var client = Make.Anthropic(new Uri("http://x.invalid"), handler: new PieceHandler(Encoding.UTF8.GetBytes(script), []));
        var error = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]));
        Assert.Equal(expected, error.Error);
        Assert.Contains("Overloaded [key]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data: {not json\n\n")]
    [InlineData("data: []\n\n")]
    [InlineData("data: 17\n\n")]
    [InlineData("data: {\"type\":\"message_start\"}\n\n")]
    [InlineData("data: {\"type\":\"message_start\",\"message\":3}\n\n")]
    [InlineData("data: {\"type\":\"content_block_start\",\"index\":\"a\",\"content_block\":{}}\n\n")]
    [InlineData("data: {\"type\":\"content_block_delta\",\"index\":5,\"delta\":{}}\n\n")]
    [InlineData("data: {\"type\":\"content_block_delta\",\"index\":1e99,\"delta\":{}}\n\n")]
    [InlineData("data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":[]}\n\n")]
    [InlineData("data: \u0001\n\n")]
    public async Task An_event_out_of_the_protocol_is_a_bad_response(string script)
    {
        using var client = Make.Anthropic(new Uri("http://x.invalid"), handler: new PieceHandler(Encoding.UTF8.GetBytes(script), []));
        Assert.Equal(ModelError.BadResponse, (await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]))).Error);
    }

    [Fact]
    public async Task Broken_arguments_of_a_call_are_told_and_kept()
    {
        var script = Scripts.Anthropic.Replace("""ä.txt\", \"limit\": 10}""", "ä.txt", StringComparison.Ordinal);
        using var client = Make.Anthropic(new Uri("http://x.invalid"), handler: new PieceHandler(Encoding.UTF8.GetBytes(script), []));
        var call = (await client.GetResponseAsync([Make.User("x")])).Messages[0].Contents.OfType<FunctionCallContent>().First();
        Assert.NotNull(call.Exception);
        Assert.Null(call.Arguments);
        Assert.Equal("""{"path": "src/ä.txt""", ToolCallArguments.Text(call));
    }

    private static async Task<string> ReadAsync(byte[] body, IReadOnlyList<int> lengths)
    {
        using var client = Make.Anthropic(new Uri("http://x.invalid"), handler: new PieceHandler(body, lengths));
        return Make.Describe(await client.GetResponseAsync([Make.User("x")]));
    }
}
