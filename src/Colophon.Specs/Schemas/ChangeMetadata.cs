using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.Schemas;

/// <summary>
/// A change's <c>.openspec.yaml</c>, read once. Its markers count only where the whole file is valid and its schema loads; otherwise the reason is
/// kept.
/// </summary>
internal sealed class ChangeMetadata
{
    internal const string FileName = ".openspec.yaml";

    private readonly FileText _file;
    private readonly bool _parsed;
    private readonly Dictionary<string, object?>? _map;

    private ChangeMetadata(FileText file)
    {
        _file = file;
        if (file.Text is not { } text)
            return;
        _parsed = Yaml.TryRead(text, out var value);
        _map = value as Dictionary<string, object?>;
        Issues = _parsed ? MetadataRules.Check(value) : [];
    }

    /// <summary>There is a file.</summary>
    internal bool Exists => !_file.Missing;

    /// <summary>Whether the file can be read and fits its rules; the schema's name may still be unknown.</summary>
    internal bool Valid => _file.Text is not null && _parsed && Issues.Count == 0;

    /// <summary>The schema's name where the file is valid.</summary>
    internal string? Schema => Valid && _map is not null && _map.TryGetValue("schema", out var schema) ? schema as string : null;

    /// <summary>What is wrong with the file's shape.</summary>
    internal IReadOnlyList<ShapeIssue> Issues { get; } = [];

    /// <summary>The file's text where it is no YAML.</summary>
    internal string? Unparsed => _parsed ? null : _file.Text;

    /// <summary>Why the file cannot be read, or null.</summary>
    internal string? Failure => _file.Failure;

    /// <summary>Whether a marker is set in a valid file; its schema may be unknown.</summary>
    internal bool IsSet(string key) => Valid && _map is not null && _map.GetValueOrDefault(key) is true;

    internal static ChangeMetadata Read(string directory) => Of(FileText.Read($"{directory}/{FileName}"));

    /// <summary>The same from a text that was read already.</summary>
    internal static ChangeMetadata Of(FileText file) => new(file);

    /// <summary>A boolean marker: whether it is set and honoured, and where it cannot be honoured, why.</summary>
    internal (bool Declared, string? Reason) Marker(string key, SchemaLibrary schemas)
    {
        if (_file.Missing)
            return (false, null);
        if (_file.Failure is { } failure)
            return Unhonoured($"the metadata file cannot be read ({failure})");
        if (!_parsed)
            return Mentions(_file.Text ?? "", key) ? Unhonoured("the file is not valid YAML") : (false, null);
        if (Issues.Count > 0)
            return _map is not null && _map.TryGetValue(key, out var value) && value is not false ? Unhonoured(Issues[0].ShortLine) : (false, null);
        if (_map is null || !_map.TryGetValue(key, out var set) || set is not true)
            return (false, null);
        return schemas.WhyUnusable(Schema ?? "") is { } reason ? Unhonoured(reason) : (true, null);
    }

    /// <summary><c>^\s*(['"]?)key\1\s*:</c> on any line.</summary>
    private static bool Mentions(string text, string key)
    {
        foreach (var range in text.AsSpan().SplitAny("\n\r\u2028\u2029"))
        {
            var rest = Js.TrimStart(text.AsSpan(range));
            var quote = !rest.IsEmpty && rest[0] is '\'' or '"' ? rest[..1] : [];
            rest = rest[quote.Length..];
            if (rest.StartsWith(key) && rest[key.Length..].StartsWith(quote) && Js.TrimStart(rest[(key.Length + quote.Length)..]).StartsWith(":"))
                return true;
        }

        return false;
    }

    /// <summary>Nothing the file says may forge a line of its own on the terminal.</summary>
    private static (bool Declared, string? Reason) Unhonoured(string reason) =>
        (false, string.Create(reason.Length, reason, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = text[i] is < ' ' or '\x7F' ? '?' : text[i];
        }));
}
