namespace Colophon.Security.Sandbox.Spawn;

/// <summary>
/// Starts a command without restrictions and finds its processes again by their session, which a process leaves only by
/// <c>setsid</c>, and by the variable <see cref="ProcessTable.RunVariable"/> in their environment, which it must scrub as well to escape.
/// </summary>
internal sealed class SessionLauncher(string runId) : Launcher
{
    internal override int Launch(SpawnPlan plan, out int process) => plan.Spawn(out process);

    internal override void KillAll(int process) => ProcessTable.KillSession(process, runId);

    public override void Dispose()
    {
    }
}
