namespace Colophon.Specs.OpenSpec.CommandLine;

/// <summary>A line that names a command to run.</summary>
/// <param name="Path">The command's name with its group's: <c>change show</c>.</param>
/// <param name="Arguments">The positional arguments.</param>
/// <param name="Options">Long names and values in the order given; a switch has an empty value.</param>
internal sealed record ParsedCommand(string Path, IReadOnlyList<string> Arguments, IReadOnlyList<(string Name, string Value)> Options)
{
    internal bool Json => Has("--json");

    internal string? Argument(int index) => index < Arguments.Count ? Arguments[index] : null;

    internal bool Has(string name) => Options.Any(option => option.Name == name);

    /// <summary>The last value given, or null.</summary>
    internal string? Value(string name)
    {
        for (var i = Options.Count - 1; i >= 0; i--)
        {
            if (Options[i].Name == name)
                return Options[i].Value;
        }

        return null;
    }
}

/// <summary>What a line comes to: a command to run, or something to print and an exit code.</summary>
internal readonly record struct ParseOutcome(ParsedCommand? Command, string Text, bool IsError)
{
    internal static ParseOutcome Error(string message) => new(null, message + "\n", true);
}
