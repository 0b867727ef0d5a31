using System.Net;
using System.Net.Http.Headers;
using Colophon.Models.Errors;

namespace Colophon.Models.Wires.Transport;

/// <summary>
/// Sends requests and hands out the streams of their answers. Redirects are not followed, so that a key never travels to another host;
/// there are no cookies. HTTP/2 is used over TLS.
/// </summary>
internal sealed class WireTransport : IDisposable
{
    private readonly WireOptions _options;
    private readonly Uri _endpoint;
    private readonly HttpMessageInvoker _invoker;

    public WireTransport(WireOptions options, Uri endpoint, HttpMessageHandler? handler)
    {
        _options = options;
        _endpoint = endpoint;
        _invoker = new HttpMessageInvoker(handler ?? CreateHandler(), disposeHandler: handler is null);
        EndpointLabel = options.EndpointLabel ?? endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
    }

    /// <summary>Scheme, host and path: no user, query or key.</summary>
    public string EndpointLabel { get; }

    /// <summary>A handler as the wires use it; share one among clients to share connections.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        EnableMultipleHttp2Connections = true,
        // Spans of HTTP belong to the telemetry stage; the handler's own propagation costs start-up.
        ActivityHeadersPropagator = null,
    };

    /// <summary>Sends one request and waits for the head of the answer.</summary>
    /// <exception cref="ModelException">The provider could not be reached or answered with an error.</exception>
    public async Task<WireExchange> SendAsync(ReadOnlyMemory<byte> body, string model, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(body);
        var deadline = new Deadline(_options, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await _invoker.SendAsync(request, deadline.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
                throw await HttpFailure.ReadAsync(response, _options, model, deadline.Token).ConfigureAwait(false);
            if (response.Content.Headers.ContentType?.MediaType is { } media && media != "text/event-stream")
                throw await HttpFailure.ReadOtherAsync(response, media, _options, EndpointLabel, deadline.Token).ConfigureAwait(false);

            var stream = await response.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
            return new WireExchange(response, stream, deadline, _options);
        }
        catch (Exception e)
        {
            response?.Dispose();
            deadline.Dispose();
            if (HttpFailure.Translate(e, _options, EndpointLabel, cancellationToken) is { } translated)
                throw translated;
            throw;
        }
    }

    public void Dispose() => _invoker.Dispose();

    private HttpRequestMessage CreateRequest(ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint)
        {
            Content = new ReadOnlyMemoryContent(body),
            Version = _endpoint.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        request.Headers.TryAddWithoutValidation("User-Agent", "colophon");
        foreach (var (name, value) in _options.Headers)
            Set(request.Headers, name, value);
        return request;
    }

    /// <summary>Sets a header. A key pasted with a line break or a foreign character must fail here and by name, never by value.</summary>
    private void Set(HttpRequestHeaders headers, string name, string value)
    {
        try
        {
            headers.Remove(name);
            if (!value.AsSpan().ContainsAnyExceptInRange(' ', '~') && headers.TryAddWithoutValidation(name, value))
                return;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException)
        {
            // Not a name of a request's header.
        }

        throw new ModelException(
            ModelError.ProviderInvalid,
            $"The header '{name}' cannot be sent to {_options.Provider}: its name or its value is not one that HTTP allows.",
            "A key is printable ASCII on one line; check how it was pasted.");
    }
}
