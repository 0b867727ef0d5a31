using Colophon.Kernel.Errors;
using Colophon.Kernel.Paths;
using Colophon.Kernel.Words;

namespace Colophon.Tools.Files;

/// <summary>Adds to "does not exist" the name the model may have meant: the nearest one in the same directory.</summary>
internal static class NearbyNames
{
    private const int MaximumEntries = 2000;

    internal static string Complete(Workspace workspace, WorkspacePath path, string message)
    {
        try
        {
            if (Path.GetDirectoryName(workspace.Resolve(path)) is not { } directory || !Directory.Exists(directory))
                return message;
            var names = Directory.EnumerateFileSystemEntries(directory).Take(MaximumEntries).Select(static entry => Path.GetFileName(entry)).Where(static name => name != ".git").ToList();
            if (names.Contains(path.Name) || EditDistance.Closest(path.Name, names) is not { } closest)
                return message;
            var parent = path.Value[..(path.Value.LastIndexOf('/') + 1)];
            return $"{message} Did you mean '{parent}{closest}'?";
        }
        catch (Exception e) when (e is KernelException or IOException or UnauthorizedAccessException)
        {
            return message;
        }
    }
}
