using Colophon.Kernel.Configuration;
using Colophon.Models.Cassettes;
using Colophon.Models.Catalog;
using Colophon.Models.Errors;
using Colophon.Models.Pipeline;
using Colophon.Models.Pipeline.Budget;
using Colophon.Models.Pipeline.Retry;
using Colophon.Models.Providers;
using Colophon.Security.Audit;
using Colophon.Security.Redaction;
using Colophon.Security.Secrets;
using Microsoft.Extensions.AI;

namespace Colophon.Engine.Composition;

/// <summary>Makes the client of a model from the configuration: budget → failover → retry → wire.</summary>
internal sealed class ModelComposition(EngineParts parts, string? resumed)
{
    /// <summary>The model's name, or null where none is configured.</summary>
    public string? Model => resumed ?? parts.Configuration.Text("model.default");

    /// <summary>The same with the model of an interrupted session, unless another one is named for this run.</summary>
    public ModelComposition Resuming(string? model) => parts.Overrides.Model is null ? new ModelComposition(parts, model) : this;

    /// <summary>Temperature and length of an answer.</summary>
    public ChatOptions Options => new()
    {
        Temperature = (float?)parts.Configuration.Number("model.temperature"),
        MaxOutputTokens = (int?)parts.Configuration.TryInteger("model.max_tokens"),
    };

    /// <summary>Makes the client; the caller disposes of it, and with it of the connections.</summary>
    /// <param name="scratch">The scratch tree, which a cassette must not depend on; null to check only that a client can be made.</param>
    /// <param name="waiting">Told before a failed call is made again, with the wait; null for nobody.</param>
    /// <exception cref="ModelException">No model, provider or key; or the cassette cannot be read.</exception>
    public IChatClient Client(string? scratch, Func<ModelException, TimeSpan, CancellationToken, ValueTask>? waiting = null)
    {
        var registry = Registry(scratch);
        try
        {
            var fallbacks = parts.Configuration.TextList("model.fallback").Select(name => new ModelPipeline(registry.Client(Absolute(name))).UseRetry(Retry(waiting)).Build()).ToList();
            var pipeline = new ModelPipeline(registry.Client(Absolute(Model))).Use(inner => new OwningClient(inner, registry));
            return pipeline.UseBudget(Budget()).UseFailover(fallbacks).UseRetry(Retry(waiting)).Build();
        }
        catch
        {
            registry.Dispose();
            throw;
        }
    }

    /// <summary>The registry alone, for questions about providers.</summary>
    public ProviderRegistry Registry(string? scratch) => new(new RegistryOptions
    {
        Providers = Providers(),
        Environment = name => Read($"environment variable {name}", parts.Environment.Variable(name)),
        Secrets = Secret,
        RecordTo = scratch is not null && parts.Overrides.Record is { } record ? Path.GetFullPath(record, parts.Folders.Directory) : null,
        Cassette = new CassetteOptions { Roots = scratch is null ? [] : [scratch, parts.Folders.Root], Blot = text => Redactor.Blot(text, parts.Secrets) },
        TimeProvider = parts.Overrides.Time,
    });

    // A cassette is named relative to the folder the user is in.
    private string? Absolute(string? model) => ModelName.TryParse(model, out var name) && name.Provider == ModelName.Replay
        ? new ModelName(name.Provider, Path.GetFullPath(name.Model, parts.Folders.Directory)).ToString()
        : model;

    private RetryOptions Retry(Func<ModelException, TimeSpan, CancellationToken, ValueTask>? waiting) => new()
    {
        TimeProvider = parts.Overrides.Time,
        OnRetry = waiting is null ? null : (failure, _, wait, token) => waiting(failure, wait, token),
    };

    private ModelBudget Budget() => new()
    {
        MaxMicros = parts.Configuration.Integer("limits.money_micros") is > 0 and var money ? money : null,
        // The built-in limit must not forbid a model without a known price; a limit that somebody set must.
        RefuseUnknownPrice = parts.Configuration.Find("limits.money_micros")?.Origin.Layer != ConfigurationLayer.BuiltIn,
    };

    private string? Secret(string name) =>
        File.Exists(Path.Combine(parts.Environment.ConfigurationDirectory, "secrets.json"))
            ? SecretStore.Open(parts.Environment.ConfigurationDirectory, parts.KeyAccess.Passphrase, parts.Overrides.Time).Find(name) is { } value ? Read($"stored secret {name}", value) : null
            : null;

    // Which key was taken, never what it is; that a variable is not set is no event.
    private string? Read(string what, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
            parts.Journal.Add(SecurityEventKind.SecretRead, what);
        return parts.Known.AddKey(value);
    }

    private List<ProviderOptions> Providers()
    {
        using var builtIn = new ProviderRegistry();
        return [.. parts.Configuration.Names("providers").Select(name => Provider(name, builtIn.Providers.FirstOrDefault(p => p.Name == name)))];
    }

    private ProviderOptions Provider(string name, ProviderOptions? known)
    {
        var prefix = $"providers.{name}.";
        var keyVariable = parts.Configuration.Text(prefix + "api_key_env");
        var secret = parts.Configuration.Text(prefix + "api_key_secret");
        var options = known ?? new ProviderOptions { Name = name, NeedsKey = keyVariable is not null || secret is not null };
        var headers = parts.Configuration.Values.Where(v => v.Name.StartsWith(prefix + "headers.", StringComparison.Ordinal))
            .Select(v => KeyValuePair.Create(v.Name[(prefix.Length + "headers.".Length)..], v.Value as string ?? ""));
        return options with
        {
            Kind = parts.Configuration.Text(prefix + "kind") switch { "anthropic" => ProviderKind.Anthropic, "openai-chat" => ProviderKind.OpenAiChat, _ => options.Kind },
            BaseUrl = Uri.TryCreate(parts.Configuration.Text(prefix + "base_url"), UriKind.Absolute, out var url) ? url : options.BaseUrl,
            KeyVariable = keyVariable ?? options.KeyVariable,
            SecretName = secret ?? options.SecretName,
            Headers = [.. options.Headers, .. headers],
            Prices = Prices(prefix) ?? options.Prices,
        };
    }

    private Dictionary<string, ModelPrices>? Prices(string prefix)
    {
        var (input, output, cached) = (parts.Configuration.TryInteger(prefix + "input_price"), parts.Configuration.TryInteger(prefix + "output_price"), parts.Configuration.TryInteger(prefix + "cached_price"));
        return input is null && output is null ? null : new Dictionary<string, ModelPrices>(StringComparer.Ordinal) { ["*"] = new() { Input = input ?? 0, Output = output ?? 0, CacheRead = cached } };
    }

    /// <summary>Closes the registry's connections together with the client.</summary>
    private sealed class OwningClient(IChatClient inner, ProviderRegistry registry) : DelegatingChatClient(inner)
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing)
                registry.Dispose();
        }
    }
}
