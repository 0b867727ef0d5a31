namespace Colophon.Security.Sandbox.Spawn;

/// <summary>How a command is started and how everything it left behind is found again. One launcher starts one command.</summary>
internal abstract class Launcher : IDisposable
{
    /// <summary>Starts the command.</summary>
    /// <param name="plan">What to start.</param>
    /// <param name="process">Its process and session id.</param>
    /// <returns>Zero, or the error number.</returns>
    internal abstract int Launch(SpawnPlan plan, out int process);

    /// <summary>Kills the command and every process that descends from it. Called once, before the command is reaped, so that its id is still its own.</summary>
    internal abstract void KillAll(int process);

    public abstract void Dispose();
}
