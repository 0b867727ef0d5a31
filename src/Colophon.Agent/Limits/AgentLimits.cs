namespace Colophon.Agent.Limits;

/// <summary>Which limit ended a run.</summary>
public enum LimitKind
{
    /// <summary>The number of replies.</summary>
    Turns,

    /// <summary>Tokens in, out or both.</summary>
    Tokens,

    /// <summary>Money.</summary>
    Money,

    /// <summary>Time.</summary>
    Time,

    /// <summary>A rule of the caller's own.</summary>
    Other,
}

/// <summary>A limit that was reached.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Message">What was reached, for people.</param>
public sealed record LimitHit(LimitKind Kind, string Message);

/// <summary>
/// When a run must stop: predicates over what it has used, each looked at before every call of the model; the first that says so wins.
/// <c>AgentLimits.None.Turns(50).Money(2_000_000)</c>. A run may pass a limit by the one reply that reaches it.
/// </summary>
public sealed class AgentLimits
{
    private readonly IReadOnlyList<Func<AgentProgress, LimitHit?>> _rules;

    private AgentLimits(IReadOnlyList<Func<AgentProgress, LimitHit?>> rules) => _rules = rules;

    /// <summary>No limit.</summary>
    public static AgentLimits None { get; } = new([]);

    /// <summary>At most so many replies.</summary>
    public AgentLimits Turns(int maximum) => And(progress =>
        progress.Turns >= maximum ? new LimitHit(LimitKind.Turns, $"The limit of {maximum} turns is reached.") : null);

    /// <summary>At most so many tokens, in and out together; the reply that reaches it is the last.</summary>
    public AgentLimits Tokens(long maximum) => And(progress =>
        progress.InputTokens + progress.OutputTokens >= maximum ? new LimitHit(LimitKind.Tokens, $"The limit of {maximum} tokens is reached.") : null);

    /// <summary>At most so many prompt tokens.</summary>
    public AgentLimits InputTokens(long maximum) => And(progress =>
        progress.InputTokens >= maximum ? new LimitHit(LimitKind.Tokens, $"The limit of {maximum} input tokens is reached.") : null);

    /// <summary>At most so many reply tokens.</summary>
    public AgentLimits OutputTokens(long maximum) => And(progress =>
        progress.OutputTokens >= maximum ? new LimitHit(LimitKind.Tokens, $"The limit of {maximum} output tokens is reached.") : null);

    /// <summary>At most so much money, in millionths of a US dollar. A reply whose price is not known counts as reaching it.</summary>
    public AgentLimits Money(long maximumMicros) => And(progress => progress switch
    {
        { UnpricedReplies: > 0 } => new LimitHit(LimitKind.Money, "There is a limit in money, and the price of the model's replies is not known."),
        _ when progress.CostMicros >= maximumMicros => new LimitHit(LimitKind.Money, $"The limit of {maximumMicros} millionths of a dollar is reached."),
        _ => null,
    });

    /// <summary>At most so long; a call that has begun is not cut short.</summary>
    public AgentLimits Time(TimeSpan maximum) => And(progress =>
        progress.Elapsed >= maximum ? new LimitHit(LimitKind.Time, $"The limit of {maximum:g} is reached.") : null);

    /// <summary>One more rule.</summary>
    public AgentLimits And(Func<AgentProgress, LimitHit?> rule) => new([.. _rules, rule]);

    /// <summary>The first limit that is reached, or null.</summary>
    public LimitHit? Check(AgentProgress progress)
    {
        foreach (var rule in _rules)
        {
            if (rule(progress) is { } hit)
                return hit;
        }

        return null;
    }
}
