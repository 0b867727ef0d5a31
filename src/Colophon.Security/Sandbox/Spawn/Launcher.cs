using Colophon.Security.Sandbox.Native;

namespace Colophon.Security.Sandbox.Spawn;

/// <summary>How a command is started and how everything it left behind is found again. One launcher starts one command.</summary>
internal abstract class Launcher : IDisposable
{
    /// <summary>Creates the command's process; where the launcher confines it, it does not run before <see cref="Release"/>.</summary>
    /// <param name="command">What to start.</param>
    /// <param name="input">What becomes its standard input.</param>
    /// <param name="output">What becomes its standard output and error, so that both keep their order.</param>
    /// <param name="process">Its process and session id.</param>
    /// <returns>Zero, or the error number.</returns>
    internal abstract int Launch(PreparedCommand command, Descriptor input, Descriptor output, out int process);

    /// <summary>Lets the command run.</summary>
    internal abstract void Release();

    /// <summary>Kills the command, where it still runs, and every process that descends from it, and waits until they are gone. Called once.</summary>
    /// <returns>How the command ended, as <c>waitpid</c> says it.</returns>
    internal abstract int End(int process);

    public abstract void Dispose();
}
