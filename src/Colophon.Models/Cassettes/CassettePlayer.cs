using System.Net;
using Colophon.Models.Catalog;
using Colophon.Models.Errors;
using Colophon.Models.Providers;
using Colophon.Models.Wires;
using Colophon.Models.Wires.Anthropic;
using Colophon.Models.Wires.OpenAiChat;

namespace Colophon.Models.Cassettes;

/// <summary>
/// Answers requests from a cassette. The first request finds its own place, so that a run resumed after a crash goes on where it was; every
/// later one must be the next. Anything else fails with the exchange and the first difference named.
/// </summary>
public sealed class CassettePlayer : HttpMessageHandler
{
    private readonly string _name;
    private readonly Cassette _cassette;
    private readonly TextMask _mask;
    private readonly Lock _lock = new();
    private int _next;
    private bool _placed;

    private CassettePlayer(string name, Cassette cassette, CassetteOptions options)
    {
        _name = name;
        _cassette = cassette;
        _mask = new TextMask(options);
        _next = options.StartAt ?? 0;
        _placed = options.StartAt is not null;
    }

    /// <summary>The exchange (from 0) that is expected next.</summary>
    public int Position
    {
        get { lock (_lock) return _next; }
    }

    /// <summary>How many exchanges the cassette has.</summary>
    public int Count => _cassette.Exchanges.Count;

    /// <summary>Reads a cassette to be played.</summary>
    /// <exception cref="ModelException"><see cref="ModelError.CassetteInvalid"/>.</exception>
    public static CassettePlayer Open(string path, CassetteOptions? options = null) =>
        new(Path.GetFileName(path), Cassette.Load(path), options ?? new CassetteOptions());

    /// <summary>Makes a client that speaks the cassette's wire, to the cassette. It costs nothing and says so in its facts.</summary>
    /// <exception cref="ModelException"><see cref="ModelError.CassetteInvalid"/>: the wire is not known.</exception>
    public WireChatClient CreateClient(TimeProvider timeProvider)
    {
        var url = new Uri("http://replay.invalid");
        var label = $"{ModelName.Replay}:{_name}";
        return _cassette.Header.Wire switch
        {
            AnthropicChatClient.Wire => new AnthropicChatClient(
                new AnthropicOptions { Provider = ModelName.Replay, BaseUrl = url, Model = _cassette.Header.Model, EndpointLabel = label, PriceOf = Free, TimeProvider = timeProvider },
                this),
            OpenAiChatClient.Wire => new OpenAiChatClient(
                new OpenAiChatOptions { Provider = ModelName.Replay, BaseUrl = url, Model = _cassette.Header.Model, EndpointLabel = label, PriceOf = Free, TimeProvider = timeProvider },
                this),
            var other => throw new ModelException(
                ModelError.CassetteInvalid, $"The cassette '{_name}' is of a wire '{other}' that is not known.", $"Known are {AnthropicChatClient.Wire} and {OpenAiChatClient.Wire}."),
        };

        static ModelPrices Free(string model) => ModelPrices.Free;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) : [];
        var exchange = Take(RequestPrint.Of(body, _mask));
        var response = new HttpResponseMessage((HttpStatusCode)exchange.Status) { Content = new StreamContent(new ReplayStream(exchange, _mask)), RequestMessage = request };
        foreach (var (name, value) in exchange.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
                response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private CassetteExchange Take(RequestPrint print)
    {
        lock (_lock)
        {
            var place = !_placed ? FirstPlace(print) : Fits(_next, print) ? _next : -1;
            if (place < 0)
                throw Mismatch(print);
            _placed = true;
            _next = place + 1;
            return _cassette.Exchanges[place];
        }
    }

    /// <summary>The exchange a first request belongs to: of several that fit, the one whose words stand last in it, else the earliest.</summary>
    private int FirstPlace(RequestPrint print)
    {
        var (place, rank) = (-1, -1);
        string? words = null;
        for (var index = 0; index < Count; index++)
        {
            // The later turns of a task belong to the words of its first.
            var exchange = _cassette.Exchanges[index];
            words = exchange.Contains ?? (exchange.Turn is > 0 ? words : null);
            if (!Fits(index, print))
                continue;
            var found = words is null ? 0 : print.LastIndexOf(words);
            if (found > rank)
                (place, rank) = (index, found);
        }

        return place;
    }

    private bool Fits(int index, RequestPrint print) =>
        index < Count && CassetteDifference.Find(_cassette.Exchanges[index], print, _cassette.Header.Match) is null;

    private ModelException Mismatch(RequestPrint print)
    {
        const string hint = "Record the cassette again with --record, or give the model and inputs it was recorded with.";
        if (_next >= Count && _placed)
            return new ModelException(ModelError.CassetteMismatch, $"The cassette '{_name}' has {Count} exchanges and was asked for one more.", hint);
        if (Count == 0)
            return new ModelException(ModelError.CassetteMismatch, $"The cassette '{_name}' is empty.", hint);
        // A first request is compared with the exchange it resembles most.
        var index = _placed ? _next : Enumerable.Range(0, Count).MaxBy(i => CassetteDifference.CommonParts(_cassette.Exchanges[i], print));
        var difference = CassetteDifference.Find(_cassette.Exchanges[index], print, _cassette.Header.Match);
        return new ModelException(ModelError.CassetteMismatch, $"Request {index + 1} differs from the cassette '{_name}' {difference}.", hint);
    }
}
