using System.Security.Cryptography;
using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;

namespace Colophon.Generation.Scratch;

/// <summary>What a file is at one moment.</summary>
/// <param name="Content">Its bytes; for a symbolic link the bytes of its target's name.</param>
/// <param name="Mode">Its permission bits; of no meaning for a link.</param>
/// <param name="IsLink">True for a symbolic link.</param>
public sealed record FileState(byte[] Content, UnixFileMode Mode, bool IsLink = false)
{
    /// <summary>The longest file that can be proposed: 64 MiB.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    private const UnixFileMode Shared = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Whether somebody may run it: the one permission bit that git keeps.</summary>
    public bool Executable => !IsLink && (Mode & AnyExecute) != UnixFileMode.None;

    /// <summary>The mode as git writes it: <c>100644</c>, <c>100755</c> or <c>120000</c>.</summary>
    public string GitMode => IsLink ? "120000" : Executable ? "100755" : "100644";

    /// <summary>The SHA-256 of the content, lower-case hex.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>Whether the content holds a NUL byte in its first 8,000 bytes: git's own test for a binary file.</summary>
    public bool IsBinary => !IsLink && Content.AsSpan(0, Math.Min(Content.Length, 8000)).Contains((byte)0);

    /// <summary>Whether two states are the same file as git would see it: kind, execute bit and bytes.</summary>
    public bool Same(FileState? other) =>
        other is not null && IsLink == other.IsLink && Executable == other.Executable && Content.AsSpan().SequenceEqual(other.Content);

    /// <summary>
    /// The state as it may enter the user's tree: of what a model did to the mode only the execute bit counts, as in git. What stood there before keeps
    /// its other bits; a new file gets no set-id bit and can be written by nobody but its owner.
    /// </summary>
    /// <param name="before">What stood there before; null for a new file.</param>
    internal FileState WithSafeMode(FileState? before)
    {
        if (IsLink)
            return this;
        var mode = (before is { IsLink: false } ? before.Mode & Permissions : Mode & Shared | UnixFileMode.UserRead | UnixFileMode.UserWrite) & ~AnyExecute;
        if (!Executable)
            return this with { Mode = mode };
        if (before is { Executable: true })
            return this with { Mode = before.Mode & Permissions };
        // Whoever may read it may run it.
        return this with { Mode = mode | (UnixFileMode)(((int)mode & 0b100_100_100) >> 2) };
    }

    /// <summary>Reads a file or link as it is now; null where there is none.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.ReadFailed"/>: it exists and cannot be read, is no plain file or is longer than <see cref="MaximumBytes"/>.</exception>
    internal static FileState? Read(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (info.LinkTarget is { } target)
                return new FileState(Encoding.UTF8.GetBytes(target), UnixFileMode.None, IsLink: true);
            if (!info.Exists)
                return null;
            var content = UntrustedFile.Read(path, MaximumBytes) ?? throw new IOException($"It is longer than {MaximumBytes} bytes.");
            return new FileState(content, info.UnixFileMode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelException(KernelError.ReadFailed, $"'{path}' cannot be read: {e.Message}", null, e);
        }
    }
}
