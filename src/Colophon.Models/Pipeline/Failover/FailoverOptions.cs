using Colophon.Models.Errors;
using Colophon.Models.Facts;

namespace Colophon.Models.Pipeline.Failover;

/// <summary>When and whom to ask instead.</summary>
public sealed record FailoverOptions
{
    /// <summary>
    /// Which failures make the next model be asked. Default: transient ones. A wrong key or a wrong request is the user's to repair,
    /// and asking elsewhere would hide it.
    /// </summary>
    public Func<ModelException, bool> Handles { get; init; } = static failure => failure.IsTransient;

    /// <summary>Told when the next model is about to be asked.</summary>
    public Action<FallbackTried>? OnFallback { get; init; }
}
