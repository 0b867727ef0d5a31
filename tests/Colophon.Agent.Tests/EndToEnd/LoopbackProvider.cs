using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Colophon.Agent.Tests.EndToEnd;

/// <summary>A provider on the loopback interface: answers each request with the next script of raw bytes and keeps the bodies it got.</summary>
internal sealed class LoopbackProvider : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IReadOnlyList<string> _replies;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <param name="replies">Event streams. One that ends with <see cref="Cut"/> is broken off there.</param>
    internal LoopbackProvider(params IReadOnlyList<string> replies)
    {
        _replies = replies;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _serving = ServeAsync(_stop.Token);
    }

    internal const string Cut = "<cut>";

    internal Uri Address { get; }

    internal List<string> Bodies { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        try
        {
            // One connection a request: what is tested is the loop, not the reuse of connections.
            foreach (var reply in _replies)
            {
                using var connection = await _listener.AcceptTcpClientAsync(cancellationToken);
                await using var stream = connection.GetStream();
                Bodies.Add(await ReadBodyAsync(stream, cancellationToken));
                var whole = !reply.EndsWith(Cut, StringComparison.Ordinal);
                var bytes = Encoding.UTF8.GetBytes(whole ? reply : reply[..^Cut.Length]);
                // A length that is never reached makes the break visible as a broken transfer.
                var head = $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: {bytes.Length + (whole ? 0 : 100)}\r\nConnection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), cancellationToken);
                await stream.WriteAsync(bytes, cancellationToken);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // The test ended before the script did; its own assertions say whether that is right.
        }
    }

    private static async Task<string> ReadBodyAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var received = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, cancellationToken);
            if (count == 0)
                throw new IOException("The client went away.");
            received.Write(buffer, 0, count);
            var text = Encoding.UTF8.GetString(received.GetBuffer(), 0, (int)received.Length);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
                continue;
            var length = text[..end].Split("\r\n").First(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            if (received.Length >= end + 4 + int.Parse(length["Content-Length:".Length..]))
                return text[(end + 4)..];
        }
    }
}
