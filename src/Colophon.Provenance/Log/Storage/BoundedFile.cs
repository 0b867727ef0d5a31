namespace Colophon.Provenance.Log;

/// <summary>Reads files of a log that may be hostile: a bound is kept before anything is allocated.</summary>
internal static class BoundedFile
{
    private const int LargestNote = 1 << 20;

    /// <summary>The whole content.</summary>
    /// <exception cref="IOException">It cannot be read, is larger than the bound, or shrinks meanwhile.</exception>
    internal static byte[] Read(string path, int maximum)
    {
        using var handle = File.OpenHandle(path);
        var length = RandomAccess.GetLength(handle);
        if (length > maximum)
            throw new IOException($"it is larger than {maximum} bytes");
        var content = GC.AllocateUninitializedArray<byte>((int)length);
        for (var read = 0; read < content.Length;)
        {
            var more = RandomAccess.Read(handle, content.AsSpan(read), read);
            if (more == 0)
                throw new IOException("it shrank while it was read");
            read += more;
        }

        return content;
    }

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
