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

    /// <summary>What lies there; null where nothing does.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.LogUnavailable"/>: this user may not look.</exception>
    internal static FileAttributes? Look(string path)
    {
        try
        {
            return new FileInfo(path).Attributes is var found && (int)found != -1 ? found : null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw Denied(path, e);
        }
    }

    /// <summary>What this user may not read is not to be taken for what is not there.</summary>
    internal static ProvenanceException Denied(string path, Exception? inner) =>
        new(ProvenanceError.LogUnavailable, $"'{path}' cannot be read: permission denied.", "Run this as the user whose file it is, or have it made readable (`chmod -R u+rX`).", inner);

    /// <summary>The bytes of a note; empty where it cannot be read. Carriage returns are no part of a note, so those that a checkout added are dropped.</summary>
    internal static byte[] ReadNote(string path)
    {
        var content = ReadOrNothing(path, LargestNote);
        return content.AsSpan().Contains((byte)'\r') ? [.. content.Where(static b => b != '\r')] : content;
    }

    /// <summary>The whole content; empty where there is no such plain file within the bound.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.LogUnavailable"/>: this user may not read it.</exception>
    internal static byte[] ReadOrNothing(string path, int maximum)
    {
        try
        {
            return Read(path, maximum);
        }
        catch (IOException)
        {
            return [];
        }
        catch (UnauthorizedAccessException e)
        {
            // A folder is refused in the same way.
            return Directory.Exists(path) ? [] : throw Denied(path, e);
        }
    }
}
