namespace Colophon.Models.Errors;

/// <summary>The causes of a <see cref="ModelException"/>; the value is the stable code.</summary>
public enum ModelError
{
    /// <summary>No model was chosen, or the provider named is not known.</summary>
    NoProvider = 4001,

    /// <summary>The provider needs a key and none was found.</summary>
    NoKey = 4002,

    /// <summary>The provider does not know the model or the path (404).</summary>
    UnknownModel = 4003,

    /// <summary>A model name is not of the form <c>provider/model</c>.</summary>
    NameInvalid = 4004,

    /// <summary>A provider's settings contradict each other or miss a value.</summary>
    ProviderInvalid = 4005,

    /// <summary>The key was refused (401).</summary>
    Unauthorized = 4011,

    /// <summary>The key is good but may not do this (403).</summary>
    Forbidden = 4012,

    /// <summary>The provider found the request wrong (400, 422).</summary>
    BadRequest = 4013,

    /// <summary>The request is larger than the provider or the model takes (413, context length).</summary>
    TooLarge = 4014,

    /// <summary>Too many requests or tokens in too short a time (429).</summary>
    RateLimited = 4021,

    /// <summary>The provider is overloaded (503, 529).</summary>
    Overloaded = 4022,

    /// <summary>The provider failed (another 5xx).</summary>
    ServerError = 4023,

    /// <summary>The provider could not be reached, or the connection broke before an answer.</summary>
    Network = 4024,

    /// <summary>The provider stayed silent for too long.</summary>
    TimedOut = 4025,

    /// <summary>A reply ended without a finish reason: what was received is not the whole reply.</summary>
    StreamCut = 4031,

    /// <summary>The provider's answer is not what its protocol promises.</summary>
    BadResponse = 4032,

    /// <summary>The wire cannot honour an option, a tool or a content; it refuses rather than dropping it.</summary>
    OptionRefused = 4041,

    /// <summary>A budget of tokens or money is used up.</summary>
    BudgetExceeded = 4051,

    /// <summary>A budget in money is set and the model's price is not known.</summary>
    PriceUnknown = 4052,

    /// <summary>A request is not the one the cassette holds.</summary>
    CassetteMismatch = 4061,

    /// <summary>A cassette cannot be read or written.</summary>
    CassetteInvalid = 4062,
}
