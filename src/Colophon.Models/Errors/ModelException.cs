using Colophon.Kernel.Errors;
using Colophon.Models.Facts;

namespace Colophon.Models.Errors;

/// <summary>An error of the gateway: configuration of providers, their answers, budgets and cassettes. No message ever holds a key.</summary>
public sealed class ModelException(ModelError error, string message, string? hint = null, Exception? inner = null)
    : ColophonException((int)error, message, hint, Exit(error), inner)
{
    /// <summary>The cause.</summary>
    public ModelError Error { get; } = error;

    /// <summary>The HTTP status the provider answered with, or null where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>How long the provider asked to wait (<c>Retry-After</c>, RFC 9110 10.2.3), or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The models that were asked before this failure, in order; none where there was no failover.</summary>
    public IReadOnlyList<FallbackTried> FallbacksTried { get; init; } = [];

    /// <summary>Whether the same request may succeed later or elsewhere: rate limits, overload, server and network failures.</summary>
    public bool IsTransient => Error is ModelError.RateLimited or ModelError.Overloaded or ModelError.ServerError
        or ModelError.Network or ModelError.TimedOut or ModelError.StreamCut;

    private static ExitCode Exit(ModelError error) => error switch
    {
        ModelError.BudgetExceeded or ModelError.PriceUnknown => ExitCode.Budget,
        _ => ExitCode.Provider,
    };
}
