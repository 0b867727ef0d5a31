using Colophon.Specs.Layout;
using Colophon.Specs.Schemas;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Incremental;

/// <summary>
/// The validation of a whole tree, kept up to date: it is told what changed and validates again only what that can affect. A change hangs on its own files,
/// the main specs that it touches, and the configuration; a main spec hangs on its file alone. The answer is the one that <see cref="Validation.All"/> gives.
/// Nothing is read before somebody asks. Safe for several threads.
/// </summary>
/// <remarks>
/// What a symbolic link of a change leads to is looked at again with every call of <see cref="Changed"/>; a link of the configuration and the user's own schemas
/// with <see cref="Reload"/> only.
/// </remarks>
public sealed class IncrementalValidation
{
    private const int WorthThreads = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _unsaved = new(StringComparer.Ordinal);
    private readonly HashSet<ValidatedItem> _stale = [];
    private readonly HashSet<ValidatedItem> _linked = [];
    private readonly List<ItemUpdate> _gone = [];
    private readonly ItemTable _table = new();
    private readonly SpecTree _tree;
    private readonly IncrementalOptions _options;
    private readonly CachedSpecs _specs;
    private readonly BoundedCache<ChangeFolder> _folders;
    private SchemaLibrary? _schemas;
    private string[]? _ids;
    private bool _listed;

    /// <summary>Prepares the validation of a tree; nothing is read yet.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="options">How to work; the defaults where null.</param>
    public IncrementalValidation(SpecTree tree, IncrementalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        options ??= new IncrementalOptions();
        (_tree, _options) = (tree, options);
        _specs = new CachedSpecs(tree, Read, options.CacheBytes);
        _folders = new BoundedCache<ChangeFolder>(options.CacheBytes);
    }

    /// <summary>How many bytes of parsed files are kept now.</summary>
    public long CachedBytes
    {
        get
        {
            lock (_lock)
                return _folders.Bytes + _specs.Bytes;
        }
    }

    /// <summary>Takes note that something at a path is no longer what it was: written, created, deleted, renamed; for a folder anything in it.</summary>
    /// <param name="path">The path, absolute or relative to the tree's root; any other is ignored.</param>
    public void Changed(string path)
    {
        lock (_lock)
        {
            MarkLinked();
            if (Relative(path) is { } relative)
                Mark(relative, onDisk: true);
        }
    }

    /// <summary>Takes note that nothing is known any more.</summary>
    public void Reload()
    {
        lock (_lock)
        {
            _folders.Clear();
            _specs.Clear();
            _schemas = null;
            _listed = false;
        }
    }

    /// <summary>
    /// Puts a text in the place of a file's own: what an editor holds and has not saved. A file that does not exist on disk is part of the tree only once it is saved.
    /// </summary>
    /// <param name="path">The file, absolute or relative to the tree's root.</param>
    /// <param name="text">The text; null goes back to the file's own.</param>
    public void SetText(string path, string? text)
    {
        lock (_lock)
        {
            if (Relative(path) is not { } relative)
                return;
            if (text is null)
                _unsaved.Remove($"{_tree.Root}/{relative}");
            else
                _unsaved[$"{_tree.Root}/{relative}"] = text;
            Mark(relative, onDisk: false);
        }
    }

    /// <summary>Every active change and every main spec with its findings, as <see cref="Validation.All"/> reports them.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>: a folder of the tree itself cannot be listed.</exception>
    public ValidationReport Report()
    {
        lock (_lock)
        {
            Update(CancellationToken.None);
            return Known();
        }
    }

    /// <summary>The findings as of the last validation, whatever happened since.</summary>
    internal ValidationReport Known()
    {
        lock (_lock)
            return new ValidationReport([.. _table.Ordered.Select(static item => item.State.Findings).OfType<ValidationItem>()], [ItemKind.Change, ItemKind.Spec]);
    }

    /// <summary>Validates what may have changed since the last call.</summary>
    /// <returns>The items that were validated again, whether their findings differ or not.</returns>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public IReadOnlyList<ValidationItem> Refresh() =>
        [.. Update(CancellationToken.None).Where(static update => !update.Gone).Select(static update => update.Item.State.Findings).OfType<ValidationItem>()];

    /// <summary>Validates one item, if it may have changed since it was last asked for, and nothing else.</summary>
    /// <returns>Null where there is no such item.</returns>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public ValidationItem? Item(ItemKind kind, string id)
    {
        lock (_lock)
        {
            List();
            if (_table.Find(kind, id) is not { } item)
                return null;
            if (_stale.Remove(item))
                Validate(item, Run(_schemas ??= new SchemaLibrary(_tree.Root), Ids()), keep: true);
            return item.State.Findings;
        }
    }

    /// <summary>Validates what may have changed since the last call, and tells what was before.</summary>
    internal List<ItemUpdate> Update(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            List();
            var work = _stale.ToArray();
            var updates = new List<ItemUpdate>(_gone.Count + work.Length);
            updates.AddRange(_gone);
            foreach (var item in work)
                updates.Add(new ItemUpdate(item, item.State, Gone: false));
            ValidateAll(work, cancellationToken);
            _gone.Clear();
            _stale.Clear();
            return updates;
        }
    }

    private void ValidateAll(ValidatedItem[] work, CancellationToken cancellationToken)
    {
        if (work.Length < WorthThreads)
        {
            var run = work.Length == 0 ? null : Run(_schemas ??= new SchemaLibrary(_tree.Root), Ids());
            foreach (var item in work)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (run is not null)
                    Validate(item, run, keep: true);
            }

            return;
        }

        // Changes first: they read the main specs they touch, which then are at hand.
        Array.Sort(work, static (a, b) => a.Kind.CompareTo(b.Kind));
        var ids = Ids();
        Parallel.ForEach(
            work,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => Run(new SchemaLibrary(_tree.Root), ids),
            (item, _, run) =>
            {
                Validate(item, run, keep: false);
                return run;
            },
            static _ => { });
    }

    private Findings Run(SchemaLibrary schemas, string[] ids) => new(_tree, _options, _specs, schemas, Read, ids);

    private string[] Ids() => _ids ??= [.. _table.Specs.Select(static spec => spec.Id).Order(StringComparer.Ordinal)];

    /// <summary>Our own rules compare the names of capabilities: where one came or went, everything hangs on it.</summary>
    private void IdsChanged()
    {
        _ids = null;
        if (_options.OwnFindings)
            _stale.UnionWith(_table.Ordered);
    }

    /// <summary>Validates an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="run">Finds.</param>
    /// <param name="keep">Whether to keep a change's files parsed: of a whole tree most are never asked for again, and reading one is quick.</param>
    private void Validate(ValidatedItem item, Findings run, bool keep)
    {
        if (item.Kind == ItemKind.Spec)
        {
            item.State = new ItemState(run.Spec(item.Id), TaskMarks.None, _specs.Find(item.Id).Spec?.Content.GetHashCode(StringComparison.Ordinal) ?? 0);
            return;
        }

        ChangeFolder? folder;
        lock (_folders)
            folder = _folders.Find(item.Id);
        var known = folder is not null;
        folder ??= new ChangeFolder($"{_tree.ChangesPath}/{item.Id}", Read, _tree.Keywords);
        item.State = new ItemState(run.Change(item.Id, folder), TaskMarks.Of(folder.Text("tasks.md").Text), 0);
        var targets = Targets(folder, out var listed);
        var links = known ? item.HasLinks : Links.AreIn(folder);
        lock (_folders)
        {
            _table.SetTargets(item, targets);
            // A main spec that is read though no list has it lies behind a linked folder.
            item.HasLinks = links || targets.Any(id => _table.Find(ItemKind.Spec, id) is null && _specs.Find(id).Spec is not null);
            _ = item.HasLinks ? _linked.Add(item) : _linked.Remove(item);
            if (listed && (keep || known))
                _folders.Keep(item.Id, folder, folder.Bytes);
            else
                _folders.Remove(item.Id);
        }
    }

    private static string[] Targets(ChangeFolder folder, out bool listed)
    {
        try
        {
            listed = true;
            return [.. folder.Deltas.Select(static delta => delta.Id)];
        }
        catch (SpecException)
        {
            listed = false;
            return [];
        }
    }

    private void List()
    {
        if (_listed)
            return;
        var (changes, specs) = (_tree.Changes, _tree.Specs);
        _listed = true;
        foreach (var (kind, ids) in ((ItemKind, IReadOnlyList<string>)[])[(ItemKind.Change, changes), (ItemKind.Spec, specs)])
        {
            var today = new HashSet<string>(ids, StringComparer.Ordinal);
            foreach (var item in (kind == ItemKind.Change ? _table.Changes : _table.Specs).ToArray())
            {
                if (!today.Contains(item.Id))
                    Remove(kind, item.Id);
            }

            _table.AddAll(kind, ids);
        }

        _ids = null;
        _stale.UnionWith(_table.Ordered);
    }

    private void Mark(string path, bool onDisk)
    {
        if (!_listed)
            return;
        var place = TreePlace.Of(path);
        switch (place.Part)
        {
            case TreePart.Everything:
                Reload();
                break;
            case TreePart.Configuration:
                _schemas = null;
                _stale.UnionWith(_table.Changes);
                break;
            case TreePart.Change:
                MarkChange(place, path, onDisk);
                break;
            case TreePart.Spec:
                MarkSpec(place, path, onDisk);
                break;
            default:
                break;
        }
    }

    private void MarkChange(TreePlace place, string path, bool onDisk)
    {
        var absolute = $"{_tree.Root}/{path}";
        // Only the text of one file is another one: the rest of the folder stays as it was read.
        if (place.Rest.Length > 0 && (!onDisk || IsPlainFile(absolute)) && _table.Find(ItemKind.Change, place.Name) is { } known
            && _folders.Find(place.Name) is { } folder && folder.Forget(absolute))
        {
            _stale.Add(known);
            return;
        }

        _folders.Remove(place.Name);
        if (_tree.IsActive(place.Name))
            _stale.Add(_table.Add(ItemKind.Change, place.Name));
        else
            Remove(ItemKind.Change, place.Name);
    }

    private void MarkSpec(TreePlace place, string path, bool onDisk)
    {
        var id = $"{place.Name}/{place.Rest}";
        id = id.EndsWith($"/{SpecFiles.FileName}", StringComparison.Ordinal) ? id[..^(SpecFiles.FileName.Length + 1)] : "";
        if (_table.Find(ItemKind.Spec, id) is not null && (!onDisk || IsPlainFile($"{_tree.Root}/{path}")))
        {
            MarkSpec(id);
            return;
        }

        List<SpecFile> found;
        try
        {
            found = SpecFiles.FindBelow(_tree.SpecsPath, place.Name);
        }
        catch (SpecException)
        {
            // The next one who asks is told.
            Reload();
            return;
        }

        var today = found.ConvertAll(static file => file.Id);
        var before = _table.SpecsBelow(place.Name);
        foreach (var gone in before.Except(today, StringComparer.Ordinal))
        {
            MarkSpec(gone);
            Remove(ItemKind.Spec, gone);
        }

        foreach (var spec in today)
            _table.Add(ItemKind.Spec, spec);
        foreach (var touched in today.Concat(_table.TouchedBelow(place.Name)))
            MarkSpec(touched);
        if (!today.ToHashSet(StringComparer.Ordinal).SetEquals(before))
            IdsChanged();
    }

    private void MarkSpec(string id)
    {
        _specs.Forget(id);
        if (_table.Find(ItemKind.Spec, id) is { } spec)
            _stale.Add(spec);
        _stale.UnionWith(_table.Touching(id));
    }

    private void MarkLinked()
    {
        foreach (var item in _linked)
        {
            _folders.Remove(item.Id);
            _stale.Add(item);
            foreach (var target in item.Targets)
            {
                if (_table.Find(ItemKind.Spec, target) is null)
                    _specs.Forget(target);
            }
        }
    }

    private void Remove(ItemKind kind, string id)
    {
        if (_table.Remove(kind, id) is not { } item)
            return;
        _stale.Remove(item);
        _linked.Remove(item);
        _gone.Add(new ItemUpdate(item, item.State, Gone: true));
    }

    private FileText Read(string path) => _unsaved.TryGetValue(path, out var text) ? new FileText(text, false, null, false) : FileText.Read(path);

    private static bool IsPlainFile(string path) => new FileInfo(path) is { Exists: true, LinkTarget: null };

    private string? Relative(string path)
    {
        if (!path.StartsWith('/'))
            return path.TrimEnd('/');
        return path == _tree.Root ? "" : path.StartsWith(_tree.Root + "/", StringComparison.Ordinal) ? path[(_tree.Root.Length + 1)..].TrimEnd('/') : null;
    }
}
