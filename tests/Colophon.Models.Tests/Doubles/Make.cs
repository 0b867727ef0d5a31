using System.Text.Json;
using Colophon.Models.Wires.Anthropic;
using Colophon.Models.Wires.OpenAiChat;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Doubles;

/// <summary>Short ways to the things most tests need.</summary>
public static class Make
{
    public const string Key = "sk-test-0123456789abcdef";

    public static AnthropicChatClient Anthropic(Uri url, Func<AnthropicOptions, AnthropicOptions>? change = null, HttpMessageHandler? handler = null)
    {
        var options = new AnthropicOptions { Provider = "anthropic", BaseUrl = url, Model = "claude-sonnet-4-6", ApiKey = Key };
        return new AnthropicChatClient(change?.Invoke(options) ?? options, handler);
    }

    public static OpenAiChatClient OpenAi(Uri url, Func<OpenAiChatOptions, OpenAiChatOptions>? change = null, HttpMessageHandler? handler = null)
    {
        var options = new OpenAiChatOptions { Provider = "openai", BaseUrl = new Uri(url, "/v1"), Model = "gpt-5.2", ApiKey = Key };
        return new OpenAiChatClient(change?.Invoke(options) ?? options, handler);
    }

    public static ChatMessage User(string text) => new(ChatRole.User, text);

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    public static AIFunctionDeclaration Tool(string name, string schema = """{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}""") =>
        AIFunctionFactory.CreateDeclaration(name, $"Does {name}.", Json(schema));

    public static async Task<List<ChatResponseUpdate>> ListAsync(this IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        List<ChatResponseUpdate> list = [];
        await foreach (var update in updates)
            list.Add(update);
        return list;
    }

    /// <summary>A reply as one comparable text: contents in order, reason and usage.</summary>
    public static string Describe(ChatResponse response)
    {
        var parts = response.Messages.SelectMany(message => message.Contents).Select(content => content switch
        {
            TextContent text => $"text {text.Text}",
            TextReasoningContent reasoning => $"thinking {reasoning.Text} [{reasoning.ProtectedData}]",
            FunctionCallContent call => $"call {call.CallId} {call.Name} {string.Join(',', call.Arguments?.Select(a => $"{a.Key}={a.Value}") ?? [])}",
            UsageContent => string.Empty,
            _ => content.GetType().Name,
        });
        var usage = response.Usage;
        return string.Join('|', parts.Where(part => part.Length > 0))
            + $" -> {response.FinishReason} {usage?.InputTokenCount}/{usage?.CachedInputTokenCount}/{usage?.OutputTokenCount} {response.ModelId}";
    }
}
