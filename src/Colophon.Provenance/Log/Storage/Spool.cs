using System.Text;
using Colophon.Kernel.Files;

namespace Colophon.Provenance.Log;

/// <summary>
/// The one entry on its way into the tree. It is flushed here first; after a <c>kill -9</c> or a power cut the next writer finishes it, so an entry
/// that was promised is never lost and never half there.
/// </summary>
internal sealed class Spool(string path, string root)
{
    internal bool HasPending => File.Exists(path);

    internal void Put(string target, ReadOnlySpan<byte> file)
    {
        var head = Encoding.UTF8.GetBytes(Path.GetRelativePath(root, target) + "\n");
        var content = new byte[head.Length + file.Length];
        head.CopyTo(content, 0);
        file.CopyTo(content.AsSpan(head.Length));
        // Written whole or not at all: no sum is needed.
        AtomicFile.Write(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    internal void Clear() => File.Delete(path);

    /// <summary>Puts the pending entry where it belongs, unless it stands there already.</summary>
    internal void Finish()
    {
        if (!HasPending)
            return;
        var content = File.ReadAllBytes(path);
        var end = content.AsSpan().IndexOf((byte)'\n');
        if (end > 0)
            AtomicFile.TryCreate(Path.Combine(root, Encoding.UTF8.GetString(content.AsSpan(0, end))), content.AsSpan(end + 1));
    }
}
