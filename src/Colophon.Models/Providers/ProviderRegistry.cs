using Colophon.Kernel.Words;
using Colophon.Models.Cassettes;
using Colophon.Models.Catalog;
using Colophon.Models.Errors;
using Colophon.Models.Wires;
using Colophon.Models.Wires.Anthropic;
using Colophon.Models.Wires.OpenAiChat;
using Colophon.Models.Wires.Transport;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Providers;

/// <summary>
/// Knows the providers and makes clients by name. All clients of one registry share connections, one recorder and one player a cassette.
/// Keys are read when a client is made: from the environment first, then from the secret store.
/// </summary>
public sealed class ProviderRegistry : IDisposable
{
    private readonly RegistryOptions _options;
    private readonly Dictionary<string, ProviderOptions> _providers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CassettePlayer> _players = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private HttpMessageHandler? _handler;

    /// <summary>Creates a registry.</summary>
    /// <exception cref="ModelException"><see cref="ModelError.ProviderInvalid"/>.</exception>
    public ProviderRegistry(RegistryOptions? options = null)
    {
        _options = options ?? new RegistryOptions();
        foreach (var provider in BuiltInProviders.All)
            _providers[provider.Name] = provider;
        foreach (var provider in _options.Providers)
            _providers[provider.Name] = Check(provider);
    }

    /// <summary>All providers by name.</summary>
    public IReadOnlyCollection<ProviderOptions> Providers => _providers.Values;

    /// <summary>Whether the provider has a key, or needs none.</summary>
    public bool IsReady(ProviderOptions provider) => !provider.NeedsKey || KeyOf(provider) is not null;

    /// <summary>Makes a client; the caller disposes it (connections stay open for the others).</summary>
    /// <param name="model">The name, <c>provider/model</c> or <c>replay:path</c>; null or empty where none is configured.</param>
    /// <exception cref="ModelException">
    /// <see cref="ModelError.NoProvider"/>, <see cref="ModelError.NameInvalid"/>, <see cref="ModelError.NoKey"/>, or of the cassette.
    /// </exception>
    public IChatClient Client(string? model) => string.IsNullOrWhiteSpace(model) ? throw NothingChosen() : Client(ModelName.Parse(model));

    /// <summary>Makes a client; the caller disposes it.</summary>
    /// <exception cref="ModelException"><see cref="ModelError.NoProvider"/>, <see cref="ModelError.NoKey"/>, or of the cassette.</exception>
    public IChatClient Client(ModelName name)
    {
        if (!_providers.TryGetValue(name.Provider, out var provider))
        {
            throw new ModelException(
                ModelError.NoProvider,
                EditDistance.Closest(name.Provider, _providers.Keys) is { } closest
                    ? $"There is no provider '{name.Provider}'. Did you mean '{closest}'?"
                    : $"There is no provider '{name.Provider}'.",
                $"Known are {string.Join(", ", _providers.Keys.Order(StringComparer.Ordinal))}; add others to the user's configuration as [providers.{name.Provider}].");
        }

        if (provider.Kind is ProviderKind.Replay)
            return Replay(name.Model);
        var key = KeyOf(provider);
        if (key is null && provider.NeedsKey)
        {
            throw new ModelException(
                ModelError.NoKey,
                $"No key for {provider.Name} was found.",
                provider.KeyVariable is { } variable ? $"Set {variable}, for example: export {variable}=…, or keep it with `colophon secret set {provider.SecretName ?? provider.Name}`." : $"Keep it with `colophon secret set {provider.SecretName ?? provider.Name}`.");
        }

        return Wire(provider, name.Model, key);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _handler?.Dispose();
            _handler = null;
            foreach (var player in _players.Values)
                player.Dispose();
            _players.Clear();
        }
    }

    private WireChatClient Wire(ProviderOptions provider, string model, string? key)
    {
        if (provider.BaseUrl is not { } url)
            throw new ModelException(ModelError.ProviderInvalid, $"Provider '{provider.Name}' has no base URL.", $"Set base_url in [providers.{provider.Name}].");
        var handler = SharedHandler();
        ModelPrices? PriceOf(string name) =>
            provider.Prices.GetValueOrDefault(name) ?? KnownModels.Find(provider.Name, name)?.Prices ?? provider.Prices.GetValueOrDefault("*");

        if (provider.Kind is ProviderKind.Anthropic)
        {
            var options = new AnthropicOptions { Provider = provider.Name, BaseUrl = url, Model = model, ApiKey = key, ThinkingTokens = provider.ThinkingTokens };
            options = provider.MaxOutputTokens is { } limit ? options with { MaxOutputTokens = limit } : options;
            return new AnthropicChatClient((AnthropicOptions)Common(options, provider, PriceOf), handler);
        }

        var chat = new OpenAiChatOptions { Provider = provider.Name, BaseUrl = url, Model = model, ApiKey = key, Quirks = provider.Quirks };
        return new OpenAiChatClient((OpenAiChatOptions)Common(chat, provider, PriceOf), handler);
    }

    private WireOptions Common(WireOptions options, ProviderOptions provider, Func<string, ModelPrices?> priceOf) => options with
    {
        Headers = provider.Headers,
        PriceOf = priceOf,
        Known = KnownModels.Find(provider.Name, options.Model),
        TimeProvider = _options.TimeProvider,
        ResponseTimeout = provider.ResponseTimeout ?? options.ResponseTimeout,
        IdleTimeout = provider.IdleTimeout ?? options.IdleTimeout,
    };

    private WireChatClient Replay(string path)
    {
        CassettePlayer? player;
        lock (_lock)
        {
            if (!_players.TryGetValue(path, out player))
                _players[path] = player = CassettePlayer.Open(path, _options.Cassette);
        }

        return player.CreateClient(_options.TimeProvider);
    }

    private HttpMessageHandler SharedHandler()
    {
        lock (_lock)
        {
            return _handler ??= _options.RecordTo is { } path
                ? new CassetteRecorder(path, _options.Cassette, _options.Handler ?? WireTransport.CreateHandler(), disposeInner: _options.Handler is null)
                : _options.Handler is { } given ? new BorrowedHandler(given) : WireTransport.CreateHandler();
        }
    }

    private string? KeyOf(ProviderOptions provider)
    {
        var key = provider.KeyVariable is { } variable ? _options.Environment(variable) : null;
        if (string.IsNullOrWhiteSpace(key))
            key = _options.Secrets(provider.SecretName ?? provider.Name);
        return string.IsNullOrWhiteSpace(key) ? null : key.Trim();
    }

    private ModelException NothingChosen()
    {
        var ready = _providers.Values.FirstOrDefault(provider => provider.NeedsKey && KeyOf(provider) is not null);
        return new ModelException(
            ModelError.NoProvider,
            "No model is chosen.",
            ready is null
                ? "Set a key and name a model, for example: export ANTHROPIC_API_KEY=… and --model anthropic/claude-sonnet-4-6; or, with a local server, --model ollama/qwen2.5-coder."
                : $"{ready.KeyVariable ?? ready.Name} is set, so name a model, for example: --model {ready.Name}/{ready.ExampleModel}.");
    }

    private static ProviderOptions Check(ProviderOptions provider)
    {
        if (provider.Kind is not ProviderKind.Replay && provider.BaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw new ModelException(
                ModelError.ProviderInvalid,
                $"Provider '{provider.Name}' needs a base URL that begins with http:// or https://.",
                $"Set base_url in [providers.{provider.Name}], for example: https://llm.example.org/v1.");
        }

        return provider;
    }
}
