using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Wires;

/// <summary>
/// A block of a provider's protocol that has no counterpart among the chat abstractions. It is passed through untouched, and sent back as
/// it came when the conversation goes on over the same wire.
/// </summary>
/// <param name="wire">The wire it belongs to, such as <c>anthropic</c>.</param>
/// <param name="block">The block as the provider sent it, with streamed parts put together.</param>
public sealed class WireBlockContent(string wire, JsonElement block) : AIContent
{
    /// <summary>The wire it belongs to.</summary>
    public string Wire { get; } = wire;

    /// <summary>The block.</summary>
    public JsonElement Block { get; } = block;
}
