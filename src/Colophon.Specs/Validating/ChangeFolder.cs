using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.Validating;

/// <summary>A change's own files as a validation reads them: each at most once, and not before a rule asks for it.</summary>
/// <param name="directory">The change's absolute path.</param>
/// <param name="read">Reads a file by its absolute path.</param>
/// <param name="keywords">Words that count beside the English ones; null for none.</param>
internal sealed class ChangeFolder(string directory, Func<string, FileText> read, SpecKeywords? keywords)
{
    private readonly Dictionary<string, DeltaPlan?> _plans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileText> _texts = new(StringComparer.Ordinal);
    private ChangeMetadata? _metadata;
    private List<SpecFile>? _deltas;
    private List<(string Relative, string Absolute, EntryKind Kind)>? _others;
    private List<(string Relative, string Expected)>? _unread;

    internal string Directory => directory;

    internal SpecKeywords? Keywords => keywords;

    internal string Specs => $"{directory}/specs";

    internal ChangeMetadata Metadata => _metadata ??= ChangeMetadata.Of(read($"{directory}/{ChangeMetadata.FileName}"));

    /// <summary>The delta files, ordered by capability.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>: a folder cannot be listed.</exception>
    internal IReadOnlyList<SpecFile> Deltas
    {
        get
        {
            List();
            return _deltas ?? [];
        }
    }

    /// <summary>A delta file lies in <c>specs/</c> itself, where no reader looks.</summary>
    internal bool HasRootLevelSpec
    {
        get
        {
            List();
            return _others is not null && _others.Exists(static other => other.Relative == SpecFiles.FileName) && File.Exists($"{Specs}/{SpecFiles.FileName}");
        }
    }

    /// <summary>Markdown files with delta sections that no reader opens, each with the file its requirements belong into.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    internal IReadOnlyList<(string Relative, string Expected)> Unread
    {
        get
        {
            List();
            return _unread ??= UnreadDeltas.Find(_others ?? [], read, keywords);
        }
    }

    /// <summary>There is a symbolic link among the deltas or beside them.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    internal bool HasLinkedDeltas
    {
        get
        {
            List();
            return _deltas is not null && _others is not null && (_deltas.Exists(static delta => delta.IsLink) || _others.Exists(static other => other.Kind == EntryKind.Link));
        }
    }

    /// <summary>The length of all texts that were read and are kept, in bytes.</summary>
    internal long Bytes
    {
        get
        {
            long bytes = 1024;
            foreach (var plan in _plans.Values)
                bytes += plan is null ? 0 : plan.Lines.Bytes;
            foreach (var text in _texts.Values)
                bytes += 2L * (text.Text?.Length ?? 0);
            return bytes;
        }
    }

    /// <summary>A delta file, or null where it cannot be read.</summary>
    internal DeltaPlan? Plan(string path)
    {
        if (!_plans.TryGetValue(path, out var plan))
            _plans.Add(path, plan = read(path).Text is { } text ? DeltaReader.Read(text, keywords) : null);
        return plan;
    }

    /// <summary>The text of a file by its path below the change.</summary>
    internal FileText Text(string relative)
    {
        if (!_texts.TryGetValue(relative, out var text))
            _texts.Add(relative, text = read($"{directory}/{relative}"));
        return text;
    }

    /// <summary>Forgets the text of one file that has another one now.</summary>
    /// <returns>Whether nothing else about the folder can have changed by that.</returns>
    internal bool Forget(string path)
    {
        var relative = path.Length > directory.Length ? path[(directory.Length + 1)..] : "";
        // A delta may be read as text as well, and the metadata lives on as more than its text.
        var (text, plan) = (_texts.Remove(relative), _plans.Remove(path));
        if (!plan)
            _unread = null;
        return (text || plan) && relative != ChangeMetadata.FileName;
    }

    private void List()
    {
        if (_deltas is not null)
            return;
        var others = new List<(string Relative, string Absolute, EntryKind Kind)>();
        var deltas = File.Exists(Specs) ? [] : SpecFiles.Find(Specs, others);
        (_deltas, _others) = (deltas, others);
    }
}
