using System.Runtime.InteropServices;

namespace Colophon.Cli.Terminals;

/// <summary>
/// A standard stream as the kernel has it. The console's own streams would first write to a terminal to set its modes; a <see cref="FileStream"/>
/// would keep a position of its own in a file that other programs write to as well.
/// </summary>
/// <param name="descriptor">Its number.</param>
/// <param name="heedless">Whether what is written after the reader has gone is dropped, as by a program that ends as if it had been read.</param>
internal sealed partial class DescriptorStream(int descriptor, bool heedless = false) : Stream
{
    private const int Interrupted = 4;
    private const int BrokenPipe = 32;

    /// <summary>Whether a failure says only that the reader has gone, as <c>head</c> does.</summary>
    public static bool IsReaderGone(IOException failure) => failure.HResult == BrokenPipe;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            var count = ReadDescriptor(descriptor, buffer, (nuint)buffer.Length);
            if (count >= 0)
                return (int)count;
            if (Marshal.GetLastPInvokeError() is not Interrupted and var error)
                throw new IOException($"Cannot read standard input (errno {error}).");
        }
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = WriteDescriptor(descriptor, buffer, (nuint)buffer.Length);
            if (count >= 0)
                buffer = buffer[(int)count..];
            else if (Marshal.GetLastPInvokeError() is not Interrupted and var error)
            {
                if (heedless && error == BrokenPipe)
                    return;
                throw new IOException(error == BrokenPipe ? "Nobody reads the output any more." : $"Cannot write the output ({Marshal.GetPInvokeErrorMessage(error)}).", error);
            }
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadDescriptor(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteDescriptor(int descriptor, ReadOnlySpan<byte> buffer, nuint count);
}
