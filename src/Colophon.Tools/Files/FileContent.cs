using System.Diagnostics.CodeAnalysis;
using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Paths;

namespace Colophon.Tools.Files;

/// <summary>A file's bytes as far as a tool looks at them, and what they are.</summary>
internal sealed class FileContent(byte[] bytes)
{
    /// <summary>A model cannot work on more; a bigger file is searched or cut up by a command instead.</summary>
    internal const int MaximumBytes = 16 * 1024 * 1024;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal int Length => bytes.Length;

    internal bool HasMark => bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble);

    /// <summary>Git's own rule: a NUL among the first 8,000 bytes.</summary>
    internal bool IsBinary => bytes.AsSpan(0, Math.Min(bytes.Length, 8000)).Contains((byte)0);

    private ReadOnlySpan<byte> Body => bytes.AsSpan(HasMark ? Encoding.UTF8.Preamble.Length : 0);

    /// <summary>The text without its byte order mark; bytes that are not UTF-8 become U+FFFD.</summary>
    internal string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The text, only where writing it back would give the same bytes.</summary>
    internal bool TryExactText([NotNullWhen(true)] out string? text)
    {
        try
        {
            text = s_strict.GetString(Body);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = null;
            return false;
        }
    }

    /// <summary>Bytes of a text, with the mark this file had.</summary>
    internal byte[] Encode(string text) => HasMark ? [.. Encoding.UTF8.Preamble, .. s_strict.GetBytes(text)] : s_strict.GetBytes(text);

    /// <summary>The kind of image this is, or null.</summary>
    internal string? Image => bytes.AsSpan() switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "PNG",
        [0xFF, 0xD8, 0xFF, ..] => "JPEG",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "GIF",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "WebP",
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => "BMP",
        _ => null,
    };

    /// <summary>Reads a whole file of the workspace.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="refusal">Why not, for the model.</param>
    internal static bool TryRead(Workspace workspace, WorkspacePath path, [NotNullWhen(true)] out FileContent? content, [NotNullWhen(false)] out string? refusal)
    {
        (content, refusal) = (null, null);
        try
        {
            using var file = AnchoredFile.Locate(workspace, path);
            using var handle = file.OpenRead();
            var length = RandomAccess.GetLength(handle);
            if (length > MaximumBytes)
            {
                refusal = $"'{path}' has {length} bytes, too many to read whole (the limit is {MaximumBytes}). Use grep, or shell with sed -n, head or tail, to look at a part.";
                return false;
            }

            var buffer = new byte[length];
            var filled = 0;
            while (filled < buffer.Length && RandomAccess.Read(handle, buffer.AsSpan(filled), filled) is > 0 and var count)
                filled += count;
            content = new FileContent(filled == buffer.Length ? buffer : buffer[..filled]);
            return true;
        }
        catch (Exception e) when (e is KernelException or IOException or UnauthorizedAccessException)
        {
            // System messages would name the anchored location; only our own are fit to be read.
            refusal = e is KernelException ? e.Message : $"'{path}' cannot be read.";
            return false;
        }
    }
}
