using Colophon.Kernel.Posix;

namespace Colophon.Kernel.Files;

/// <summary>
/// When a folder was made, as its file system tells it: nothing that restores a backup can set it, so it tells a folder from a copy of it that was put in its place.
/// </summary>
public static class FolderBirth
{
    private const int Size = 256;
    private const int Seconds = 80;

    /// <summary>The moment to the nanosecond, or empty where nobody tells: not Linux, a file system that does not know, no such folder.</summary>
    public static string Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return "";
        Span<byte> told = stackalloc byte[Size];
        told.Clear();
        try
        {
            if (Libc.Status(Libc.FromCurrentFolder, path, 0, Libc.StatusBirth, ref told[0]) != 0)
                return "";
        }
        catch (EntryPointNotFoundException)
        {
            return "";
        }

        return (BitConverter.ToUInt32(told) & Libc.StatusBirth) == 0
            ? ""
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{BitConverter.ToInt64(told[Seconds..])}.{BitConverter.ToUInt32(told[(Seconds + sizeof(long))..]):D9}");
    }
}
