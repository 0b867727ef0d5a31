using System.Text;
using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Colophon.Models.Tests.Doubles;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Wires;

public sealed class OpenAiReplyTests
{
    private const string Whole =
        "text Grüße an \"alle\" 🚀 🎉\n|call call_a read path=src/ä.txt,limit=10|call call_b list  -> tool_calls 420/300/89 gpt-5.2-2026";

    [Fact]
    public async Task Any_split_of_the_bytes_reads_the_same()
    {
        var body = Encoding.UTF8.GetBytes(Scripts.OpenAi);
        for (var split = 1; split < body.Length; split++)
            Assert.Equal(Whole, await ReadAsync(Scripts.OpenAi, [split]));
        Assert.Equal(Whole, await ReadAsync(Scripts.OpenAi, [.. Enumerable.Repeat(1, body.Length)]));
    }

    [Fact]
    public async Task A_plain_end_is_as_good_as_DONE_but_no_finish_reason_is_a_failure()
    {
        Assert.Equal(Whole, await ReadAsync(Scripts.OpenAi.Replace("data: [DONE]\n\n", string.Empty, StringComparison.Ordinal)));
        Assert.Equal(Whole, await ReadAsync(Scripts.OpenAi.Replace("data: [DONE]\n\n", "data: [DONE]", StringComparison.Ordinal)));
        var end = Scripts.OpenAi.IndexOf("\"finish_reason\":\"tool_calls\"", StringComparison.Ordinal);
        for (var length = 0; length < end; length += 17)
            Assert.Equal(ModelError.StreamCut, (await Assert.ThrowsAsync<ModelException>(() => ReadAsync(Scripts.OpenAi[..length]))).Error);
    }

    [Fact]
    public async Task Facts_without_usage_say_that_it_is_unknown()
    {
        const string script = """
            data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}


            """;
        using var client = Make.OpenAi(new Uri("http://x.invalid"), o => o with { PriceOf = _ => new() { Input = 1, Output = 1 } }, new PieceHandler(Encoding.UTF8.GetBytes(script), []));
        var facts = CallFacts.Of(await client.GetResponseAsync([Make.User("x")]));
        Assert.NotNull(facts);
        Assert.Null(facts.InputTokens);
        Assert.Null(facts.CostMicros);
        Assert.Null(facts.ReportedModel);
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"reasoning_content":"hm"}}]}""", "thinking hm []")]
    [InlineData("""{"choices":[{"delta":{"reasoning":"hm","content":null}}]}""", "thinking hm []")]
    [InlineData("""{"choices":[{"delta":{"refusal":"No."}}]}""", "text No.")]
    [InlineData("""{"choices":[{"delta":{"refusal":"No.","content":null}}]}""", "text No.")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"a"},{"type":"text","text":"b"},7]}}]}""", "thinking hm []|text ab")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"whole"}}]}""", "text whole")]
    // Whole calls without index or id, all with index 0, with arguments as an object, and with the id in a later piece.
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"function":{"name":"f","arguments":"{\"a\":1}"}}]}}]}""", "call call_0 f a=1")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"x","function":{"name":"f","arguments":"{}"}},{"index":0,"id":"y","function":{"name":"g","arguments":"{}"}}]}}]}""", "call x f |call y g ")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"x","function":{"name":"f","arguments":{"a":"b"}}}]}}]}""", "call x f a=b")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"","function":{"name":"f","arguments":null}},{"index":0,"id":"z","type":"function"}]}}]}""", "call z f ")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":null,"function_call":null}}],"error":null,"x_groq":{"id":1}}""", "")]
    [InlineData("""{"choices":null,"id":null,"model":null,"created":"soon","usage":7}""", "")]
    public async Task Dialects_of_chunks_are_read(string chunk, string expected)
    {
        var text = await ReadAsync($"data: {chunk}\n\ndata: {{\"choices\":[{{\"finish_reason\":\"stop\"}}]}}\n\n");
        Assert.Equal(expected, text[..text.IndexOf(" -> ", StringComparison.Ordinal)]);
    }

    [Theory]
    [InlineData("""{"error":{"message":"slow down","code":429}}""", ModelError.RateLimited)]
    [InlineData("""{"error":{"message":"broken","type":"server_error","code":null}}""", ModelError.ServerError)]
    [InlineData("""{"error":"model overloaded"}""", ModelError.ServerError)]
    [InlineData("""{"error":{"message":"too long","code":"context_length_exceeded"}}""", ModelError.TooLarge)]
    public async Task An_error_in_the_stream_is_a_typed_error(string chunk, ModelError expected) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<ModelException>(() => ReadAsync($"data: {chunk}\n\n"))).Error);

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}""")]
    public async Task A_chunk_out_of_the_protocol_is_a_bad_response(string chunk) =>
        Assert.Equal(ModelError.BadResponse, (await Assert.ThrowsAsync<ModelException>(() => ReadAsync($"data: {chunk}\n\n"))).Error);

    [Fact]
    public async Task Random_damage_never_escapes_as_another_exception()
    {
        var body = Encoding.UTF8.GetBytes(Scripts.OpenAi);
        var random = new Random(7);
        for (var round = 0; round < 3000; round++)
        {
            var damaged = (byte[])body.Clone();
            for (var i = random.Next(1, 6); i > 0; i--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            foreach (var client in (IChatClient[])[
                Make.OpenAi(new Uri("http://x.invalid"), handler: new PieceHandler(damaged, [])),
                Make.Anthropic(new Uri("http://x.invalid"), handler: new PieceHandler(Damage(Scripts.Anthropic, random), [])),
            ])
            {
                try
                {
                    await client.GetResponseAsync([Make.User("x")]);
                }
                catch (ModelException)
                {
                    // A typed refusal is as good as an answer.
                }
            }
        }
    }

    private static byte[] Damage(string script, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(script);
        for (var i = random.Next(1, 6); i > 0; i--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static async Task<string> ReadAsync(string script, IReadOnlyList<int>? lengths = null)
    {
        using var client = Make.OpenAi(new Uri("http://x.invalid"), handler: new PieceHandler(Encoding.UTF8.GetBytes(script), lengths ?? []));
        return Make.Describe(await client.GetResponseAsync([Make.User("x")]));
    }
}
