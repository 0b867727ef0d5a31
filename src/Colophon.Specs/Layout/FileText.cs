using System.Text;
using Colophon.Kernel.Files;

namespace Colophon.Specs.Layout;

/// <summary>The text of a file, or why there is none.</summary>
/// <param name="Text">The text with its byte order mark and line ends as they are; undecodable bytes are U+FFFD.</param>
/// <param name="Missing">There is no such file.</param>
/// <param name="Failure">The system's reason where the file exists and cannot be read.</param>
/// <param name="Undecodable">Whether bytes were replaced.</param>
internal readonly record struct FileText(string? Text, bool Missing, string? Failure, bool Undecodable)
{
    private const string TooLarge = "the file is larger than";
    private const int Limit = 64 * 1024 * 1024;

    internal static FileText Read(string path)
    {
        try
        {
            // What has no length may be a pipe, on which opening would wait for ever.
            if (new FileInfo(path) is { Exists: true, Length: 0 })
                return Decode(UntrustedFile.Read(path, Limit));
            using var handle = File.OpenHandle(path);
            var length = RandomAccess.GetLength(handle);
            if (length > Limit)
                return new FileText(null, false, $"{TooLarge} {Limit / 1024 / 1024} MiB", false);
            var bytes = new byte[length];
            var read = 0;
            while (read < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(read), read) is > 0 and var count)
                read += count;
            return Decode(bytes.AsSpan(0, read));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new FileText(null, true, null, false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new FileText(null, false, Directory.Exists(path) ? "it is a folder" : e.Message, false);
        }
    }

    internal static FileText Decode(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return new FileText(text, false, null, text.Contains('\uFFFD'));
    }

    /// <summary>The text; empty where the file is missing.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    internal string OrThrow(string path) => Failure is null ? Text ?? "" : throw Unreadable(path, Failure);

    internal static SpecException Unreadable(string path, string reason) =>
        new(SpecError.Unreadable, $"Cannot read '{path}': {reason}", IsTooLarge(reason) ? TooLargeHint : "Check that it is a file and that you may read it.");

    /// <summary>What to do about a file that is too large to be read.</summary>
    internal const string TooLargeHint = "A file may have up to 64 MiB: split it.";

    /// <summary>Whether a failure is that of a file beyond the limit.</summary>
    internal static bool IsTooLarge(string reason) => reason.Contains(TooLarge, StringComparison.Ordinal);
}
