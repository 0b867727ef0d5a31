using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Colophon.Kernel.Sockets;

namespace Colophon.Security.Secrets.Keyrings.Bus;

/// <summary>
/// A connection to the session's bus: the little of the D-Bus Specification that a key ring needs. It authenticates by who the user is (EXTERNAL), calls, and waits for signals; every wait is bounded.
/// </summary>
internal sealed partial class BusConnection : IDisposable
{
    private const string Bus = "org.freedesktop.DBus";
    private const int LongestLine = 512;
    private const int MostSignals = 64;

    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly List<BusMessage> _signals = [];
    private uint _serial;

    private BusConnection(Socket socket, TimeProvider time) => (_socket, _time) = (socket, time);

    /// <summary>The Unix sockets that the environment names for the session's bus, the first one first.</summary>
    internal static IReadOnlyList<string> Addresses(IReadOnlyDictionary<string, string> variables)
    {
        var found = new List<string>();
        var given = variables.GetValueOrDefault("DBUS_SESSION_BUS_ADDRESS") ?? "";
        foreach (var address in given.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!address.StartsWith("unix:", StringComparison.Ordinal))
                continue;
            foreach (var pair in address["unix:".Length..].Split(','))
            {
                if (pair.StartsWith("path=", StringComparison.Ordinal))
                    found.Add(Uri.UnescapeDataString(pair["path=".Length..]));
                else if (pair.StartsWith("abstract=", StringComparison.Ordinal))
                    found.Add("\0" + Uri.UnescapeDataString(pair["abstract=".Length..]));
                else if (pair == "runtime=yes" && variables.GetValueOrDefault("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
                    found.Add(Path.Combine(runtime, "bus"));
            }
        }

        if (given.Length == 0 && variables.GetValueOrDefault("XDG_RUNTIME_DIR") is { Length: > 0 } directory)
            found.Add(Path.Combine(directory, "bus"));
        return found;
    }

    /// <summary>Connects to the first address that takes it; null where none does.</summary>
    /// <exception cref="TimeoutException">One took it and does not answer.</exception>
    /// <exception cref="InvalidDataException">One took it and is no bus, or does not know the user.</exception>
    internal static BusConnection? TryOpen(IReadOnlyList<string> addresses, TimeProvider time, TimeSpan limit)
    {
        foreach (var address in addresses)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(address));
            }
            catch (Exception e) when (e is SocketException or ArgumentException)
            {
                socket.Dispose();
                continue;
            }

            var connection = new BusConnection(socket, time);
            try
            {
                connection.Authenticate(new SocketExchange(time, limit));
                connection.Call(Bus, "/org/freedesktop/DBus", Bus, "Hello", "", null, limit);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        return null;
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="BusException">It is an error.</exception>
    /// <exception cref="TimeoutException">None came in time.</exception>
    /// <exception cref="InvalidDataException">What came is none of D-Bus.</exception>
    internal BusMessage Call(string destination, string path, string @interface, string member, string signature, Action<BusWriter>? body, TimeSpan limit)
    {
        var writer = new BusWriter();
        body?.Invoke(writer);
        var call = new BusMessage
        {
            Type = BusMessageType.Call,
            Serial = ++_serial,
            Destination = destination,
            Path = path,
            Interface = @interface,
            Member = member,
            Signature = signature,
            Body = writer.ToArray(),
        };
        var exchange = new SocketExchange(_time, limit);
        Translate(() => exchange.Send(_socket, call.ToBytes()));
        while (true)
        {
            var message = Receive(exchange);
            if (message.ReplySerial == call.Serial && message.Type == BusMessageType.Return)
                return message;
            if (message.ReplySerial == call.Serial && message.Type == BusMessageType.Error)
                throw new BusException(message.ErrorName, message.Signature.StartsWith('s') ? message.Reader().Text() : "");
            Remember(message);
        }
    }

    /// <summary>Has the bus pass a signal on to this connection.</summary>
    internal void Listen(string sender, string path, string @interface, string member, TimeSpan limit) =>
        Call(Bus, "/org/freedesktop/DBus", Bus, "AddMatch", "s", body => body.Text($"type='signal',sender='{sender}',path='{path}',interface='{@interface}',member='{member}'"), limit);

    /// <summary>Waits for a signal that was listened for, also where it came while an answer was waited for.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    internal BusMessage Signal(string path, string @interface, string member, TimeSpan limit)
    {
        bool Is(BusMessage message) => message.Path == path && message.Interface == @interface && message.Member == member;
        if (_signals.Find(Is) is { } early)
            return early;
        var exchange = new SocketExchange(_time, limit);
        while (true)
        {
            var message = Receive(exchange);
            if (message.Type == BusMessageType.Signal && Is(message))
                return message;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Remember(BusMessage message)
    {
        if (message.Type == BusMessageType.Signal && _signals.Count < MostSignals)
            _signals.Add(message);
    }

    private BusMessage Receive(SocketExchange exchange)
    {
        var start = new byte[BusMessage.FixedLength];
        Translate(() => exchange.Receive(_socket, start));
        var whole = new byte[BusMessage.LengthOf(start)];
        start.CopyTo(whole, 0);
        Translate(() => exchange.Receive(_socket, whole.AsSpan(BusMessage.FixedLength)));
        return BusMessage.Parse(whole);
    }

    private void Authenticate(SocketExchange exchange)
    {
        var user = Convert.ToHexStringLower(Encoding.ASCII.GetBytes(UserId().ToString(CultureInfo.InvariantCulture)));
        Translate(() => exchange.Send(_socket, Encoding.ASCII.GetBytes($"\0AUTH EXTERNAL {user}\r\n")));
        var line = Line(exchange);
        if (!line.StartsWith("OK ", StringComparison.Ordinal))
            throw new InvalidDataException("The session's bus does not take who you are.");
        Translate(() => exchange.Send(_socket, "BEGIN\r\n"u8));
    }

    private string Line(SocketExchange exchange)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < LongestLine)
        {
            Translate(() => exchange.Receive(_socket, one));
            if (one[0] == (byte)'\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        throw new InvalidDataException("The session's bus answers something else.");
    }

    private static void Translate(Action io)
    {
        try
        {
            io();
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The session's bus hung up.", e);
        }
        catch (SocketException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint UserId();
}
