using Colophon.Models.Catalog;

namespace Colophon.Models.Wires;

/// <summary>What every wire needs to know: where to send, as whom, and how long to wait.</summary>
public abstract record WireOptions
{
    /// <summary>The provider's name in facts, errors and the registry.</summary>
    public required string Provider { get; init; }

    /// <summary>The root of the provider's interface. A query or user in it is not used.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>The model that is asked when a call names none.</summary>
    public required string Model { get; init; }

    /// <summary>The key; null where the server wants none. It goes into a header and nowhere else.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Headers added to every request; one of the wire's own names replaces the wire's value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How long the provider may take until it begins to answer. Default 10 minutes: a reasoning or a local model is slow to start.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a stream may stay silent between two pieces. Default 3 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The price of a model of this provider, or null where it is not known; null itself where no price is.</summary>
    public Func<string, ModelPrices?>? PriceOf { get; init; }

    /// <summary>The limits and prices known of <see cref="Model"/>; null where nothing is.</summary>
    public KnownModel? Known { get; init; }

    /// <summary>What facts give as the endpoint instead of the address; for cassettes, which have none.</summary>
    public string? EndpointLabel { get; init; }

    /// <summary>The clock of time-outs and durations.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Provider and model only: the key must never reach a log.</summary>
    public sealed override string ToString() => $"{Provider}/{Model}";
}
