using System.Globalization;
using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;

namespace Colophon.Specs.OpenSpec.Stores;

/// <summary>The package's own lock file beside a file of a person's state, so that its processes and ours never write over one another.</summary>
internal sealed record StateLock(string File, string Subject, string Busy, string Code, string Target)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Attempts = 200;
    private const int Pause = 25;

    /// <summary>Does something while nobody else changes the file.</summary>
    /// <exception cref="OpenSpecFailure">Somebody else holds the lock, or it cannot be made.</exception>
    internal void Run(Action change)
    {
        var path = $"{File}.lock";
        Take(path);
        try
        {
            change();
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private void Take(string path)
    {
        var token = Encoding.UTF8.GetBytes($"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}:colophon");
        var folder = Path.GetDirectoryName(path) ?? "/";
        try
        {
            Directory.CreateDirectory(folder);
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (AtomicFile.TryCreate(path, token, Private))
                    return;
                Thread.Sleep(Pause);
            }
        }
        catch (Exception e) when (e is KernelException or IOException or UnauthorizedAccessException)
        {
            throw new OpenSpecFailure($"Cannot create {Subject} {path} (EACCES).", Code, $"Check permissions on {folder}.", Target);
        }

        throw new OpenSpecFailure(Busy, Code, $"Retry shortly; if this persists, delete the stale lock file {path}.", Target);
    }
}
