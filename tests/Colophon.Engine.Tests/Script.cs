using System.Text;
using System.Text.Json;

namespace Colophon.Engine.Tests;

/// <summary>Writes a cassette by hand: what Anthropic's wire would send if a model answered just so.</summary>
internal sealed class Script
{
    private readonly List<string> _lines = ["""{"cassette":1,"wire":"anthropic","model":"scripted","match":"sequence"}"""];
    private int _turn;
    private int _calls;
    private string? _contains;

    /// <summary>The model calls tools.</summary>
    public Script Calls(params (string Tool, object Input)[] calls)
    {
        var blocks = calls.Select(c => (
            Start: $$"""{"type":"tool_use","id":"toolu_{{++_calls}}","name":"{{c.Tool}}","input":{ } }""",
            Delta: $$"""{"type":"input_json_delta","partial_json":{{Quote(c.Input as string ?? JsonSerializer.Serialize(c.Input))}} }"""));
        return Add([.. blocks], "tool_use");
    }

    /// <summary>The model says its last word for a task.</summary>
    public Script Says(string text)
    {
        Add([("""{"type":"text","text":""}""", $$"""{"type":"text_delta","text":{{Quote(text)}} }""")], "end_turn");
        return this;
    }

    /// <summary>The model writes one file and is done.</summary>
    public Script Writes(string path, string content) => Calls(("write", new { path, content })).Says($"I wrote {path}.");

    /// <summary>The next answer begins a fresh conversation; with a text, it answers only a request that holds it.</summary>
    public Script NextTask(string? contains = null)
    {
        (_turn, _contains) = (0, contains);
        return this;
    }

    /// <summary>The provider refuses.</summary>
    public Script Fails(int status, string message)
    {
        _lines.Add($$$"""{"request":{"turn":{{{_turn}}}},"response":{"status":{{{status}}},"headers":{"Content-Type":"application/json"},"body":[{{{Quote("{\"type\":\"error\",\"error\":{\"type\":\"error\",\"message\":\"" + message + "\"}}")}}}]}}""");
        return this;
    }

    /// <summary>The stream ends in the middle of an answer.</summary>
    public Script IsCut()
    {
        var start = Event("message_start", """{"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"scripted","content":[],"stop_reason":null,"usage":{"input_tokens":1,"output_tokens":1}}}""");
        var text = Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"I beg"}}""");
        _lines.Add($$$"""{"request":{"turn":{{{_turn}}}},"response":{"status":200,"headers":{"Content-Type":"text/event-stream"},"body":[{{{Quote(start)}}},{{{Quote(text)}}}]}}""");
        return this;
    }

    public string Save(string folder)
    {
        var path = Path.Combine(folder, "script.jsonl");
        File.WriteAllLines(path, _lines);
        return path;
    }

    private Script Add((string Start, string Delta)[] blocks, string stop)
    {
        var body = new List<string> { Event("message_start", $$$"""{"type":"message_start","message":{"id":"msg_{{{_lines.Count}}}","type":"message","role":"assistant","model":"scripted-1","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":100,"output_tokens":1} } }""") };
        for (var i = 0; i < blocks.Length; i++)
        {
            body.Add(Event("content_block_start", $$"""{"type":"content_block_start","index":{{i}},"content_block":{{blocks[i].Start}} }"""));
            body.Add(Event("content_block_delta", $$"""{"type":"content_block_delta","index":{{i}},"delta":{{blocks[i].Delta}} }"""));
            body.Add(Event("content_block_stop", $$"""{"type":"content_block_stop","index":{{i}}}"""));
        }

        body.Add(Event("message_delta", $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{stop}}}","stop_sequence":null},"usage":{"output_tokens":20}}"""));
        body.Add(Event("message_stop", """{"type":"message_stop"}"""));
        _lines.Add($$$"""{"request":{"turn":{{{_turn++}}}{{{Contains()}}}},"response":{"status":200,"headers":{"Content-Type":"text/event-stream"},"body":[{{{string.Join(",", body.Select(Quote))}}}]}}""");
        return this;
    }

    private string Contains() => _contains is null ? "" : $",\"contains\":{Quote(_contains)}";

    private static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    private static string Quote(string text) => new StringBuilder().Append('"').Append(JsonEncodedText.Encode(text)).Append('"').ToString();
}
