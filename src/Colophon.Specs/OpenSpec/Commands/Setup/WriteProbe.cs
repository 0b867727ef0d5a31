using Colophon.Specs.OpenSpec.Setup;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>Whether a folder can be written to, found out by writing.</summary>
internal static class WriteProbe
{
    /// <summary>Tries the folder, or the nearest one above it; the one directly above is made where it is missing.</summary>
    internal static bool CanWrite(ProjectFiles files, string folder)
    {
        while (!files.FolderExists(folder))
        {
            var parent = Path.GetDirectoryName(folder) ?? "/";
            try
            {
                ProjectFiles.MakeFolder(parent);
            }
            catch (OpenSpecFailure failure)
            {
                return Refused(files, folder, failure.Message);
            }

            folder = parent;
        }

        var now = files.Session.Host.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var probe = $"{folder.TrimEnd('/')}/.openspec-test-{now}-{Environment.ProcessId}";
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused(files, folder, NodeError.Describe(e, "open", probe));
        }
    }

    private static bool Refused(ProjectFiles files, string folder, string why)
    {
        files.Session.Line($"Insufficient permissions to write to {folder}: {why}");
        return false;
    }
}
