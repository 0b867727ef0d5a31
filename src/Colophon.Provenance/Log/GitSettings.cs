using System.Text;
using Colophon.Kernel.Files;

namespace Colophon.Provenance.Log;

/// <summary>
/// What git is told about the log, in files of its own beside it: never to touch the bytes, to take the log into commits whatever the project's rules ignore elsewhere (<c>*.json</c>, <c>.*</c>
/// below it), and to leave out what can be erased unless the project decides otherwise.
/// </summary>
internal static class GitSettings
{
    private const string All = "!*";
    private const int Longest = 1 << 16;

    /// <summary>Writes what is missing; lines of the project's own stay, after ours, so that they have the last word.</summary>
    /// <param name="folder">The log's folder, which no link leads out of.</param>
    /// <exception cref="Kernel.Errors.KernelException">Nothing can be written.</exception>
    internal static void Write(string folder)
    {
        AtomicFile.TryCreate(Path.Combine(folder, ".gitattributes"), "* -text merge=binary linguist-generated\n"u8);
        var path = Path.Combine(folder, ".gitignore");
        if (AtomicFile.TryCreate(path, "!*\n/v1/disc/\n*.colophon-tmp\n"u8) || new FileInfo(path).LinkTarget is not null)
            return;
        try
        {
            if (UntrustedFile.Read(path, Longest) is { } bytes && !Encoding.UTF8.GetString(bytes).Split('\n').Any(static line => line.TrimEnd() == All))
                AtomicFile.Write(path, [.. Encoding.UTF8.GetBytes(All + "\n"), .. bytes]);
        }
        catch (IOException)
        {
            // Who cannot read it cannot mend it; verifying tells what git ignores.
        }
    }
}
