using Colophon.Cli.Terminals;

namespace Colophon.Cli.CommandLine;

/// <summary>What a command works with.</summary>
/// <param name="Line">What was typed.</param>
/// <param name="Terminal">Where it reads and prints.</param>
/// <param name="Directory">The folder to work in, absolute.</param>
/// <param name="Environment">The environment variables.</param>
/// <param name="Time">The clock.</param>
internal sealed record Invocation(ParsedLine Line, Terminal Terminal, string Directory, IReadOnlyDictionary<string, string> Environment, TimeProvider Time)
{
    /// <summary>Whether to print JSON.</summary>
    public bool Json => Line.Has(GlobalOptions.Json);
}
