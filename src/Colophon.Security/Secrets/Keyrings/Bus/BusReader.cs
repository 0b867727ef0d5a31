using System.Buffers.Binary;
using System.Text;

namespace Colophon.Security.Secrets.Keyrings.Bus;

/// <summary>Reads values that are marshalled as the D-Bus Specification says, in either byte order. What does not hold is an <see cref="InvalidDataException"/>.</summary>
internal ref struct BusReader(ReadOnlySpan<byte> bytes, bool bigEndian)
{
    /// <summary>As deep as the specification lets values nest, arrays and structs together.</summary>
    private const int Deepest = 64;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    internal readonly int Position => _at;

    internal void Align(int size) => Take((size - (_at % size)) % size);

    internal byte Byte() => Take(1)[0];

    internal bool Boolean() => Number() != 0;

    internal uint Number()
    {
        Align(4);
        var number = Take(4);
        return bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(number) : BinaryPrimitives.ReadUInt32LittleEndian(number);
    }

    /// <summary>A string or an object path.</summary>
    internal string Text()
    {
        var text = Encoding.UTF8.GetString(Take(Length()));
        Take(1);
        return text;
    }

    internal string Signature()
    {
        var text = Encoding.ASCII.GetString(Take(Byte()));
        Take(1);
        return text;
    }

    /// <summary>An array of bytes.</summary>
    internal byte[] Bytes() => Take(Length()).ToArray();

    /// <summary>An array of strings or object paths.</summary>
    internal List<string> Texts()
    {
        var end = ArrayEnd('s');
        var texts = new List<string>();
        while (_at < end)
            texts.Add(Text());
        return texts;
    }

    /// <summary>Where the array that starts here ends; its first element is next.</summary>
    internal int ArrayEnd(char element)
    {
        var length = Length();
        Align(AlignmentOf(element));
        return length <= _bytes.Length - _at ? _at + length : throw new InvalidDataException("An array is longer than its message.");
    }

    /// <summary>Passes one value of each type of a signature.</summary>
    internal void Skip(string signature, int depth = 0)
    {
        for (var at = 0; at < signature.Length;)
            at = SkipOne(signature, at, depth);
    }

    /// <summary>A variant that must hold one type.</summary>
    internal void Variant(string expected)
    {
        if (Signature() is var found && found != expected)
            throw new InvalidDataException($"A variant holds '{found}' where '{expected}' was expected.");
    }

    private int SkipOne(string signature, int at, int depth)
    {
        if (depth > Deepest)
            throw new InvalidDataException("Values are nested too deep.");
        switch (signature[at])
        {
            case 'y':
                Take(1);
                return at + 1;
            case 'n' or 'q':
                Align(2);
                Take(2);
                return at + 1;
            case 'b' or 'i' or 'u' or 'h':
                Number();
                return at + 1;
            case 'x' or 't' or 'd':
                Align(8);
                Take(8);
                return at + 1;
            case 's' or 'o':
                Text();
                return at + 1;
            case 'g':
                Signature();
                return at + 1;
            case 'v':
                Skip(Signature(), depth + 1);
                return at + 1;
            case 'a' when at + 1 < signature.Length:
                var end = ArrayEnd(signature[at + 1]);
                _at = end;
                return TypeEnd(signature, at + 1);
            case '(' or '{':
                Align(8);
                var close = TypeEnd(signature, at);
                Skip(signature[(at + 1)..(close - 1)], depth + 1);
                return close;
            default:
                throw new InvalidDataException($"'{signature}' is no signature.");
        }
    }

    private static int TypeEnd(string signature, int at)
    {
        while (at < signature.Length && signature[at] == 'a')
            at++;
        var depth = 0;
        for (; at < signature.Length; at++)
        {
            depth += signature[at] is '(' or '{' ? 1 : signature[at] is ')' or '}' ? -1 : 0;
            if (depth == 0)
                return at + 1;
        }

        throw new InvalidDataException($"'{signature}' is no signature.");
    }

    private static int AlignmentOf(char type) => type switch
    {
        'y' or 'g' or 'v' => 1,
        'n' or 'q' => 2,
        'x' or 't' or 'd' or '(' or '{' => 8,
        _ => 4,
    };

    private int Length() => Number() is var length && length <= _bytes.Length ? (int)length : throw new InvalidDataException("A length is beyond its message.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _at)
            throw new InvalidDataException("A message ends in the middle of a value.");
        var taken = _bytes.Slice(_at, count);
        _at += count;
        return taken;
    }
}
