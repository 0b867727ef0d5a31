using System.Net.Sockets;

namespace Colophon.Kernel.Sockets;

/// <summary>Questions and answers over a socket that does not block, within one limit in all: a byte now and then does not make it longer.</summary>
/// <param name="time">The clock the limit is measured by.</param>
/// <param name="limit">How long all of it may take, from here on.</param>
public sealed class SocketExchange(TimeProvider time, TimeSpan limit)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Sends all of it.</summary>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    public void Send(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Wait(socket, SelectMode.SelectWrite);
            var sent = socket.Send(bytes, SocketFlags.None, out var error);
            Check(error);
            bytes = bytes[sent..];
        }
    }

    /// <summary>Fills the target.</summary>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    /// <exception cref="EndOfStreamException">The other side closed first.</exception>
    public void Receive(Socket socket, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            Wait(socket, SelectMode.SelectRead);
            var received = socket.Receive(target, SocketFlags.None, out var error);
            Check(error);
            if (received == 0 && error == SocketError.Success)
                throw new EndOfStreamException();
            target = target[received..];
        }
    }

    private void Wait(Socket socket, SelectMode mode)
    {
        var left = limit - time.GetElapsedTime(_start);
        if (left <= TimeSpan.Zero || !socket.Poll(left, mode))
            throw new TimeoutException();
    }

    private static void Check(SocketError error)
    {
        if (error is not (SocketError.Success or SocketError.WouldBlock))
            throw new SocketException((int)error);
    }
}
