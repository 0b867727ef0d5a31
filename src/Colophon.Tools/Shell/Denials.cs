using Colophon.Security.Audit;
using Colophon.Security.Sandbox;

namespace Colophon.Tools.Shell;

/// <summary>Tells from what became of a confined command whether its sandbox denied it something.</summary>
internal static class Denials
{
    // The signal of a system call that the filter ends a process for.
    private const int BadSystemCall = 31;

    private static readonly string[] s_access = ["Permission denied", "Operation not permitted", "Read-only file system"];
    private static readonly string[] s_network = ["Could not resolve", "Temporary failure in name resolution", "Name or service not known", "Network is unreachable", "getaddrinfo"];

    internal static void Note(SecurityJournal journal, string command, SandboxResult result, SandboxPolicy policy)
    {
        if (result.Signal == BadSystemCall)
            journal.Add(SecurityEventKind.SandboxViolation, command);
        if (!policy.AllowNetwork && Array.Exists(s_network, text => result.Output.Contains(text, StringComparison.OrdinalIgnoreCase)))
            journal.Add(SecurityEventKind.NetworkDenied, command);
        else if (Array.Exists(s_access, text => result.Output.Contains(text, StringComparison.Ordinal)))
            journal.Add(SecurityEventKind.AccessDenied, command);
    }
}
