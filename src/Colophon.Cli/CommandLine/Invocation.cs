using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Specs;

namespace Colophon.Cli.CommandLine;

/// <summary>What a command works with.</summary>
/// <param name="Line">What was typed.</param>
/// <param name="Terminal">Where it reads and prints.</param>
/// <param name="Directory">The folder to work in, absolute.</param>
/// <param name="Environment">The environment variables.</param>
/// <param name="Time">The clock.</param>
internal sealed record Invocation(ParsedLine Line, Terminal Terminal, string Directory, IReadOnlyDictionary<string, string> Environment, TimeProvider Time)
{
    /// <summary>Where the user stands: paths that are shown are relative to it. Differs from <see cref="Directory"/> where <c>--root</c> names another project.</summary>
    public string Standing { get; init; } = Directory;

    /// <summary>The specifications to work on: those of <c>--root</c>, or the nearest. An archive that was cut short is finished first.</summary>
    public SpecTree EnterTree() => ProjectSpecs.Enter(Directory, exactly: Line.Has(GlobalOptions.Root), Environment, Standing);

    /// <summary>Whether to print JSON.</summary>
    public bool Json => Line.Has(GlobalOptions.Json);
}
