using System.Globalization;

namespace Colophon.Kernel.Words;

/// <summary>What Unicode says of characters that decompose, and of marks; read from a text that is part of the assembly when it is first needed.</summary>
internal sealed class ComposedTable
{
    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<int, int[]> _parts = [];
    private readonly Dictionary<(int First, int Second), int> _pairs = [];

    internal static ComposedTable Load()
    {
        using var stream = typeof(ComposedTable).Assembly.GetManifestResourceStream("Colophon.Kernel.Words.nfc.txt")
            ?? throw new InvalidOperationException("The resource nfc.txt is not in the assembly.");
        using var reader = new StreamReader(stream);
        var table = new ComposedTable();
        foreach (var item in reader.ReadToEnd().Split('\n').Where(static line => !line.StartsWith('#')).SelectMany(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (item.Contains(':', StringComparison.Ordinal))
                table.AddClass(item);
            else
                table.AddParts(item);
        }

        return table;
    }

    /// <summary>The canonical combining class; 0 for what begins anew.</summary>
    internal int ClassOf(int point) => point < 0x300 ? 0 : _classes.GetValueOrDefault(point);

    /// <summary>Adds what a character is made of, or itself.</summary>
    internal void Decompose(int point, List<int> to)
    {
        if (point < 0xC0 || !_parts.TryGetValue(point, out var parts))
        {
            to.Add(point);
            return;
        }

        foreach (var part in parts)
            Decompose(part, to);
    }

    /// <summary>The one character for two, or null.</summary>
    internal int? Pair(int first, int second) => _pairs.TryGetValue((first, second), out var whole) ? whole : null;

    private void AddClass(string item)
    {
        var parts = item.Split(':');
        var range = parts[0].Split('-');
        for (var point = Hex(range[0]); point <= Hex(range[^1]); point++)
            _classes[point] = byte.Parse(parts[1], CultureInfo.InvariantCulture);
    }

    private void AddParts(string item)
    {
        var sign = item.AsSpan().IndexOfAny('=', '>');
        int[] parts = [.. item[(sign + 1)..].Split('+').Select(Hex)];
        _parts[Hex(item[..sign])] = parts;
        if (item[sign] == '=')
            _pairs[(parts[0], parts[1])] = Hex(item[..sign]);
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
