using System.Text;
using System.Text.Json;

namespace Colophon.Agent.Tests.EndToEnd;

/// <summary>Event streams as the providers write them.</summary>
internal static class Streams
{
    internal static string OpenAiText(params IReadOnlyList<string> pieces) =>
        OpenAi([.. pieces.Select(static piece => $$$"""{"content":{{{Json(piece)}}}}""")], "stop");

    internal static string OpenAiCalls(params IReadOnlyList<(string Id, string Name, string Arguments)> calls) => OpenAi(
        [.. calls.SelectMany(static (call, index) => new[]
        {
            $$$"""{"tool_calls":[{"index":{{{index}}},"id":"{{{call.Id}}}","type":"function","function":{"name":"{{{call.Name}}}","arguments":""}}]}""",
            $$$"""{"tool_calls":[{"index":{{{index}}},"function":{"arguments":{{{Json(call.Arguments[..(call.Arguments.Length / 2)])}}}}}]}""",
            $$$"""{"tool_calls":[{"index":{{{index}}},"function":{"arguments":{{{Json(call.Arguments[(call.Arguments.Length / 2)..])}}}}}]}""",
        })],
        "tool_calls");

    internal static string OpenAiBroken(string piece) => Chunk($$$"""{"content":{{{Json(piece)}}}}""", null) + LoopbackProvider.Cut;

    internal static string AnthropicText(string text) =>
        Start() + Block(0, """{"type":"text","text":""}""", $$$"""{"type":"text_delta","text":{{{Json(text)}}}}""") + Stop("end_turn");

    internal static string AnthropicCall(string thought, string id, string name, string arguments) =>
        Start()
        + Block(0, """{"type":"thinking","thinking":"","signature":""}""", $$$"""{"type":"thinking_delta","thinking":{{{Json(thought)}}}}""", """{"type":"signature_delta","signature":"c2lnbmVk"}""")
        + Block(1, $$$"""{"type":"tool_use","id":"{{{id}}}","name":"{{{name}}}","input":{}}""", $$$"""{"type":"input_json_delta","partial_json":{{{Json(arguments)}}}}""")
        + Stop("tool_use");

    private static string OpenAi(IReadOnlyList<string> deltas, string finish)
    {
        var stream = new StringBuilder();
        foreach (var delta in deltas)
            stream.Append(Chunk(delta, null));
        stream.Append(Chunk("{}", finish));
        return stream.Append("data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"model\":\"m-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":50,\"completion_tokens\":5,\"total_tokens\":55}}\n\ndata: [DONE]\n\n").ToString();
    }

    private static string Chunk(string delta, string? finish) =>
        $$$"""data: {"id":"x","object":"chat.completion.chunk","model":"m-1","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":{{{(finish is null ? "null" : $"\"{finish}\"")}}}}]}""" + "\n\n";

    private static string Start() =>
        Event("message_start", """{"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"m-1","content":[],"stop_reason":null,"usage":{"input_tokens":50,"output_tokens":1}}}""");

    private static string Block(int index, string block, params IReadOnlyList<string> deltas) =>
        Event("content_block_start", $$$"""{"type":"content_block_start","index":{{{index}}},"content_block":{{{block}}}}""")
        + string.Concat(deltas.Select(delta => Event("content_block_delta", $$$"""{"type":"content_block_delta","index":{{{index}}},"delta":{{{delta}}}}""")))
        + Event("content_block_stop", $$$"""{"type":"content_block_stop","index":{{{index}}}}""");

    private static string Stop(string reason) =>
        Event("message_delta", $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}"},"usage":{"output_tokens":5}}""") + Event("message_stop", """{"type":"message_stop"}""");

    private static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
