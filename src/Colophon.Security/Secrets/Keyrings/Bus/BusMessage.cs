using System.Buffers.Binary;

namespace Colophon.Security.Secrets.Keyrings.Bus;

/// <summary>What a message is.</summary>
internal enum BusMessageType
{
    /// <summary>A question.</summary>
    Call = 1,

    /// <summary>Its answer.</summary>
    Return = 2,

    /// <summary>Its refusal.</summary>
    Error = 3,

    /// <summary>What is told to whoever listens.</summary>
    Signal = 4,
}

/// <summary>One message of the D-Bus Specification.</summary>
internal sealed record BusMessage
{
    /// <summary>The part of a header that says how long the rest is.</summary>
    internal const int FixedLength = 16;

    /// <summary>The longest message taken: far above what a key ring says, far below the specification's 128 MiB.</summary>
    internal const int Longest = 1024 * 1024;

    private const byte Path1 = 1;
    private const byte Interface2 = 2;
    private const byte Member3 = 3;
    private const byte ErrorName4 = 4;
    private const byte ReplySerial5 = 5;
    private const byte Destination6 = 6;
    private const byte Sender7 = 7;
    private const byte Signature8 = 8;

    internal required BusMessageType Type { get; init; }

    internal uint Serial { get; init; }

    internal uint ReplySerial { get; init; }

    internal string Destination { get; init; } = "";

    internal string Sender { get; init; } = "";

    internal string Path { get; init; } = "";

    internal string Interface { get; init; } = "";

    internal string Member { get; init; } = "";

    internal string ErrorName { get; init; } = "";

    internal string Signature { get; init; } = "";

    internal byte[] Body { get; init; } = [];

    internal bool BigEndian { get; init; }

    internal BusReader Reader() => new(Body, BigEndian);

    /// <summary>A reader of the body, where that has the signature.</summary>
    /// <exception cref="InvalidDataException">It has another one.</exception>
    internal BusReader Reader(string signature) =>
        Signature == signature ? Reader() : throw new InvalidDataException($"An answer has the signature '{Signature}' where '{signature}' was expected.");

    /// <summary>A record prints all its members; a body may hold a passphrase.</summary>
    public override string ToString() => $"{Type} {Interface}.{Member}";

    internal byte[] ToBytes()
    {
        var writer = new BusWriter().Byte((byte)'l').Byte((byte)Type).Byte(0).Byte(1).Number((uint)Body.Length).Number(Serial);
        writer.Array(8, fields =>
        {
            Field(fields, Path1, "o", Path);
            Field(fields, Interface2, "s", Interface);
            Field(fields, Member3, "s", Member);
            Field(fields, Destination6, "s", Destination);
            if (Signature.Length > 0)
                fields.Align(8).Byte(Signature8).Signature("g").Signature(Signature);
        });
        return [.. writer.Align(8).ToArray(), .. Body];
    }

    /// <summary>How long the message is whose first bytes these are.</summary>
    /// <exception cref="InvalidDataException">They begin none, or one that is too long.</exception>
    internal static int LengthOf(ReadOnlySpan<byte> start)
    {
        var big = start[0] switch { (byte)'l' => false, (byte)'B' => true, _ => throw new InvalidDataException("That is no message of D-Bus.") };
        long body = big ? BinaryPrimitives.ReadUInt32BigEndian(start[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[4..]);
        long fields = big ? BinaryPrimitives.ReadUInt32BigEndian(start[12..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[12..]);
        var length = FixedLength + ((fields + 7) / 8 * 8) + body;
        return length <= Longest ? (int)length : throw new InvalidDataException($"A message of {length} bytes is announced.");
    }

    /// <summary>Reads a whole message.</summary>
    /// <exception cref="InvalidDataException">It does not hold.</exception>
    internal static BusMessage Parse(ReadOnlySpan<byte> bytes)
    {
        var big = bytes[0] == (byte)'B';
        var reader = new BusReader(bytes, big);
        reader.Byte();
        var type = (BusMessageType)reader.Byte();
        reader.Byte();
        reader.Byte();
        var length = reader.Number();
        var message = new BusMessage { Type = type, Serial = reader.Number(), BigEndian = big };
        var end = reader.ArrayEnd('(');
        while (reader.Position < end)
        {
            reader.Align(8);
            var code = reader.Byte();
            var signature = reader.Signature();
            switch (code, signature)
            {
                case (Path1, "o"):
                    message = message with { Path = reader.Text() };
                    break;
                case (Interface2, "s"):
                    message = message with { Interface = reader.Text() };
                    break;
                case (Member3, "s"):
                    message = message with { Member = reader.Text() };
                    break;
                case (ErrorName4, "s"):
                    message = message with { ErrorName = reader.Text() };
                    break;
                case (ReplySerial5, "u"):
                    message = message with { ReplySerial = reader.Number() };
                    break;
                case (Destination6, "s"):
                    message = message with { Destination = reader.Text() };
                    break;
                case (Sender7, "s"):
                    message = message with { Sender = reader.Text() };
                    break;
                case (Signature8, "g"):
                    message = message with { Signature = reader.Signature() };
                    break;
                default:
                    reader.Skip(signature);
                    break;
            }
        }

        reader.Align(8);
        return length == bytes.Length - reader.Position ? message with { Body = bytes[reader.Position..].ToArray() } : throw new InvalidDataException("A message is not as long as it says.");
    }

    private static void Field(BusWriter fields, byte code, string signature, string value)
    {
        if (value.Length > 0)
            fields.Align(8).Byte(code).Signature(signature).Text(value);
    }
}
