using System.Collections.Frozen;
using Colophon.Kernel.Configuration.Toml;
using Colophon.Kernel.Words;

namespace Colophon.Engine.Explain;

/// <summary>Every code the product prints, explained. The texts are the TOML files in <c>Catalogue/</c>; they are read when they are asked for.</summary>
public static class CodeCatalogue
{
    private const string Folder = "catalogue/";
    private const int Digits = 4;

    private static readonly Lazy<(IReadOnlyList<CodeEntry> All, FrozenDictionary<string, CodeEntry> ByCode)> s_entries = new(Read);

    /// <summary>All entries, ordered by code.</summary>
    public static IReadOnlyList<CodeEntry> All => s_entries.Value.All;

    /// <summary>Finds an entry.</summary>
    /// <param name="word">The code as somebody types it: <c>COL1042</c>, <c>col1042</c>, <c>1042</c>, <c>exit1</c>.</param>
    /// <returns>Null where no such code exists.</returns>
    public static CodeEntry? Find(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return s_entries.Value.ByCode.GetValueOrDefault(Normalise(word));
    }

    /// <summary>The code that was most likely meant, or null where none is near.</summary>
    public static string? Nearest(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var code = Normalise(word);
        // Every code begins alike and is short, so the usual third of the length would call any two of them near.
        return EditDistance.Closest(code, All.Select(static entry => entry.Code)) is { } closest && EditDistance.Between(code, closest) <= 1 ? closest : null;
    }

    private static string Normalise(string word)
    {
        var code = word.Trim().ToUpperInvariant();
        return code.Length is > 0 and <= Digits && !code.AsSpan().ContainsAnyExceptInRange('0', '9') ? $"COL{code.PadLeft(Digits, '0')}" : code;
    }

    private static (IReadOnlyList<CodeEntry>, FrozenDictionary<string, CodeEntry>) Read()
    {
        var entries = new List<CodeEntry>();
        var assembly = typeof(CodeCatalogue).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (name.StartsWith(Folder, StringComparison.Ordinal))
                Read(assembly.GetManifestResourceStream(name) ?? Stream.Null, name, entries);
        }

        entries.Sort(static (a, b) => string.CompareOrdinal(a.Code, b.Code));
        return (entries, entries.ToFrozenDictionary(static entry => entry.Code, StringComparer.Ordinal));
    }

    private static void Read(Stream stream, string name, List<CodeEntry> entries)
    {
        using var reader = new StreamReader(stream);
        var document = TomlDocument.Parse(reader.ReadToEnd());
        if (document.Diagnostics is [var first, ..])
            throw new InvalidDataException($"{name}:{first.Position.Line}: {first.Message}");
        foreach (var (code, _, value) in document.Root.Entries)
        {
            if (value is TomlValue.Table table)
                entries.Add(new CodeEntry(code, Text(table, "title"), Text(table, "meaning"), Text(table, "why"), Text(table, "mend"), (table["example"] as TomlValue.Text)?.Value));
        }

        string Text(TomlValue.Table table, string key) =>
            (table[key] as TomlValue.Text)?.Value ?? throw new InvalidDataException($"{name}:{table.Position.Line}: '{key}' is missing.");
    }
}
