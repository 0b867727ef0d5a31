using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires.Anthropic;

/// <summary>
/// The Anthropic Messages protocol (<c>POST /v1/messages</c>, always streamed). All results of one turn go into one user message; tools,
/// system text and the latest user messages are marked for the prompt cache; thinking comes and goes with its signature.
/// </summary>
/// <param name="options">Where to send, as whom, how.</param>
/// <param name="handler">The handler to send through; it stays the caller's. Null: an own one.</param>
public sealed class AnthropicChatClient(AnthropicOptions options, HttpMessageHandler? handler = null)
    : WireChatClient(WithHeaders(options), Endpoint(options.BaseUrl), options.MaxOutputTokens, handler)
{
    /// <summary>The wire's name in <see cref="WireBlockContent"/> and cassettes.</summary>
    public const string Wire = "anthropic";

    private protected override ReadOnlyMemory<byte> WriteRequest(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions) =>
        AnthropicRequest.Write(messages, chatOptions, options);

    private protected override WireReply CreateReply() => new AnthropicReply(options.Provider);

    private static AnthropicOptions WithHeaders(AnthropicOptions options)
    {
        List<KeyValuePair<string, string>> headers = [new("anthropic-version", options.Version)];
        if (options.ApiKey is { } key)
            headers.Add(new("x-api-key", key));
        headers.AddRange(options.Headers);
        return options with { Headers = headers };
    }

    private static Uri Endpoint(Uri baseUrl)
    {
        var root = baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new Uri(root.EndsWith("/v1", StringComparison.Ordinal) ? $"{root}/messages" : $"{root}/v1/messages");
    }
}
