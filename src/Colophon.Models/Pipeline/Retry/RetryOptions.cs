using Colophon.Models.Errors;

namespace Colophon.Models.Pipeline.Retry;

/// <summary>How often and after which waits a failed call is made again.</summary>
public sealed record RetryOptions
{
    /// <summary>How often a call is made at most, the first time included. Default 4, at least 1.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>The mean of the first wait; each further one is twice as long. Default 500 ms.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait of our own choosing. Default 20 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest wait a provider may ask for by <c>Retry-After</c>; where it asks for more the call fails at once. Default 60 s.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Which failures are worth another try. Default: those that <see cref="ModelException.IsTransient"/> says are.</summary>
    public Func<ModelException, bool> Handles { get; init; } = static failure => failure.IsTransient;

    /// <summary>The source of jitter; null: one seeded by the system. Pass one to make waits repeatable.</summary>
    public Random? Random { get; init; }

    /// <summary>The clock that waits are measured by.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Told before each wait: the failure, the number of the attempt that failed (from 1) and the wait.</summary>
    public Func<ModelException, int, TimeSpan, CancellationToken, ValueTask>? OnRetry { get; init; }
}
