namespace Colophon.Benchmarks.Processes;

/// <summary>A command line to measure.</summary>
internal sealed record Command
{
    public required string Name { get; init; }

    /// <summary>The program, looked up on the PATH, and its arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    public required string Directory { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = Inherited();

    /// <summary>Runs before every measured run, unmeasured.</summary>
    public Action? Before { get; init; }

    public bool ShowErrors { get; init; }

    internal static Dictionary<string, string> Inherited(params (string Name, string Value)[] extra)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry pair in System.Environment.GetEnvironmentVariables())
            environment[(string)pair.Key] = (string?)pair.Value ?? "";
        foreach (var (name, value) in extra)
            environment[name] = value;
        return environment;
    }
}
