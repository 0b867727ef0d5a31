using Colophon.Models.Facts;

namespace Colophon.Agent.Conversations;

/// <summary>
/// One record of a conversation. Once appended it never changes: what is sent to a model is derived from the records alone, so that the
/// beginning of each request is byte for byte the request before it, also after a restart.
/// </summary>
public abstract record ConversationItem
{
    private protected ConversationItem()
    {
    }

    /// <summary>Standing instructions; the first record, if any.</summary>
    public sealed record System(string Text) : ConversationItem;

    /// <summary>What a person, or the program on their behalf, says.</summary>
    public sealed record User(string Text) : ConversationItem;

    /// <summary>One whole reply of the model.</summary>
    /// <param name="Parts">What it holds, in order; never empty.</param>
    /// <param name="Finish">Why it ended: <c>stop</c>, <c>tool_calls</c>, <c>length</c>, <c>content_filter</c>, or a word of the provider's own.</param>
    /// <param name="Facts">Who answered, with how many tokens and at what cost.</param>
    public sealed record Assistant(IReadOnlyList<AssistantPart> Parts, string Finish, CallFacts Facts) : ConversationItem
    {
        /// <summary>The text, without reasoning and calls.</summary>
        public string Text => string.Concat(Parts.OfType<AssistantPart.Text>().Select(static part => part.Value));

        /// <summary>Whether the reply was cut at its limit of output tokens.</summary>
        public bool IsCut => Finish == "length";

        /// <summary>The tool calls, in order.</summary>
        public IReadOnlyList<AssistantPart.Call> Calls => [.. Parts.OfType<AssistantPart.Call>()];

        /// <inheritdoc/>
        public bool Equals(Assistant? other) =>
            other is not null && Finish == other.Finish && Parts.SequenceEqual(other.Parts) && FactsAreEqual(Facts, other.Facts);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Finish, Parts.Count);

        private static bool FactsAreEqual(CallFacts one, CallFacts other) =>
            one.FallbacksTried.SequenceEqual(other.FallbacksTried) && one with { FallbacksTried = other.FallbacksTried } == other;
    }

    /// <summary>The answers to all calls of the reply before it, in the order of the calls.</summary>
    public sealed record ToolResults(IReadOnlyList<ToolAnswer> Answers) : ConversationItem
    {
        /// <inheritdoc/>
        public bool Equals(ToolResults? other) => other is not null && Answers.SequenceEqual(other.Answers);

        /// <inheritdoc/>
        public override int GetHashCode() => Answers.Count;
    }
}

/// <summary>A part of a reply.</summary>
public abstract record AssistantPart
{
    private protected AssistantPart()
    {
    }

    /// <summary>Text for the reader.</summary>
    public sealed record Text(string Value) : AssistantPart;

    /// <summary>The model's reasoning.</summary>
    /// <param name="Value">As far as the provider shows it.</param>
    /// <param name="Protected">What the provider wants back untouched (a signature or encrypted reasoning); null for none.</param>
    public sealed record Reasoning(string Value, string? Protected) : AssistantPart;

    /// <summary>A tool call.</summary>
    /// <param name="Id">Unique within its reply.</param>
    /// <param name="Name">The tool.</param>
    /// <param name="Arguments">The arguments as the model wrote them; not always JSON.</param>
    public sealed record Call(string Id, string Name, string Arguments) : AssistantPart;

    /// <summary>A block only one wire understands; it is sent back over that wire as it came.</summary>
    /// <param name="Wire">The wire.</param>
    /// <param name="Json">The block's JSON text.</param>
    public sealed record Block(string Wire, string Json) : AssistantPart;
}

/// <summary>The answer to one call.</summary>
/// <param name="CallId">The call's id.</param>
/// <param name="Tool">The tool's name as the model wrote it.</param>
/// <param name="Text">What the model reads.</param>
/// <param name="IsError">True where the call did not do what it was asked for.</param>
public sealed record ToolAnswer(string CallId, string Tool, string Text, bool IsError);
