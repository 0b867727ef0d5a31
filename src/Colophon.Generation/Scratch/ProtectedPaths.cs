using Colophon.Kernel.Paths;

namespace Colophon.Generation.Scratch;

/// <summary>
/// What a model may never change, whatever it was told: the audit trail, Colophon's own settings, and the text of the change that it works on. What is wanted is for people to say, and what they
/// approved is what is applied; only an accepted proposal ticks a task.
/// </summary>
internal sealed class ProtectedPaths(string specDirectory, string change)
{
    private readonly string _change = $"{specDirectory}/changes/{change}";

    /// <summary>Why the path is protected, as a phrase to put behind its name; null where a model may change it.</summary>
    public string? Reason(WorkspacePath path) => path.Value switch
    {
        var p when Under(p, ".openspec/audit") => "belongs to the audit trail",
        var p when Under(p, ".colophon") => "belongs to Colophon's settings",
        var p when p.Equals($"{_change}/tasks.md", StringComparison.OrdinalIgnoreCase) => "is ticked only by an accepted proposal",
        var p when change.Length > 0 && Under(p, _change) => "belongs to the change that is being applied, whose text only people write; say what should be different instead",
        _ => null,
    };

    // Ignoring case: on a file system that does, `.OpenSpec/audit` is the same folder.
    private static bool Under(string path, string folder) =>
        path.StartsWith(folder, StringComparison.OrdinalIgnoreCase) && (path.Length == folder.Length || path[folder.Length] == '/');
}
