using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Paths;

namespace Colophon.Tools.Files;

/// <summary>The one way tools write: anchored against links put in the way, whole or not at all.</summary>
internal static class FileWriter
{
    // On Unix an IOException's HResult is the errno where .NET has no exception of its own for it.
    private const int NoSpace = 28;
    private const int ReadOnly = 30;

    /// <summary>Writes a file.</summary>
    /// <returns>Null where it was written, else what the model reads.</returns>
    internal static ToolResult? Write(Workspace workspace, WorkspacePath path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var file = AnchoredFile.Locate(workspace, path, createDirectories: true);
            AtomicFile.Write(file.Location, bytes);
            return null;
        }
        catch (KernelException e)
        {
            // An IO error's own text names the anchored location, which means nothing to a model.
            var why = e.Error == KernelError.WriteFailed ? $"'{path}' could not be written: {Reason(e.InnerException)}." : e.Message;
            return ToolResult.Error($"{why} Nothing was written.");
        }
    }

    private static string Reason(Exception? cause) => cause switch
    {
        UnauthorizedAccessException => "permission denied",
        IOException { HResult: NoSpace } => "the disk is full",
        IOException { HResult: ReadOnly } => "the tree is read-only",
        _ => "the file system refused",
    };
}
