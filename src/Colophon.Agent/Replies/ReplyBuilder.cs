using System.Globalization;
using System.Text;
using Colophon.Agent.Conversations;
using Colophon.Models.Facts;
using Colophon.Models.Wires;
using Microsoft.Extensions.AI;

namespace Colophon.Agent.Replies;

/// <summary>Puts the pieces of one reply together into a record.</summary>
internal sealed class ReplyBuilder
{
    private readonly List<AssistantPart> _parts = [];
    private readonly HashSet<string> _callIds = new(StringComparer.Ordinal);
    private readonly StringBuilder _open = new();
    private bool _openIsReasoning;
    private UsageDetails? _usage;
    private CallFacts? _facts;
    private string? _model;
    private int _chunks;

    /// <summary>Why the reply ended; null until it has.</summary>
    internal ChatFinishReason? Finish { get; private set; }

    /// <summary>Whether anything of the reply was seen.</summary>
    internal bool HasBegun => _parts.Count > 0 || _open.Length > 0;

    /// <summary>The text so far, for a reply that breaks off.</summary>
    internal string PartialText
    {
        get
        {
            Close(null);
            return string.Concat(_parts.OfType<AssistantPart.Text>().Select(static part => part.Value));
        }
    }

    internal void Add(ChatResponseUpdate update)
    {
        _chunks++;
        Finish = update.FinishReason ?? Finish;
        _model = update.ModelId ?? _model;
        _facts = CallFacts.Of(update) ?? _facts;
        foreach (var content in update.Contents)
            Add(content);
    }

    /// <summary>The record. Facts that the client did not give are made from what it reported.</summary>
    internal ConversationItem.Assistant Build(IChatClient client, ChatOptions? options, TimeSpan duration)
    {
        Close(null);
        var facts = _facts ?? new CallFacts
        {
            Provider = client.GetService<ChatClientMetadata>()?.ProviderName ?? "unknown",
            RequestedModel = options?.ModelId ?? client.GetService<ChatClientMetadata>()?.DefaultModelId ?? "unknown",
            ReportedModel = _model,
            Endpoint = client.GetService<ChatClientMetadata>()?.ProviderUri?.GetLeftPart(UriPartial.Path) ?? "unknown",
            InputTokens = _usage?.InputTokenCount,
            OutputTokens = _usage?.OutputTokenCount,
            CachedTokens = _usage?.CachedInputTokenCount,
            Chunks = _chunks,
            Duration = duration,
        };
        return new ConversationItem.Assistant([.. _parts], Finish?.Value ?? "", facts);
    }

    private void Add(AIContent content)
    {
        switch (content)
        {
            case TextContent { Text.Length: > 0 } text:
                if (_openIsReasoning)
                    Close(null);
                _open.Append(text.Text);
                break;
            case TextReasoningContent reasoning:
                AddReasoning(reasoning);
                break;
            case FunctionCallContent call:
                Close(null);
                _parts.Add(new AssistantPart.Call(UniqueId(call.CallId), WellFormed.Text(call.Name), WellFormed.Text(ToolCallArguments.Text(call))));
                break;
            case WireBlockContent block:
                Close(null);
                _parts.Add(new AssistantPart.Block(block.Wire, block.Block.GetRawText()));
                break;
            case UsageContent usage:
                (_usage ??= new UsageDetails()).Add(usage.Details);
                break;
        }
    }

    private void AddReasoning(TextReasoningContent reasoning)
    {
        if (!_openIsReasoning)
            Close(null);
        _openIsReasoning = true;
        _open.Append(reasoning.Text);
        // A signature belongs to the block it ends.
        if (reasoning.ProtectedData is { } kept)
            Close(kept);
    }

    private void Close(string? kept)
    {
        if (_open.Length > 0 || kept is not null)
        {
            var text = WellFormed.Text(_open.ToString());
            _parts.Add(_openIsReasoning ? new AssistantPart.Reasoning(text, kept) : new AssistantPart.Text(text));
        }

        _open.Clear();
        _openIsReasoning = false;
    }

    /// <summary>Some local servers give no ids, or one id to all calls; the answers need one each.</summary>
    private string UniqueId(string? id)
    {
        var unique = string.IsNullOrEmpty(id) ? string.Create(CultureInfo.InvariantCulture, $"call_{_parts.Count}") : id;
        while (!_callIds.Add(unique))
            unique = string.Create(CultureInfo.InvariantCulture, $"{unique}_{_parts.Count}");
        return unique;
    }
}
