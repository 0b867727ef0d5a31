using System.Text;
using Colophon.Cli.Errors;
using Colophon.Kernel.Files;

namespace Colophon.Cli.Output;

/// <summary>A file that the user names for a command to write: what stands there is only replaced where the same command wrote it, or where it is empty.</summary>
internal static class NamedFile
{
    /// <summary>What a page of ours says of itself near its start.</summary>
    public const string Page = "<meta name=\"generator\" content=\"Colophon\">";

    /// <summary>How a proof of an entry begins.</summary>
    public const string Proof = "c2sp.org/tlog-proof@v1\n";

    private const int Start = 1024;

    /// <summary>Refuses a file that is somebody else's. Asked before the work, so that none is done for nothing.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="mark">What tells that the command wrote it.</param>
    /// <exception cref="CliException"><see cref="CliError.FileTaken"/>.</exception>
    public static void Demand(string path, string mark)
    {
        if (Path.Exists(path) && !IsOurs(path, mark))
            throw new CliException(CliError.FileTaken, $"'{path}' is there, and this command did not write it.", "Name another file, or move that one away first.");
    }

    /// <summary>Whether a file is empty or holds a mark near its start.</summary>
    public static bool IsOurs(string path, string mark)
    {
        try
        {
            var start = UntrustedFile.ReadStart(path, Start);
            return start.Length == 0 || start.AsSpan().IndexOf(Encoding.UTF8.GetBytes(mark)) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
