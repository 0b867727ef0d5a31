using Colophon.Models.Errors;

namespace Colophon.Models.Pipeline.Budget;

/// <summary>
/// What may be spent and what has been. One budget may be shared by many clients and lives as long as the work it limits; a resumed
/// work starts it with what was spent before. Thread-safe.
/// </summary>
public sealed class ModelBudget
{
    private readonly Lock _lock = new();
    private long _tokens;
    private long _micros;
    private long _reservedTokens;
    private long _reservedMicros;

    /// <summary>The most tokens, prompts and replies together; null: no limit.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>The most money in millionths of a dollar; null: no limit.</summary>
    public long? MaxMicros { get; init; }

    /// <summary>
    /// The smallest reply worth paying for, in tokens; where less is left the call is refused instead of being cut short. Default 256.
    /// </summary>
    public int MinOutputTokens { get; init; } = 256;

    /// <summary>What a reply is taken to need at most where neither the call nor the wire sets a limit. Default 8192.</summary>
    public int AssumedOutputTokens { get; init; } = 8192;

    /// <summary>
    /// What to do when <see cref="MaxMicros"/> is set and the model has no known price: true refuses the call
    /// (<see cref="ModelError.PriceUnknown"/>), false counts its tokens only. Default true.
    /// </summary>
    public bool RefuseUnknownPrice { get; init; } = true;

    /// <summary>Tokens spent so far.</summary>
    public long SpentTokens
    {
        get { lock (_lock) return _tokens; }
        init => _tokens = value;
    }

    /// <summary>Money spent so far, in millionths of a dollar, as far as prices are known.</summary>
    public long SpentMicros
    {
        get { lock (_lock) return _micros; }
        init => _micros = value;
    }

    /// <summary>Tokens that are neither spent nor promised to a running call; null without a limit.</summary>
    internal long? FreeTokens
    {
        get { lock (_lock) return MaxTokens - _tokens - _reservedTokens; }
    }

    /// <summary>Money that is neither spent nor promised to a running call; null without a limit.</summary>
    internal long? FreeMicros
    {
        get { lock (_lock) return MaxMicros - _micros - _reservedMicros; }
    }

    /// <summary>Promises a part of the budget to a call, or says that it does not hold that much any more.</summary>
    internal bool TryReserve(long tokens, long micros)
    {
        lock (_lock)
        {
            if (_tokens + _reservedTokens + tokens > MaxTokens || _micros + _reservedMicros + micros > MaxMicros)
                return false;
            _reservedTokens += tokens;
            _reservedMicros += micros;
            return true;
        }
    }

    /// <summary>Ends a promise and books what was really spent.</summary>
    internal void Settle(long reservedTokens, long reservedMicros, long tokens, long micros)
    {
        lock (_lock)
        {
            _reservedTokens -= reservedTokens;
            _reservedMicros -= reservedMicros;
            _tokens += tokens;
            _micros += micros;
        }
    }
}
