using System.Text.Json;
using Colophon.Models.Errors;
using Colophon.Models.Tests.Doubles;
using Colophon.Models.Wires;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Wires;

public sealed class AnthropicRequestTests
{
    private const string Mark = ""","cache_control":{"type":"ephemeral"}""";

    [Fact]
    public async Task The_request_goes_to_v1_messages_with_version_and_key()
    {
        var request = await SendAsync([Make.User("hi")]);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/v1/messages", request.Path);
        Assert.Equal("2023-06-01", request.Headers["anthropic-version"]);
        Assert.Equal(Make.Key, request.Headers["x-api-key"]);
        Assert.Equal("application/json", request.Headers["content-type"]);
        Assert.Equal("text/event-stream", request.Headers["accept"]);
    }

    [Fact]
    public async Task A_base_url_may_end_in_v1()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.AnthropicText("ok")));
        using var client = Make.Anthropic(new Uri(server.Url, "/proxy/v1/"));
        await client.GetResponseAsync([Make.User("hi")]);
        Assert.Equal("/proxy/v1/messages", server.Requests[0].Path);
    }

    [Fact]
    public async Task Without_options_the_body_is_exactly_this()
    {
        var request = await SendAsync([new ChatMessage(ChatRole.System, "Be brief."), Make.User("Grüße & <b>")]);
        Assert.Equal(
            """{"model":"claude-sonnet-4-6","max_tokens":8192,"stream":true,"system":[{"type":"text","text":"Be brief."$M}],"messages":[{"role":"user","content":[{"type":"text","text":"Grüße & <b>"$M}]}]}"""
                .Replace("$M", Mark, StringComparison.Ordinal),
            request.Text);
    }

    [Fact]
    public async Task Options_tools_and_schemas_are_written_verbatim()
    {
        var options = new ChatOptions
        {
            ModelId = "other",
            Instructions = "First.",
            MaxOutputTokens = 99,
            Temperature = 0.5f,
            TopP = 0.25f,
            TopK = 7,
            StopSequences = ["END"],
            ToolMode = ChatToolMode.RequireSpecific("read"),
            AllowMultipleToolCalls = false,
            Tools = [Make.Tool("list", """{ "type" : "object" }"""), Make.Tool("read", """{"type":"object","properties":{"p":{"$ref":"#/$defs/x"}},"$defs":{"x":{"type":"string"}}}""")],
            AdditionalProperties = new() { ["metadata"] = Make.Json("""{"user_id":"u"}"""), ["service_tier"] = "auto" },
        };
        var request = await SendAsync([Make.User("hi")], options);
        Assert.Equal(
            """
            {"model":"other","max_tokens":99,"stream":true,"temperature":0.5,"top_p":0.25,"top_k":7,"stop_sequences":["END"],
            "tools":[{"name":"list","description":"Does list.","input_schema":{ "type" : "object" }},
            {"name":"read","description":"Does read.","input_schema":{"type":"object","properties":{"p":{"$ref":"#/$defs/x"}},"$defs":{"x":{"type":"string"}}}$M}],
            "tool_choice":{"type":"tool","name":"read","disable_parallel_tool_use":true},
            "system":[{"type":"text","text":"First."$M}],
            "messages":[{"role":"user","content":[{"type":"text","text":"hi"$M}]}],
            "metadata":{"user_id":"u"},"service_tier":"auto"}
            """.Replace("$M", Mark, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal),
            request.Text);
    }

    [Fact]
    public async Task All_results_of_a_turn_go_into_one_user_message_and_errors_are_marked()
    {
        var failed = new FunctionResultContent("t2", null) { Exception = new IOException("no such file") };
        List<ChatMessage> messages =
        [
            Make.User("go"),
            new(ChatRole.Assistant, [new TextContent("I look."), ToolCallArguments.Create("t1", "read", """{"path": "a"}"""), new FunctionCallContent("t2", "read", new Dictionary<string, object?> { ["path"] = "b" })]),
            new(ChatRole.Tool, [new FunctionResultContent("t1", "content of a")]),
            new(ChatRole.Tool, [failed]),
            Make.User("and go on"),
        ];
        var request = await SendAsync(messages);
        Assert.Equal(
            """
            [{"role":"user","content":[{"type":"text","text":"go"$M}]},
            {"role":"assistant","content":[{"type":"text","text":"I look."},{"type":"tool_use","id":"t1","name":"read","input":{"path": "a"}},{"type":"tool_use","id":"t2","name":"read","input":{"path":"b"}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"content of a"},{"type":"tool_result","tool_use_id":"t2","content":"no such file","is_error":true},{"type":"text","text":"and go on"$M}]}]
            """.Replace("$M", Mark, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal),
            request.Json.GetProperty("messages").GetRawText());
    }

    [Fact]
    public async Task A_longer_history_extends_the_cached_prefix_byte_for_byte()
    {
        List<ChatMessage> messages = [new(ChatRole.System, "S"), Make.User("1")];
        string? before = null;
        for (var turn = 0; turn < 5; turn++)
        {
            var request = await SendAsync(messages, new ChatOptions { Tools = [Make.Tool("read")] });
            var marks = request.Text.Split("cache_control").Length - 1;
            Assert.InRange(marks, 3, 4);
            var plain = request.Text.Replace(Mark, string.Empty, StringComparison.Ordinal);
            if (before is not null)
                Assert.StartsWith(before[..^"]}".Length], plain, StringComparison.Ordinal);
            before = plain;
            messages.Add(new(ChatRole.Assistant, [new TextReasoningContent("hm") { ProtectedData = "sig" }, ToolCallArguments.Create($"t{turn}", "read", "{}")]));
            messages.Add(new(ChatRole.Tool, [new FunctionResultContent($"t{turn}", "r")]));
        }
    }

    [Fact]
    public async Task Thinking_goes_back_with_its_signature_and_foreign_thinking_stays_out()
    {
        var request = await SendAsync(
        [
            Make.User("a"),
            new(ChatRole.Assistant, [new TextReasoningContent("Let "), new TextReasoningContent("me"), new TextReasoningContent(null) { ProtectedData = "sig" }, new TextReasoningContent(null) { ProtectedData = "redacted_thinking:xyz" }, new TextContent("A")]),
            Make.User("b"),
            new(ChatRole.Assistant, [new TextReasoningContent("of another provider"), new TextContent("B")]),
            Make.User("c"),
        ]);
        var messages = request.Json.GetProperty("messages");
        Assert.Equal(
            """[{"type":"thinking","thinking":"Let me","signature":"sig"},{"type":"redacted_thinking","data":"xyz"},{"type":"text","text":"A"}]""",
            messages[1].GetProperty("content").GetRawText());
        Assert.Equal("""[{"type":"text","text":"B"}]""", messages[3].GetProperty("content").GetRawText());
    }

    [Fact]
    public async Task Pictures_and_unknown_blocks_are_sent_and_broken_arguments_are_shown_to_the_model()
    {
        var request = await SendAsync(
        [
            new(ChatRole.User, [new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new UriContent("https://example.org/a.pdf", "application/pdf")]),
            new(ChatRole.Assistant, [new WireBlockContent("anthropic", Make.Json("""{"type":"server_tool_use","id":"s"}""")), ToolCallArguments.Create("t", "read", """{"path": """)]),
            new(ChatRole.Tool, [new FunctionResultContent("t", new List<AIContent> { new TextContent("x"), new DataContent(new byte[] { 4 }, "image/jpeg") })]),
        ]);
        Assert.Equal(
            """
            [{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}},{"type":"document","source":{"type":"url","url":"https://example.org/a.pdf"}$M}]},
            {"role":"assistant","content":[{"type":"server_tool_use","id":"s"},{"type":"tool_use","id":"t","name":"read","input":{"INVALID_JSON":"{\"path\": "}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"x"},{"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"BA=="}}]$M}]}]
            """.Replace("$M", Mark, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal),
            request.Json.GetProperty("messages").GetRawText());
    }

    [Fact]
    public async Task String_results_kept_as_json_are_not_quoted_twice()
    {
        var request = await SendAsync([Make.User("a"), new(ChatRole.Tool, [new FunctionResultContent("t", Make.Json("\"plain\"")), new FunctionResultContent("u", Make.Json("""{"n":1}""")), new FunctionResultContent("v", null)])]);
        var blocks = request.Json.GetProperty("messages")[0].GetProperty("content");
        Assert.Equal(["a", "plain", """{"n":1}""", ""], blocks.EnumerateArray().Select(b => b.GetProperty(b.GetProperty("type").GetString() == "text" ? "text" : "content").GetString()));
    }

    public static TheoryData<string, ChatOptions> Refused() => new()
    {
        { "FrequencyPenalty", new ChatOptions { FrequencyPenalty = 1 } },
        { "PresencePenalty", new ChatOptions { PresencePenalty = 1 } },
        { "Seed", new ChatOptions { Seed = 1 } },
        { "ResponseFormat", new ChatOptions { ResponseFormat = ChatResponseFormat.Json } },
        { "Reasoning", new ChatOptions { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High } } },
        { "ConversationId", new ChatOptions { ConversationId = "c" } },
        { "web_search", new ChatOptions { Tools = [new HostedWebSearchTool()] } },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task What_the_protocol_cannot_say_is_refused_by_name(string name, ChatOptions options)
    {
        using var client = Make.Anthropic(new Uri("http://127.0.0.1:9"));
        var error = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")], options));
        Assert.Equal(ModelError.OptionRefused, error.Error);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task System_text_in_the_middle_and_foreign_media_are_refused()
    {
        using var client = Make.Anthropic(new Uri("http://127.0.0.1:9"));
        List<ChatMessage> late = [Make.User("x"), new(ChatRole.System, "late")];
        Assert.Equal(ModelError.OptionRefused, (await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync(late))).Error);
        List<ChatMessage> sound = [new(ChatRole.User, [new DataContent(new byte[] { 1 }, "audio/wav")])];
        Assert.Contains("audio/wav", (await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync(sound))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thinking_and_caching_are_settings_of_the_wire()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.AnthropicText("ok")));
        using var client = Make.Anthropic(server.Url, options => options with { ThinkingTokens = 2048, PromptCaching = false, MaxOutputTokens = 4096 });
        await client.GetResponseAsync([Make.User("hi")]);
        Assert.Equal(
            """{"model":"claude-sonnet-4-6","max_tokens":4096,"stream":true,"thinking":{"type":"enabled","budget_tokens":2048},"messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}]}""",
            server.Requests[0].Text);
    }

    private static async Task<WireRequest> SendAsync(IList<ChatMessage> messages, ChatOptions? options = null)
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.AnthropicText("ok")));
        using var client = Make.Anthropic(server.Url);
        await client.GetResponseAsync(messages, options);
        using var valid = JsonDocument.Parse(server.Requests[0].Body);
        return server.Requests[0];
    }
}
