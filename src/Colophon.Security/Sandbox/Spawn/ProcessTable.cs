using System.Text;
using Colophon.Security.Sandbox.Native;

namespace Colophon.Security.Sandbox.Spawn;

/// <summary>Finds the processes of a command in <c>/proc</c>.</summary>
internal static class ProcessTable
{
    /// <summary>The variable that marks every process of a run.</summary>
    internal const string RunVariable = "COLOPHON_RUN";

    /// <summary>Kills until a look at the whole table finds nothing more: a process may fork between the look and the kill.</summary>
    internal static void KillSession(int session, string runId)
    {
        _ = Posix.Kill(-session, Posix.KillSignal);
        for (var round = 0; round < 100; round++)
        {
            var found = false;
            foreach (var process in Alive())
            {
                if (!Belongs(process, session, runId))
                    continue;
                found |= process != session;
                _ = Posix.Kill(process, Posix.KillSignal);
            }

            if (!found)
                return;
        }
    }

    private static IEnumerable<int> Alive()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), out var process) && process != Environment.ProcessId)
                yield return process;
        }
    }

    private static bool Belongs(int process, int session, string runId)
    {
        try
        {
            // "pid (name) state parent group session …"; the name may hold spaces and brackets, so count from the last one.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (fields[0] is "Z" or "X")
                return false;
            if (int.Parse(fields[3]) == session)
                return true;
            return File.ReadAllBytes($"/proc/{process}/environ").AsSpan().IndexOf(Encoding.UTF8.GetBytes($"{RunVariable}={runId}\0")) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or it is another user's.
            return false;
        }
    }
}
