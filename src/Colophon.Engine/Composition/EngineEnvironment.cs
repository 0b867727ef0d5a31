using System.Collections;

namespace Colophon.Engine.Composition;

/// <summary>What the engine takes from the process around it: variables, and the folders they lead to.</summary>
internal sealed class EngineEnvironment
{
    private EngineEnvironment(IReadOnlyDictionary<string, string> variables) => Variables = variables;

    /// <summary>The variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>The user's own configuration: <c>$XDG_CONFIG_HOME/colophon</c>, or <c>~/.config/colophon</c> (XDG Base Directory Specification).</summary>
    public string ConfigurationDirectory => Path.Combine(
        Variable("XDG_CONFIG_HOME") is { } given && Path.IsPathRooted(given) ? given : Path.Combine(Variable("HOME") ?? "/", ".config"), "colophon");

    /// <summary>Takes the caller's variables, or the process's own.</summary>
    public static EngineEnvironment Of(IReadOnlyDictionary<string, string>? given) => new(given ?? Own());

    /// <summary>A variable that is set and not empty.</summary>
    public string? Variable(string name) => Variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private static Dictionary<string, string> Own()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            if (entry is { Key: string name, Value: string value })
                variables[name] = value;
        }

        return variables;
    }
}
