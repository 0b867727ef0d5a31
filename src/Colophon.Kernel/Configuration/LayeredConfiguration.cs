using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Configuration;

/// <summary>
/// The configuration in force: built-in &lt; system &lt; user &lt; project &lt; environment &lt; command line. Every value knows where it came from.
/// A project's file can lower limits and forbid, but never widen what the user allows (<see cref="ProjectTrust"/>).
/// </summary>
public sealed class LayeredConfiguration
{
    private readonly SortedDictionary<string, ConfigurationValue> _values = new(StringComparer.Ordinal);

    internal LayeredConfiguration()
    {
    }

    /// <summary>Every value in force, ordered by name.</summary>
    public IReadOnlyCollection<ConfigurationValue> Values => _values.Values;

    /// <summary>Reads all layers, wrong values left out and told. Never throws on content.</summary>
    public static (LayeredConfiguration Configuration, IReadOnlyList<ConfigurationProblem> Problems) Read(ConfigurationSources sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var reader = new ConfigurationReader();
        reader.AddDefaults();
        reader.AddFile(sources.SystemFile, ConfigurationLayer.System);
        reader.AddFile(sources.UserFile, ConfigurationLayer.User);
        reader.AddFile(sources.ProjectFile, ConfigurationLayer.Project);
        reader.AddEnvironment(sources.Environment);
        reader.AddCommandLine(sources.CommandLine);
        return (reader.Configuration, reader.Problems);
    }

    /// <summary>Reads all layers.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.TomlInvalid"/> or <see cref="KernelError.ConfigurationInvalid"/>: the first problem, with its place.</exception>
    public static LayeredConfiguration Load(ConfigurationSources sources)
    {
        var (configuration, problems) = Read(sources);
        if (problems is [var first, ..])
        {
            var more = problems.Count == 1 ? "" : $" (and {problems.Count - 1} more: see `colophon doctor`)";
            throw new KernelException(first.IsSyntax ? KernelError.TomlInvalid : KernelError.ConfigurationInvalid, $"{first.Origin}: {first.Message}{more}", first.Hint);
        }

        return configuration;
    }

    /// <summary>
    /// This configuration with what other versions of the project's file ask for beyond it, of the keys of which the strictest counts (<see cref="ProjectTrust.Strictest"/>):
    /// a rule among people holds on until everybody has its looser text.
    /// </summary>
    /// <param name="versions">The files' bytes, each with where it was found.</param>
    public LayeredConfiguration Stricter(IEnumerable<(string Source, ReadOnlyMemory<byte> Content)> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        var reader = new ConfigurationReader();
        foreach (var value in _values.Values)
            reader.Configuration.Set(value);
        foreach (var (source, content) in versions)
            reader.AddOtherVersion(content.Span, source);
        return reader.Configuration;
    }

    /// <summary>The value of a key, or null where no layer sets it.</summary>
    public ConfigurationValue? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>The text of a key, or null where no layer sets it.</summary>
    public string? Text(string name) => Find(name)?.Value as string;

    /// <summary>The whole number of a key.</summary>
    /// <exception cref="ArgumentException">The key has no built-in value and none was set.</exception>
    public long Integer(string name) => TryInteger(name) ?? throw Unset(name);

    /// <summary>The whole number of a key, or null where no layer sets it.</summary>
    public long? TryInteger(string name) => Find(name)?.Value as long?;

    /// <summary>The number of a key, or null where no layer sets it.</summary>
    public double? Number(string name) => Find(name)?.Value as double?;

    /// <summary>The truth of a key; false where no layer sets it.</summary>
    public bool Boolean(string name) => Find(name)?.Value is true;

    /// <summary>The list of a key; empty where no layer sets it.</summary>
    public IReadOnlyList<string> TextList(string name) => Find(name)?.Value as IReadOnlyList<string> ?? [];

    /// <summary>The names the user chose under a section: <c>Names("providers")</c> gives the providers' names.</summary>
    public IReadOnlyList<string> Names(string section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var prefix = section + ".";
        return [.. _values.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..].Split('.')[0]).Distinct(StringComparer.Ordinal)];
    }

    internal void Set(ConfigurationValue value) => _values[value.Name] = value;

    private static ArgumentException Unset(string name) => new($"The key '{name}' has no value.", nameof(name));
}
