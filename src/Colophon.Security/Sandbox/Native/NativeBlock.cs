using System.Runtime.InteropServices;
using System.Text;

namespace Colophon.Security.Sandbox.Native;

/// <summary>Memory outside the garbage collector's reach, for a thread that must not allocate; freed as a whole.</summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private readonly List<nint> _pieces = [];

    /// <summary>Zeroed memory.</summary>
    internal nint Reserve(int bytes)
    {
        var piece = (nint)NativeMemory.AllocZeroed((nuint)bytes);
        _pieces.Add(piece);
        return piece;
    }

    /// <summary>A zero-terminated UTF-8 copy.</summary>
    internal nint Text(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        var piece = Reserve(bytes + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>((void*)piece, bytes));
        return piece;
    }

    /// <summary>A null-terminated array of strings, as <c>argv</c> and <c>envp</c> are.</summary>
    internal nint Texts(IReadOnlyCollection<string> texts)
    {
        var array = (nint*)Reserve((texts.Count + 1) * sizeof(nint));
        var index = 0;
        foreach (var text in texts)
            array[index++] = Text(text);
        return (nint)array;
    }

    public void Dispose()
    {
        foreach (var piece in _pieces)
            NativeMemory.Free((void*)piece);
        _pieces.Clear();
    }
}
