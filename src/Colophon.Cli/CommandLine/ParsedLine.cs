namespace Colophon.Cli.CommandLine;

/// <summary>A command line that was understood.</summary>
/// <param name="Command">The command; null where only help was asked for.</param>
/// <param name="Arguments">What was given by position.</param>
/// <param name="Options">Names and values in order; a switch has an empty value.</param>
internal sealed record ParsedLine(CliCommand? Command, IReadOnlyList<string> Arguments, IReadOnlyList<(string Name, string Value)> Options)
{
    /// <summary>Whether an option was given.</summary>
    public bool Has(OptionSpec option) => Options.Any(given => given.Name == option.Name);

    /// <summary>The last value given to an option, or null.</summary>
    public string? Value(OptionSpec option) => Options.LastOrDefault(given => given.Name == option.Name).Value;

    /// <summary>Every value given to an option.</summary>
    public IReadOnlyList<string> Values(OptionSpec option) => [.. Options.Where(given => given.Name == option.Name).Select(static given => given.Value)];

    /// <summary>An argument by position, or null where it was left out.</summary>
    public string? Argument(int index) => index < Arguments.Count ? Arguments[index] : null;
}
