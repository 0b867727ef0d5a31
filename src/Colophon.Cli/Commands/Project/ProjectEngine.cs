using Colophon.Cli.CommandLine;
using Colophon.Cli.Terminals;
using Colophon.Engine;

namespace Colophon.Cli.Commands.Project;

/// <summary>Opens the project a command works in, and says what opening it mended.</summary>
internal static class ProjectEngine
{
    /// <summary>What every command sets: the environment and the clock it was started with.</summary>
    public static EngineOverrides Overrides(Invocation invocation) => new() { Environment = invocation.Environment, Time = invocation.Time };

    /// <summary>Opens it.</summary>
    public static async Task<ColophonEngine> OpenAsync(Invocation invocation, EngineOverrides? overrides, CancellationToken cancellationToken)
    {
        var engine = await ColophonEngine.OpenAsync(invocation.Directory, overrides ?? Overrides(invocation), cancellationToken).ConfigureAwait(false);
        foreach (var note in engine.Recovered)
            invocation.Terminal.Note($"{invocation.Terminal.PaintNote(Style.Yellow, "recovered:")} {Terminal.Safe(note.Message)}");
        return engine;
    }
}
