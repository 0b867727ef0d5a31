using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Colophon.Models.Tests.Doubles;

/// <summary>A request as it arrived.</summary>
public sealed record WireRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body, int Connection)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>An answer: its pieces are written one by one; <see cref="Cut"/> breaks the connection after the last.</summary>
public sealed record WireAnswer(int Status, IReadOnlyList<byte[]> Pieces)
{
    public string ContentType { get; init; } = "text/event-stream";

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public bool Cut { get; init; }

    /// <summary>Whether to send nothing more and keep the connection open.</summary>
    public bool Hang { get; init; }

    public static WireAnswer Events(string sse) => new(200, [Encoding.UTF8.GetBytes(sse)]);

    public static WireAnswer Json(int status, string json) => new(status, [Encoding.UTF8.GetBytes(json)]) { ContentType = "application/json" };
}

/// <summary>A server on 127.0.0.1 over bare TCP, so that every byte and every break of a connection is ours to choose.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Func<WireRequest, WireAnswer>> _answers = new();
    private readonly ConcurrentQueue<WireRequest> _requests = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _connections;
    private int _disposed;

    public LoopbackServer(params WireAnswer[] answers)
    {
        foreach (var answer in answers)
            _answers.Enqueue(_ => answer);
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public IReadOnlyList<WireRequest> Requests => [.. _requests];

    public void Answer(Func<WireRequest, WireAnswer> answer) => _answers.Enqueue(answer);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client, Interlocked.Increment(ref _connections));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client, int connection)
    {
        using var _ = client;
        client.NoDelay = true;
        try
        {
            var stream = client.GetStream();
            while (await ReadAsync(stream, connection) is { } request)
            {
                _requests.Enqueue(request);
                var answer = _answers.TryDequeue(out var next) ? next(request) : WireAnswer.Json(500, """{"error":{"message":"nothing scripted"}}""");
                if (!await WriteAsync(stream, answer))
                {
                    if (answer.Cut)
                        client.Client.LingerState = new LingerOption(true, 0);
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The client left.
        }
    }

    private async Task<WireRequest?> ReadAsync(NetworkStream stream, int connection)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n'))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n");
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).Where(line => line.Contains(':', StringComparison.Ordinal))
            .ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant(), line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), StringComparer.Ordinal);
        var body = new byte[headers.TryGetValue("content-length", out var length) ? int.Parse(length) : 0];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new WireRequest(first[0], first[1], headers, body, connection);
    }

    private async Task<bool> WriteAsync(NetworkStream stream, WireAnswer answer)
    {
        var head = new StringBuilder($"HTTP/1.1 {answer.Status} X\r\nContent-Type: {answer.ContentType}\r\nTransfer-Encoding: chunked\r\n");
        foreach (var (name, value) in answer.Headers)
            head.Append($"{name}: {value}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
        foreach (var piece in answer.Pieces)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"), _stop.Token);
            await stream.WriteAsync(piece, _stop.Token);
            await stream.WriteAsync("\r\n"u8.ToArray(), _stop.Token);
        }

        if (answer.Hang)
            await Task.Delay(Timeout.Infinite, _stop.Token);
        if (answer.Cut)
            return false;
        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), _stop.Token);
        return true;
    }
}
