using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.OpenAiChat;

/// <summary>The OpenAI Chat Completions protocol (<c>POST …/chat/completions</c>, always streamed, with usage).</summary>
/// <param name="options">Where to send, as whom, in which dialect.</param>
/// <param name="handler">The handler to send through; it stays the caller's. Null: an own one.</param>
public sealed class OpenAiChatClient(OpenAiChatOptions options, HttpMessageHandler? handler = null)
    : WireChatClient(WithHeaders(options), new Uri($"{options.BaseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/')}/chat/completions"), null, handler)
{
    /// <summary>The wire's name in cassettes.</summary>
    public const string Wire = "openai-chat";

    private protected override ReadOnlyMemory<byte> WriteRequest(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions) =>
        OpenAiRequest.Write(messages, chatOptions, options);

    private protected override WireReply CreateReply() => new OpenAiReply(options.Provider);

    private static OpenAiChatOptions WithHeaders(OpenAiChatOptions options) =>
        options.ApiKey is { } key ? options with { Headers = [new("Authorization", $"Bearer {key}"), .. options.Headers] } : options;
}
