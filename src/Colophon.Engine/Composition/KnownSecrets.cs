using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Colophon.Engine.Composition;

/// <summary>The secrets that this process came to hold. Whoever took the list sees what was added later; it can be read while another thread adds.</summary>
internal sealed class KnownSecrets : IReadOnlyList<string>
{
    /// <summary>A shorter key is rather the word that a local server takes in place of one.</summary>
    private const int Least = 12;

    private volatile string[] _values = [];

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public string this[int index] => _values[index];

    /// <summary>Adds a passphrase, whatever it looks like, and gives it back.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public string? Add(string? value)
    {
        if (value is not null && !_values.Contains(value))
            _values = [.. _values, value];
        return value;
    }

    /// <summary>Adds a provider's key, unless it is a word that stands for none, and gives it back.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public string? AddKey(string? value)
    {
        if (value?.Trim() is { Length: >= Least } key && key.AsSpan().ContainsAnyInRange('0', '9'))
            Add(key);
        return value;
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_values).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
