using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Tests.Keys.OpenSsh;

/// <summary>An agent with one key, whose answers a test may spoil. It closes each connection after its answer; an answer of null is none, and the connection stays open.</summary>
internal sealed class FakeAgent : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> _open = [];
    private readonly SigningKey _key = SigningKey.Generate();
    private readonly Task _serving;

    public FakeAgent()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(_folder.Sub("agent")));
        _listener.Listen(8);
        _serving = Task.Run(ServeAsync);
    }

    public Func<SigningKey, byte[]?> ToList { get; init; } = List;

    public Func<SigningKey, byte[], byte[]?> ToSign { get; init; } = static (key, message) => Signature(key.Sign(message));

    public int Asked { get; private set; }

    public SigningKeyAccess Access => new() { ConfigurationDirectory = _folder.Path, AgentSocket = _folder.Sub("agent") };

    public static byte[] List(SigningKey key) => Framed([12, 0, 0, 0, 1, .. Text(Blob(key)), .. Text("fake"u8)]);

    public static byte[] Signature(byte[] raw, string type = "ssh-ed25519") => Framed([14, .. Text([.. Text(Encoding.ASCII.GetBytes(type)), .. Text(raw)])]);

    public void Dispose()
    {
        _listener.Dispose();
        _serving.GetAwaiter().GetResult();
        foreach (var connection in _open)
            connection.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            Socket connection;
            try
            {
                connection = await _listener.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            _open.Add(connection);
            var head = await ReadAsync(connection, 4);
            var request = await ReadAsync(connection, BinaryPrimitives.ReadInt32BigEndian(head));
            Asked++;
            var answer = request[0] == 11 ? ToList(_key) : ToSign(_key, Message(request));
            if (answer is null)
                continue;
            await connection.SendAsync(answer, SocketFlags.None);
            connection.Dispose();
        }
    }

    private static byte[] Message(byte[] request)
    {
        var blob = BinaryPrimitives.ReadInt32BigEndian(request.AsSpan(1));
        var length = BinaryPrimitives.ReadInt32BigEndian(request.AsSpan(5 + blob));
        return request.AsSpan(9 + blob, length).ToArray();
    }

    private static async Task<byte[]> ReadAsync(Socket connection, int length)
    {
        var bytes = new byte[length];
        for (var at = 0; at < length;)
        {
            var read = await connection.ReceiveAsync(bytes.AsMemory(at), SocketFlags.None);
            if (read == 0)
                throw new EndOfStreamException();
            at += read;
        }

        return bytes;
    }

    private static byte[] Blob(SigningKey key) => [.. Text("ssh-ed25519"u8), .. Text(key.Public.Bytes)];

    private static byte[] Text(ReadOnlySpan<byte> bytes) => Framed(bytes);

    private static byte[] Framed(ReadOnlySpan<byte> bytes)
    {
        var framed = new byte[4 + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed, bytes.Length);
        bytes.CopyTo(framed.AsSpan(4));
        return framed;
    }
}
