using System.Buffers.Binary;
using System.Net.Sockets;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Colophon.Security.Tests.Secrets;

/// <summary>How the service behaves.</summary>
internal enum FakeManner
{
    Open,
    PlainOnly,
    Locked,
    Dismissing,
    Silent,
    Hanging,
    Garbage,
    Foreign,
    Absent,
    WeakKey,
}

/// <summary>A bus and a Secret Service in one, on a socket of its own: it marshals by itself, so that what the product writes is read by another hand.</summary>
internal sealed class FakeSecretService : IDisposable
{
    private const string Nothing = "/";
    private const string Item = "/org/freedesktop/secrets/collection/login/1";
    private const string Collection = "/org/freedesktop/secrets/collection/login";
    private static readonly BigInteger s_prime = (BigInteger.One << 1024) - (BigInteger.One << 960) - 1 + ((BigInteger.One << 64) * ((BigInteger)129093 + Pi(894)));

    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly FakeManner _manner;
    private readonly List<string> _calls = [];
    private readonly Task _serving;
    private byte[] _key = [];
    private bool _locked;

    internal FakeSecretService(FakeManner manner)
    {
        _manner = manner;
        _locked = manner is FakeManner.Locked or FakeManner.Dismissing or FakeManner.Silent;
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.Path, "bus")));
        _listener.Listen(8);
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>What was kept, by its attributes.</summary>
    internal Dictionary<string, string> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>What was called, in order.</summary>
    internal IReadOnlyList<string> Calls => _calls;

    internal bool Hangs => _manner == FakeManner.Hanging;

    internal bool Asks => _manner != FakeManner.Silent;

    /// <summary>What of a secret could be read on the wire.</summary>
    internal string OnTheWire { get; private set; } = "";

    internal Dictionary<string, string> Variables(bool display = true) => new(StringComparer.Ordinal)
    {
        ["DBUS_SESSION_BUS_ADDRESS"] = $"tcp:host=localhost;unix:path={Uri.EscapeDataString(_folder.Path).Replace("%2F", "/", StringComparison.Ordinal)}/bus,guid=00",
        ["DISPLAY"] = display ? ":0" : "",
    };

    public void Dispose()
    {
        _listener.Dispose();
        _serving.GetAwaiter().GetResult();
        _folder.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var peer = await _listener.AcceptAsync();
                using var stream = new NetworkStream(peer);
                await TalkAsync(stream);
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                if (e is SocketException)
                    return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        var line = new List<byte>();
        while (!line.TakeLast(7).SequenceEqual("BEGIN\r\n"u8.ToArray()))
        {
            var one = new byte[1];
            await stream.ReadExactlyAsync(one);
            line.Add(one[0]);
            if (one[0] == '\n' && line[0] == 0 && line.Count(static b => b == '\n') == 1)
                await stream.WriteAsync(Encoding.ASCII.GetBytes(_manner == FakeManner.Foreign ? "REJECTED EXTERNAL\r\n" : "OK 0123456789abcdef\r\n"));
        }

        while (true)
        {
            var head = new byte[16];
            await stream.ReadExactlyAsync(head);
            var (body, fields) = (BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4)), BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(12)));
            var rest = new byte[((fields + 7) / 8 * 8) + body];
            await stream.ReadExactlyAsync(rest);
            OnTheWire += Encoding.Latin1.GetString(rest);
            foreach (var answer in Answer(BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8)), Fields(rest.AsSpan(0, fields)), rest[^body..]))
                await stream.WriteAsync(answer);
        }
    }

    private IEnumerable<byte[]> Answer(uint serial, Dictionary<byte, string> fields, byte[] body)
    {
        var (path, member) = (fields[1], fields[3]);
        _calls.Add(member);
        if (_manner == FakeManner.Hanging && member != "Hello")
            return [];
        if (_manner == FakeManner.Garbage && member != "Hello")
            return ["HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray()];
        if (_manner == FakeManner.Absent && member != "Hello")
            return [Error(serial, "org.freedesktop.DBus.Error.ServiceUnknown")];
        var input = new Wire(body);
        switch (member)
        {
            case "Hello":
                return [Return(serial, "s", new Wire().Text(":1.1"))];
            case "SearchItems":
                var found = Kept.ContainsKey(input.Map()) ? new[] { Item } : [];
                return [Return(serial, "aoao", new Wire().Paths(_locked ? [] : found).Paths(_locked ? found : []))];
            case "ReadAlias":
                return [Return(serial, "o", new Wire().Text(Collection))];
            case "Get":
                return [Return(serial, "v", new Wire().Signature("b").Number(_locked ? 1 : 0))];
            case "OpenSession":
                return [Session(serial, input)];
            case "Unlock":
                return [Return(serial, "aoo", new Wire().Paths(_locked ? [] : input.Paths()).Text(_locked ? "/prompt/1" : Nothing))];
            case "Prompt" when _manner != FakeManner.Silent:
                _locked = _manner == FakeManner.Dismissing;
                // The signal may come before the answer.
                return [Signal(path, "bv", new Wire().Number(_locked ? 1 : 0).Signature("ao").Paths(_locked ? [] : [Item])), Return(serial, "", new Wire())];
            case "CreateItem":
                return [Create(serial, body)];
            case "GetSecret":
                return [Secret(serial)];
            case "Delete":
                Kept.Clear();
                return [Return(serial, "o", new Wire().Text(Nothing))];
            default:
                return [Return(serial, "", new Wire())];
        }
    }

    private byte[] Session(uint serial, Wire input)
    {
        var algorithm = input.Text();
        if (algorithm == "plain")
            return Return(serial, "vo", new Wire().Signature("s").Text("").Text("/session/1"));
        if (_manner == FakeManner.PlainOnly)
            return Error(serial, "org.freedesktop.DBus.Error.NotSupported");
        input.Signature();
        var theirs = new BigInteger(input.Bytes(), isUnsigned: true, isBigEndian: true);
        var secret = new BigInteger(RandomNumberGenerator.GetBytes(100), isUnsigned: true);
        var shared = new byte[128];
        var raw = BigInteger.ModPow(theirs, secret, s_prime).ToByteArray(isUnsigned: true, isBigEndian: true);
        raw.CopyTo(shared, shared.Length - raw.Length);
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 16);
        var own = _manner == FakeManner.WeakKey ? [1] : BigInteger.ModPow(2, secret, s_prime).ToByteArray(isUnsigned: true, isBigEndian: true);
        return Return(serial, "vo", new Wire().Signature("ay").Bytes(own).Text("/session/1"));
    }

    private byte[] Create(uint serial, byte[] body)
    {
        var input = new Wire(body);
        var end = input.Array() + 4;
        input.Align(8);
        input.Text();
        input.Signature();
        input.Text();
        input.Align(8);
        input.Text();
        input.Signature();
        var attributes = input.Map();
        input.Align(8);
        Assert.True(input.At >= end - 4);
        input.Text();
        var (vector, value) = (input.Bytes(), input.Bytes());
        Kept[attributes] = Encoding.UTF8.GetString(Cipher() is { } aes ? aes.DecryptCbc(value, vector) : value);
        return Return(serial, "oo", new Wire().Text(Item).Text(Nothing));
    }

    private byte[] Secret(uint serial)
    {
        var (vector, text) = (new byte[16], Encoding.UTF8.GetBytes(Kept.Values.Single()));
        return Return(serial, "(oayays)", new Wire().Text("/session/1").Bytes(Cipher() is null ? [] : vector).Bytes(Cipher()?.EncryptCbc(text, vector) ?? text).Text("text/plain"));
    }

    private Aes? Cipher()
    {
        if (_key.Length == 0)
            return null;
        var aes = Aes.Create();
        aes.Key = _key;
        return aes;
    }

    private static byte[] Return(uint serial, string signature, Wire body) => Message(2, serial, signature, body, new Wire());

    private static byte[] Error(uint serial, string name) => Message(3, serial, "s", new Wire().Text("no"), new Wire().Field(4, "s", name));

    private static byte[] Signal(string path, string signature, Wire body) =>
        Message(4, 0, signature, body, new Wire().Field(1, "o", path).Field(2, "s", "org.freedesktop.Secret.Prompt").Field(3, "s", "Completed"));

    /// <summary>Written in the other byte order than the product's, with a field that nobody knows.</summary>
    private static byte[] Message(byte type, uint serial, string signature, Wire body, Wire fields)
    {
        fields.Align(8);
        fields.Raw([42]);
        fields.Signature("a{sv}").Number(0).Align(8);
        if (serial > 0)
            fields.Raw([5]).Signature("u").Number((int)serial);
        if (signature.Length > 0)
        {
            fields.Align(8);
            fields.Raw([8]).Signature("g").Signature(signature);
        }

        var head = new Wire().Raw([(byte)'B', type, 0, 1]).Number(body.Length).Number(7).Number(fields.Length).Raw(fields.ToArray());
        head.Align(8);
        return [.. head.ToArray(), .. body.ToArray()];
    }

    private static Dictionary<byte, string> Fields(ReadOnlySpan<byte> bytes)
    {
        var (found, wire) = (new Dictionary<byte, string>(), new Wire(bytes.ToArray()));
        while (wire.At < bytes.Length)
        {
            wire.Align(8);
            var code = wire.Byte();
            found[code] = wire.Signature() == "g" ? wire.Signature() : wire.Text();
        }

        return found;
    }

    /// <summary>The whole part of 2^bits times pi, by Machin's formula: RFC 2409 gives the prime by it.</summary>
    private static BigInteger Pi(int bits)
    {
        var one = BigInteger.One << (bits + 64);
        BigInteger Arctangent(int inverse)
        {
            var (sum, power, sign) = (BigInteger.Zero, one / inverse, 1);
            for (var n = 1; power != 0; n += 2, power /= inverse * inverse, sign = -sign)
                sum += sign * power / n;
            return sum;
        }

        return ((16 * Arctangent(5)) - (4 * Arctangent(239))) >> 64;
    }

    /// <summary>Values on the wire: read little-endian, written big-endian.</summary>
    private sealed class Wire(byte[] given)
    {
        private readonly List<byte> _out = [];

        internal Wire()
            : this([])
        {
        }

        internal int At { get; private set; }

        internal int Length => _out.Count;

        internal byte[] ToArray() => [.. _out];

        internal void Align(int size)
        {
            if (given.Length > 0)
                At = (At + size - 1) / size * size;
            while (given.Length == 0 && _out.Count % size != 0)
                _out.Add(0);
        }

        internal byte Byte() => given[At++];

        internal int Array()
        {
            Align(4);
            At += 4;
            return BinaryPrimitives.ReadInt32LittleEndian(given.AsSpan(At - 4));
        }

        internal byte[] Bytes()
        {
            var length = Array();
            At += length;
            return given[(At - length)..At];
        }

        internal string Text()
        {
            var text = Encoding.UTF8.GetString(Bytes());
            Assert.Equal(0, Byte());
            return text;
        }

        internal string Signature()
        {
            var length = Byte();
            At += length + 1;
            return Encoding.ASCII.GetString(given, At - length - 1, length);
        }

        internal string Map()
        {
            var length = Array();
            Align(8);
            var (end, pairs) = (At + length, new List<string>());
            while (At < end)
            {
                Align(8);
                pairs.Add($"{Text()}={Text()}");
            }

            return string.Join('\n', pairs);
        }

        internal string[] Paths()
        {
            var end = Array() + At;
            var paths = new List<string>();
            while (At < end)
                paths.Add(Text());
            return [.. paths];
        }

        internal Wire Raw(ReadOnlySpan<byte> bytes)
        {
            _out.AddRange(bytes);
            return this;
        }

        internal Wire Number(int value)
        {
            Align(4);
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, value);
            return Raw(number);
        }

        internal Wire Bytes(ReadOnlySpan<byte> bytes) => Number(bytes.Length).Raw(bytes);

        internal Wire Text(string text) => Bytes(Encoding.UTF8.GetBytes(text)).Raw([0]);

        internal Wire Signature(string text) => Raw([(byte)text.Length]).Raw(Encoding.ASCII.GetBytes(text)).Raw([0]);

        internal Wire Paths(IReadOnlyList<string> paths)
        {
            var inner = new Wire();
            foreach (var path in paths)
                inner.Text(path);
            return Number(inner.Length).Raw(inner.ToArray());
        }

        internal Wire Field(byte code, string signature, string value)
        {
            Align(8);
            return Raw([code]).Signature(signature).Text(value);
        }
    }
}
