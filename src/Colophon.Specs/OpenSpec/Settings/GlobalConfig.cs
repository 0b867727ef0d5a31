using System.Buffers;
using System.Globalization;
using Colophon.Specs.Json;
using Colophon.Specs.Layout;

namespace Colophon.Specs.OpenSpec.Settings;

/// <summary>
/// A person's settings for all projects, in <c>openspec/config.json</c> below the configuration folder. What is wrong in the file never stops a command:
/// the defaults stand in.
/// </summary>
internal sealed class GlobalConfig
{
    internal const string FileName = "config.json";

    private GlobalConfig(string path, OrderedDictionary<string, object?>? stored, bool unreadable)
    {
        (Path, Stored, IsUnreadable) = (path, stored, unreadable);
        Merged = Merge(stored ?? []);
    }

    /// <summary>Where the file is, or would be.</summary>
    internal string Path { get; }

    /// <summary>What the file holds; null where there is none or it is no JSON object.</summary>
    internal OrderedDictionary<string, object?>? Stored { get; }

    /// <summary>Whether there is a file that cannot be read as a JSON object. It must not be written over.</summary>
    internal bool IsUnreadable { get; }

    /// <summary>The file's values over the defaults, in the order in which the CLI writes them.</summary>
    internal OrderedDictionary<string, object?> Merged { get; }

    /// <summary>Which workflows are installed: <c>core</c> or <c>custom</c>; any other value counts as <c>core</c>.</summary>
    internal object Profile => Merged["profile"] ?? "core";

    /// <summary>How they are installed: <c>both</c>, <c>skills</c> or <c>commands</c>; any other value counts as <c>both</c>.</summary>
    internal object Delivery => Merged["delivery"] ?? "both";

    /// <summary>The workflows of the custom profile, as the file has them.</summary>
    internal object? Workflows => Merged.TryGetValue("workflows", out var workflows) ? workflows : null;

    /// <summary>Where a person's file is, or would be.</summary>
    internal static string PathOf(Session session) => $"{UserFolders.Configuration(session)}/{FileName}";

    /// <summary>The settings of somebody who has none.</summary>
    internal static OrderedDictionary<string, object?> Defaults() => Merge([]);

    /// <summary>Whether there is a file that is no JSON object; nothing is reported.</summary>
    internal static bool CannotBeRead(Session session)
    {
        var file = FileText.Read(PathOf(session));
        return !file.Missing && !(file.Text is { } text && JsonValue.TryParse(text, out var value) && value is OrderedDictionary<string, object?>);
    }

    /// <summary>Replaces the file in one step.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    internal static void Save(Session session, OrderedDictionary<string, object?> values)
    {
        var output = new ArrayBufferWriter<byte>();
        var json = new JsonText(output);
        JsonValue.Write(json, values);
        json.Finish();
        UserFile.Write(PathOf(session), output.WrittenSpan.ToArray());
    }

    /// <summary>Reads the file. JSON that cannot be read is reported once a run.</summary>
    internal static GlobalConfig Read(Session session)
    {
        var path = PathOf(session);
        var file = FileText.Read(path);
        if (file.Missing)
            return new GlobalConfig(path, null, unreadable: false);
        if (file.Text is not { } text)
            return new GlobalConfig(path, null, unreadable: true);
        if (!JsonValue.TryParse(text, out var value))
        {
            session.WarnOnce($"Warning: Invalid JSON in {path}, using defaults");
            return new GlobalConfig(path, null, unreadable: true);
        }

        var stored = value as OrderedDictionary<string, object?>;
        return new GlobalConfig(path, stored, unreadable: stored is null);
    }

    private static OrderedDictionary<string, object?> Merge(OrderedDictionary<string, object?> stored)
    {
        var merged = new OrderedDictionary<string, object?>(StringComparer.Ordinal) { ["featureFlags"] = null, ["profile"] = "core", ["delivery"] = "both" };
        foreach (var (key, value) in stored)
            merged[key] = value;
        merged["featureFlags"] = Flags(stored.TryGetValue("featureFlags", out var flags) ? flags : null);
        return merged;
    }

    /// <summary>What spreading a value into an object gives: an object's entries, the items of a list and the characters of a text by their numbers.</summary>
    private static OrderedDictionary<string, object?> Flags(object? value)
    {
        if (value is OrderedDictionary<string, object?> map)
            return map;
        var flags = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        IEnumerable<object?> items = value is string text ? text.Select(static c => (object?)c.ToString()) : value as List<object?> ?? [];
        foreach (var (index, item) in items.Index())
            flags[index.ToString(CultureInfo.InvariantCulture)] = item;
        return flags;
    }
}
