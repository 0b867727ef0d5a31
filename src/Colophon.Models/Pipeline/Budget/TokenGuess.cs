using System.Runtime.InteropServices;
using System.Text.Json;
using Colophon.Models.Wires;
using Colophon.Text;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Pipeline.Budget;

/// <summary>An estimate of a prompt's tokens before a provider has counted them.</summary>
internal static class TokenGuess
{
    private const int CharactersPerToken = 4;
    private const int TokensPerMessage = 4;
    private const int TokensPerImage = 1600;

    public static long Of(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        long tokens = TokenEstimate.Of(options?.Instructions);
        foreach (var tool in options?.Tools ?? [])
        {
            tokens += TokenEstimate.Of(tool.Name) + TokenEstimate.Of(tool.Description);
            if (tool is AIFunctionDeclaration { JsonSchema.ValueKind: not JsonValueKind.Undefined } function)
                tokens += OfLength(JsonMarshal.GetRawUtf8Value(function.JsonSchema).Length);
        }

        foreach (var message in messages)
        {
            tokens += TokensPerMessage;
            foreach (var content in message.Contents)
                tokens += Of(content);
        }

        return tokens;
    }

    /// <summary>For a length alone: one token for four characters.</summary>
    public static long OfLength(long characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;

    private static long Of(AIContent content) => content switch
    {
        TextContent text => TokenEstimate.Of(text.Text),
        TextReasoningContent reasoning => TokenEstimate.Of(reasoning.Text),
        FunctionCallContent call => TokenEstimate.Of(call.Name) + TokenEstimate.Of(ToolCallArguments.Text(call)),
        FunctionResultContent result => TokenEstimate.Of(WireJson.ResultText(result)),
        DataContent or UriContent => TokensPerImage,
        _ => 0,
    };
}
