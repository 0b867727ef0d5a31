namespace Colophon.Provenance.Log;

/// <summary>The camel-case names under which an enum's values are written.</summary>
internal static class EnumNames<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Enum.GetValues<T>().ToDictionary(Camel, StringComparer.Ordinal);
    private static readonly Dictionary<T, string> Names = Values.ToDictionary(static p => p.Value, static p => p.Key);

    internal static string Of(T value) => Names[value];

    internal static bool TryParse(string name, out T value) => Values.TryGetValue(name, out value);

    private static string Camel(T value)
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
