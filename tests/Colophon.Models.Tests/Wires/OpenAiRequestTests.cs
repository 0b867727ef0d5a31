using System.Text.Json;
using Colophon.Models.Errors;
using Colophon.Models.Tests.Doubles;
using Colophon.Models.Wires;
using Colophon.Models.Wires.OpenAiChat;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Wires;

public sealed class OpenAiRequestTests
{
    [Fact]
    public async Task Without_options_the_body_is_exactly_this()
    {
        var request = await SendAsync([new ChatMessage(ChatRole.System, "Be brief."), Make.User("Grüße & <b>")]);
        Assert.Equal("/v1/chat/completions", request.Path);
        Assert.Equal($"Bearer {Make.Key}", request.Headers["authorization"]);
        Assert.Equal(
            """{"model":"gpt-5.2","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Grüße & <b>"}]}""",
            request.Text);
    }

    [Fact]
    public async Task Options_tools_and_formats_are_written()
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = 99,
            Temperature = 0.5f,
            TopP = 0.25f,
            FrequencyPenalty = 1,
            PresencePenalty = -1,
            Seed = 3,
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High },
            StopSequences = ["END"],
            Tools = [Make.Tool("list", """{ "type" : "object" }""")],
            ToolMode = ChatToolMode.RequireAny,
            AllowMultipleToolCalls = true,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(Make.Json("""{"type":"object"}"""), "answer"),
        };
        var request = await SendAsync([Make.User("hi")], options, new OpenAiQuirks { MaxTokensMember = "max_completion_tokens", ReasoningEffort = true });
        Assert.Equal(
            """
            {"model":"gpt-5.2","stream":true,"stream_options":{"include_usage":true},"max_completion_tokens":99,"temperature":0.5,"top_p":0.25,
            "frequency_penalty":1,"presence_penalty":-1,"seed":3,"reasoning_effort":"high","stop":["END"],
            "tools":[{"type":"function","function":{"name":"list","description":"Does list.","parameters":{ "type" : "object" }}}],
            "tool_choice":"required","parallel_tool_calls":true,
            "response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}},
            "messages":[{"role":"user","content":"hi"}]}
            """.Replace("\n", string.Empty, StringComparison.Ordinal),
            request.Text);
    }

    [Fact]
    public async Task Each_result_is_a_message_and_calls_keep_their_text()
    {
        var request = await SendAsync(
        [
            new(ChatRole.User, [new TextContent("look"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")]),
            new(ChatRole.Assistant, [new TextReasoningContent("hm"), ToolCallArguments.Create("c1", "read", """{"path": "a"}"""), ToolCallArguments.Create("c2", "read", """{"path": """)]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "A"), new FunctionResultContent("c2", null) { Exception = new FormatException("not JSON") }]),
        ]);
        Assert.Equal(
            """
            [{"role":"user","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]},
            {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"read","arguments":"{\"path\": \"a\"}"}},{"id":"c2","type":"function","function":{"name":"read","arguments":"{\"path\": "}}]},
            {"role":"tool","tool_call_id":"c1","content":"A"},{"role":"tool","tool_call_id":"c2","content":"not JSON"}]
            """.Replace("\n", string.Empty, StringComparison.Ordinal),
            request.Json.GetProperty("messages").GetRawText());
    }

    [Fact]
    public async Task Dialects_are_settings()
    {
        var request = await SendAsync(
            [Make.User("a"), new(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("b")])],
            new ChatOptions { TopK = 5, Seed = 1, MaxOutputTokens = 7 },
            new OpenAiQuirks { TopK = true, SeedMember = "random_seed", AskForUsage = false, ReasoningMember = "reasoning_content" });
        Assert.Equal(
            """{"model":"gpt-5.2","stream":true,"max_tokens":7,"top_k":5,"random_seed":1,"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b","reasoning_content":"hm"}]}""",
            request.Text);
    }

    [Fact]
    public async Task A_server_without_a_key_gets_no_authorization()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.OpenAiText("ok")));
        using var client = Make.OpenAi(server.Url, options => options with { ApiKey = null, Headers = [new("X-Title", "Colophon")] });
        await client.GetResponseAsync([Make.User("hi")]);
        Assert.DoesNotContain("authorization", server.Requests[0].Headers.Keys);
        Assert.Equal("Colophon", server.Requests[0].Headers["x-title"]);
    }

    public static TheoryData<string, ChatOptions> Refused() => new()
    {
        { "TopK", new ChatOptions { TopK = 1 } },
        { "Reasoning", new ChatOptions { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low } } },
        { "ConversationId", new ChatOptions { ConversationId = "c" } },
        { "RawRepresentationFactory", new ChatOptions { RawRepresentationFactory = _ => null } },
        { "code_interpreter", new ChatOptions { Tools = [new HostedCodeInterpreterTool()] } },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task What_the_protocol_cannot_say_is_refused_by_name(string name, ChatOptions options)
    {
        using var client = Make.OpenAi(new Uri("http://127.0.0.1:9"));
        var error = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")], options));
        Assert.Equal(ModelError.OptionRefused, error.Error);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private static async Task<WireRequest> SendAsync(IList<ChatMessage> messages, ChatOptions? options = null, OpenAiQuirks? quirks = null)
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.OpenAiText("ok")));
        using var client = Make.OpenAi(server.Url, wire => wire with { Quirks = quirks ?? new() });
        await client.GetResponseAsync(messages, options);
        using var valid = JsonDocument.Parse(server.Requests[0].Body);
        return server.Requests[0];
    }
}
