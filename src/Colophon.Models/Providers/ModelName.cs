using System.Diagnostics.CodeAnalysis;
using Colophon.Models.Errors;

namespace Colophon.Models.Providers;

/// <summary>
/// A model as the user names it: <c>provider/model</c>. Only the first slash divides, so <c>openrouter/meta-llama/llama-3.3-70b</c> asks
/// OpenRouter; <c>replay:path</c> names a cassette.
/// </summary>
/// <param name="Provider">The provider's name in the registry, in lower case.</param>
/// <param name="Model">The model's name at the provider, or the path of a cassette.</param>
public sealed record ModelName(string Provider, string Model)
{
    /// <summary>The provider that plays cassettes.</summary>
    public const string Replay = "replay";

    private const string ReplayPrefix = Replay + ":";

    /// <summary>Reads a name.</summary>
    /// <exception cref="ModelException"><see cref="ModelError.NameInvalid"/>.</exception>
    public static ModelName Parse(string text) => TryParse(text, out var name) ? name : throw new ModelException(
        ModelError.NameInvalid,
        $"'{text}' is not a model name.",
        "Write provider/model, such as anthropic/claude-sonnet-4-6 or ollama/qwen2.5-coder.");

    /// <summary>Reads a name; false where it has no provider or no model.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ModelName? name)
    {
        name = null;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.StartsWith(ReplayPrefix, StringComparison.Ordinal))
        {
            var path = trimmed[ReplayPrefix.Length..];
            if (!path.IsEmpty)
                name = new ModelName(Replay, path.ToString());
            return name is not null;
        }

        var slash = trimmed.IndexOf('/');
        if (slash <= 0 || slash == trimmed.Length - 1 || trimmed.ContainsAny(" \t\r\n\0"))
            return false;
        name = new ModelName(trimmed[..slash].ToString().ToLowerInvariant(), trimmed[(slash + 1)..].ToString());
        return true;
    }

    /// <summary>The name as it is read.</summary>
    public override string ToString() => Provider == Replay ? ReplayPrefix + Model : $"{Provider}/{Model}";
}
