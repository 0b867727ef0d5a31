using System.Text.Json;

namespace Colophon.Provenance.Log;

/// <summary>Collects what is wrong with a document; only the first fault is told.</summary>
internal sealed class Faults
{
    internal string? First { get; private set; }

    internal void Add(string fault) => First ??= fault;
}

/// <summary>
/// Reads the members of a JSON object into a record. A missing or malformed one is noted as a fault and read as an empty value, so that a reader is
/// one expression and never throws. Unknown members are left alone: they are signed all the same.
/// </summary>
internal readonly struct Members(JsonElement element, Faults faults)
{
    /// <summary>How many members there are.</summary>
    internal int Size => element.GetPropertyCount();

    internal string Text(string name) => OptionalText(name) ?? Missing(name, "");

    internal string? OptionalText(string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : Missing<string?>(name, null);
    }

    internal string Hex(string name, int bytes) => OptionalHex(name, bytes) ?? Missing(name, "");

    internal string? OptionalHex(string name, int bytes)
    {
        var text = OptionalText(name);
        return text is null || EntryFormat.IsHex(text, bytes) ? text : Missing<string?>(name, null);
    }

    internal byte[] Base64(string name, int bytes) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var decoded)
        && decoded.Length == bytes ? decoded : Missing<byte[]>(name, []);

    internal long Number(string name) => OptionalNumber(name) ?? Missing(name, 0L);

    internal int Count(string name) => Number(name) is var value && value <= int.MaxValue ? (int)value : Missing(name, 0);

    internal long? OptionalNumber(string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 ? number : Missing<long?>(name, null);
    }

    internal bool Flag(string name) => element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.ValueKind == JsonValueKind.True
        : Missing(name, false);

    internal bool OptionalFlag(string name) => element.TryGetProperty(name, out _) && Flag(name);

    internal T Choice<T>(string name)
        where T : struct, Enum => EnumNames<T>.TryParse(Text(name), out var value) ? value : Missing(name, default(T));

    internal DateTimeOffset Time(string name) => OptionalTime(name) ?? Missing(name, default(DateTimeOffset));

    internal DateTimeOffset? OptionalTime(string name)
    {
        if (OptionalText(name) is not { } text)
            return null;
        return EntryFormat.TryTime(text, out var time) ? time : Missing<DateTimeOffset?>(name, null);
    }

    internal T? Object<T>(string name, Func<Members, T> read)
        where T : class
    {
        if (!element.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Object ? read(new Members(value, faults)) : Missing<T?>(name, null);
    }

    internal IReadOnlyList<T> List<T>(string name, Func<Members, T> read)
    {
        if (!element.TryGetProperty(name, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            return Missing<IReadOnlyList<T>>(name, []);
        var list = new List<T>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
                return Missing<IReadOnlyList<T>>(name, []);
            list.Add(read(new Members(item, faults)));
        }

        return list;
    }

    internal IReadOnlyList<string> Texts(string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return [];
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(static i => i.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(static i => i.GetString() ?? "")]
            : Missing<IReadOnlyList<string>>(name, []);
    }

    internal IReadOnlyDictionary<string, string> Map(string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return EntryDraft.Nothing;
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(static m => m.Value.ValueKind != JsonValueKind.String))
            return Missing(name, EntryDraft.Nothing);
        return value.EnumerateObject().ToDictionary(static m => m.Name, static m => m.Value.GetString() ?? "", StringComparer.Ordinal);
    }

    internal void Fault(string fault) => faults.Add(fault);

    private T Missing<T>(string name, T instead)
    {
        faults.Add($"The member '{name}' is missing or malformed.");
        return instead;
    }
}
