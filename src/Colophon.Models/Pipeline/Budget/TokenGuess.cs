using Microsoft.Extensions.AI;

namespace Colophon.Models.Pipeline.Budget;

/// <summary>An estimate of tokens before a provider has counted them: one for four characters, which is high for English and code alike.</summary>
internal static class TokenGuess
{
    private const int CharactersPerToken = 4;
    private const int TokensPerMessage = 4;
    private const int TokensPerImage = 1600;

    public static long Of(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        long characters = options?.Instructions?.Length ?? 0;
        long tokens = 0;
        foreach (var tool in options?.Tools ?? [])
        {
            characters += tool.Name.Length + tool.Description.Length;
            if (tool is AIFunctionDeclaration { JsonSchema.ValueKind: not System.Text.Json.JsonValueKind.Undefined } function)
                characters += System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(function.JsonSchema).Length;
        }

        foreach (var message in messages)
        {
            tokens += TokensPerMessage;
            foreach (var content in message.Contents)
            {
                if (content is DataContent or UriContent)
                    tokens += TokensPerImage;
                else
                    characters += Length(content);
            }
        }

        return tokens + OfLength(characters);
    }

    public static long OfLength(long characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;

    private static long Length(AIContent content) => content switch
    {
        TextContent text => text.Text.Length,
        TextReasoningContent reasoning => reasoning.Text.Length,
        FunctionCallContent call => call.Name.Length + Wires.ToolCallArguments.Text(call).Length,
        FunctionResultContent result => Wires.WireJson.ResultText(result).Length,
        _ => 0,
    };
}
