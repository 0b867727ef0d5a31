using System.Text.Json;
using Colophon.Models.Errors;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires;

/// <summary>What a wire cannot honour is refused here, by name: nothing that a caller sets is dropped silently.</summary>
internal static class Refusal
{
    /// <summary>The options that no stateless wire of ours has.</summary>
    public static void CheckCommon(string provider, ChatOptions options)
    {
        if (options.ConversationId is not null)
            throw Option(provider, nameof(options.ConversationId), "The history is always sent whole.");
        if (options.RawRepresentationFactory is not null)
            throw Option(provider, nameof(options.RawRepresentationFactory), "Requests are written by the wire itself.");
        foreach (var tool in options.Tools ?? [])
        {
            if (tool is not AIFunctionDeclaration)
                throw Option(provider, $"tool '{tool.Name}' ({tool.GetType().Name})", "Only functions with a JSON schema can be offered.");
        }
    }

    /// <summary>Additional options become members of the request's body.</summary>
    public static void WriteAdditional(Utf8JsonWriter writer, ChatOptions? options)
    {
        foreach (var (name, value) in options?.AdditionalProperties ?? [])
        {
            writer.WritePropertyName(name);
            WireJson.WriteValue(writer, value);
        }
    }

    public static ModelException Option(string provider, string option, string? hint = null) => new(
        ModelError.OptionRefused, $"{provider} cannot honour {option}.", hint ?? "Leave the option unset for this provider.");

    public static ModelException Content(string provider, AIContent content) => new(
        ModelError.OptionRefused,
        $"{provider} cannot be sent a content of type {content.GetType().Name}{(content is DataContent data ? $" ({data.MediaType})" : string.Empty)}.",
        "Convert it to text first, or choose a provider that takes it.");
}
