using Colophon.Kernel.Files;

namespace Colophon.Provenance.Log;

/// <summary>Reads files of a log that may be hostile: a bound is kept before anything is allocated.</summary>
internal static class BoundedFile
{
    private const int LargestNote = 1 << 20;

    /// <summary>The whole content. A pipe or a device is refused, not waited for.</summary>
    /// <exception cref="IOException">It cannot be read, is no plain file, or is larger than the bound.</exception>
    internal static byte[] Read(string path, int maximum) =>
        UntrustedFile.Read(path, maximum) ?? throw new IOException($"it is larger than {maximum} bytes");

    /// <summary>The bytes of a note; empty where it cannot be read. Carriage returns are no part of a note, so those that a checkout added are dropped.</summary>
    internal static byte[] ReadNote(string path)
    {
        var content = ReadOrNothing(path, LargestNote);
        return content.AsSpan().Contains((byte)'\r') ? [.. content.Where(static b => b != '\r')] : content;
    }

    /// <summary>The whole content; empty where it cannot be read.</summary>
    internal static byte[] ReadOrNothing(string path, int maximum)
    {
        try
        {
            return Read(path, maximum);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
