using System.Text.Json;
using System.Text.Unicode;

namespace Colophon.Kernel.Json;

/// <summary>What strict JSON is held to.</summary>
public sealed record StrictJsonOptions
{
    /// <summary>The profile of signed documents: integers only, 64 levels, 16 MiB.</summary>
    public static StrictJsonOptions ForSigning { get; } = new();

    /// <summary>The deepest nesting of objects and arrays. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The longest input in bytes. Default 16 MiB.</summary>
    public int MaxBytes { get; init; } = 16 << 20;

    /// <summary>Whether every number must be written as an integer with |n| ≤ 2^53-1, which every language reads alike. Default true.</summary>
    public bool IntegersOnly { get; init; } = true;
}

/// <summary>Why an input is not strict JSON.</summary>
/// <param name="Offset">The byte where it was noticed.</param>
/// <param name="Message">What is wrong, without the content itself.</param>
public sealed record JsonDiagnostic(int Offset, string Message);

/// <summary>What one pass over an input found.</summary>
/// <param name="Diagnostic">The first fault, or null.</param>
/// <param name="IsCanonical">Whether the bytes are already in the form of RFC 8785.</param>
public readonly record struct JsonFacts(JsonDiagnostic? Diagnostic, bool IsCanonical);

/// <summary>A parsed document or the reason why there is none.</summary>
/// <param name="Document">The document; the caller disposes of it.</param>
/// <param name="Diagnostic">The first fault, or null.</param>
/// <param name="IsCanonical">Whether the bytes were already in the form of RFC 8785.</param>
public sealed record StrictJsonResult(JsonDocument? Document, JsonDiagnostic? Diagnostic, bool IsCanonical) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Document?.Dispose();
}

/// <summary>
/// Reads JSON that two programs cannot understand differently (RFC 8259 within RFC 7493): valid UTF-8 without a byte order mark, no duplicate
/// keys, no lone surrogates, bounded depth, size and numbers.
/// </summary>
public static class StrictJson
{
    /// <summary>Checks an input in one pass without building anything.</summary>
    public static JsonFacts Check(ReadOnlySpan<byte> json, StrictJsonOptions options)
    {
        if (json.Length > options.MaxBytes)
            return new(new(options.MaxBytes, $"The document is longer than {options.MaxBytes} bytes."), false);
        if (json.StartsWith(Utf8Mark))
            return new(new(0, "The document starts with a byte order mark."), false);
        if (!Utf8.IsValid(json))
            return new(new(0, "The document is not valid UTF-8."), false);
        var scanner = new JsonScanner(json, options);
        return scanner.Run();
    }

    /// <summary>Checks and parses an input; never throws on content.</summary>
    public static StrictJsonResult Parse(ReadOnlyMemory<byte> json, StrictJsonOptions options)
    {
        var facts = Check(json.Span, options);
        return facts.Diagnostic is null
            ? new(JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = options.MaxDepth }), null, facts.IsCanonical)
            : new(null, facts.Diagnostic, false);
    }

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];
}
