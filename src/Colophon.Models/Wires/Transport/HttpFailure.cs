using System.Net.Sockets;
using Colophon.Models.Errors;

namespace Colophon.Models.Wires.Transport;

/// <summary>Turns what can go wrong between us and a provider into a <see cref="ModelException"/> with a hint.</summary>
internal static class HttpFailure
{
    private const int MaximumBody = 64 * 1024;
    private const int OverloadedStatus = 529;

    /// <summary>Reads an error answer: a bounded part of its body, cleaned of keys.</summary>
    public static async Task<ModelException> ReadAsync(HttpResponseMessage response, WireOptions options, string model, CancellationToken cancellationToken)
    {
        var body = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        var text = ErrorText.FromBody(body, options.ApiKey);
        var error = Classify(status, text);
        var said = text.Length == 0 ? "." : $": {text}";
        return new ModelException(error, $"{options.Provider} answered {status}{said}", Hint(error, options, model))
        {
            Status = status,
            RetryAfter = RetryAfterHeader.Read(response.Headers, options.TimeProvider),
        };
    }

    /// <summary>Reads a good status with a body that is no event stream.</summary>
    public static async Task<ModelException> ReadOtherAsync(HttpResponseMessage response, string media, WireOptions options, string endpoint, CancellationToken cancellationToken)
    {
        var text = ErrorText.FromBody(await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false), options.ApiKey);
        return new ModelException(
            ModelError.BadResponse,
            $"{options.Provider} answered with {media} where a stream of events was asked for{(text.Length == 0 ? "." : $": {text}")}",
            $"Check that {endpoint} is the address of the interface, and that the server can stream.");
    }

    /// <summary>A failure before the answer began; null where it is to be thrown as it is.</summary>
    public static Exception? Translate(Exception failure, WireOptions options, string endpoint, CancellationToken cancellationToken)
    {
        switch (failure)
        {
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                return new OperationCanceledException(failure.Message, failure, cancellationToken);
            case OperationCanceledException:
                return new ModelException(ModelError.TimedOut, $"{options.Provider} did not answer in time.", "Try again, or raise the provider's time-out.", failure);
            case HttpRequestException or IOException or SocketException:
                // A cassette's refusal comes through the handler wrapped by nothing; everything else here is the network.
                return new ModelException(
                    ModelError.Network,
                    $"{options.Provider} could not be reached at {endpoint}: {ErrorText.Clean(failure.Message, options.ApiKey)}",
                    options.BaseUrl.IsLoopback ? $"Is the server at {options.BaseUrl.Authority} running?" : "Check the network, the proxy settings and the base URL.",
                    failure);
            default:
                return null;
        }
    }

    /// <summary>A failure while the answer was being read; null where it is to be thrown as it is.</summary>
    public static Exception? TranslateMidStream(Exception failure, WireOptions options, CancellationToken cancellationToken)
    {
        switch (failure)
        {
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                return new OperationCanceledException(failure.Message, failure, cancellationToken);
            case OperationCanceledException:
                return new ModelException(
                    ModelError.TimedOut,
                    $"{options.Provider} was silent for {options.IdleTimeout.TotalSeconds:0} s in the middle of a reply.",
                    "Try again, or raise the provider's idle time-out.",
                    failure);
            case IOException or HttpRequestException or SocketException:
                return new ModelException(
                    ModelError.StreamCut,
                    $"The connection to {options.Provider} broke in the middle of a reply: {ErrorText.Clean(failure.Message, options.ApiKey)}",
                    "Try again; if it happens each time, a proxy in between may cut long replies.",
                    failure);
            default:
                return null;
        }
    }

    /// <summary>The cause behind a status, refined by what the provider says.</summary>
    public static ModelError Classify(int status, string text) => status switch
    {
        401 => ModelError.Unauthorized,
        403 => ModelError.Forbidden,
        404 => ModelError.UnknownModel,
        413 => ModelError.TooLarge,
        408 or 504 or 524 => ModelError.TimedOut,
        409 or 425 => ModelError.ServerError,
        429 => ModelError.RateLimited,
        503 or OverloadedStatus => ModelError.Overloaded,
        >= 500 => ModelError.ServerError,
        >= 300 and < 400 => ModelError.BadResponse,
        _ when SpeaksOfLength(text) => ModelError.TooLarge,
        _ => ModelError.BadRequest,
    };

    /// <summary>The cause behind an error that arrives inside a stream, by the provider's own name for it.</summary>
    public static ModelError ClassifyName(string? name, string text) => name switch
    {
        "overloaded_error" => ModelError.Overloaded,
        "rate_limit_error" or "rate_limit_exceeded" or "tokens" or "requests" => ModelError.RateLimited,
        "authentication_error" or "invalid_api_key" => ModelError.Unauthorized,
        "permission_error" => ModelError.Forbidden,
        "not_found_error" or "model_not_found" => ModelError.UnknownModel,
        "request_too_large" or "context_length_exceeded" => ModelError.TooLarge,
        "timeout_error" => ModelError.TimedOut,
        "invalid_request_error" => SpeaksOfLength(text) ? ModelError.TooLarge : ModelError.BadRequest,
        _ => int.TryParse(name, out var status) ? Classify(status, text) : ModelError.ServerError,
    };

    public static string? Hint(ModelError error, WireOptions options, string model) => error switch
    {
        ModelError.Unauthorized => options.ApiKey is null
            ? $"{options.Provider} wants a key: set its environment variable or store one."
            : $"Check the key of {options.Provider}: it may be mistyped, revoked or of another account.",
        ModelError.Forbidden => $"The account may not use '{model}', or not from here.",
        ModelError.UnknownModel => $"Check the model's name '{model}' and the base URL {options.BaseUrl.GetLeftPart(UriPartial.Authority)}.",
        ModelError.TooLarge => "Send less context, or choose a model with a larger context.",
        ModelError.RateLimited => "Wait and try again, or set fallback models.",
        ModelError.Overloaded or ModelError.ServerError => "Try again later, or set fallback models.",
        ModelError.TimedOut => "Try again, or raise the provider's time-out.",
        ModelError.BadRequest => "The provider does not take the request: check the model's name, model.max_tokens and model.temperature.",
        ModelError.BadResponse => "The address answers with a redirect; give the final one as the base URL.",
        _ => null,
    };

    private static bool SpeaksOfLength(string text) =>
        text.Contains("context length", StringComparison.OrdinalIgnoreCase)
        || text.Contains("context_length", StringComparison.OrdinalIgnoreCase)
        || text.Contains("prompt is too long", StringComparison.OrdinalIgnoreCase)
        || text.Contains("maximum context", StringComparison.OrdinalIgnoreCase);

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaximumBody];
        var length = 0;
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int read;
            while (length < buffer.Length && (read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
                length += read;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The status says enough; a body that breaks off must not hide it.
        }

        return buffer.AsMemory(0, length);
    }
}
