using Colophon.Security.Sandbox.Native;

namespace Colophon.Security.Sandbox.Spawn;

/// <summary>
/// Starts a command without restrictions and finds its processes again by their session, which a process leaves only by
/// <c>setsid</c>, and by the variable <see cref="ProcessTable.RunVariable"/> in their environment, which it must scrub as well to escape.
/// </summary>
internal sealed class SessionLauncher(string runId) : Launcher
{
    internal override int Launch(PreparedCommand command, Descriptor input, Descriptor output, out int process)
    {
        using var plan = new SpawnPlan(command.Program, command.Arguments, command.Environment, command.Directory, input, output, output);
        return plan.Spawn(out process);
    }

    internal override void Release()
    {
    }

    internal override int End(int process)
    {
        // Before the command is reaped: as long as it is not, nobody else can get its number.
        ProcessTable.KillSession(process, runId);
        return CommandRun.Reap(process);
    }

    public override void Dispose()
    {
    }
}
