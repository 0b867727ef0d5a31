namespace Colophon.Provenance.Coverage;

/// <summary>Adds up lines by everything a source names.</summary>
internal sealed class ShareCounter(IReadOnlyDictionary<string, string>? today)
{
    private readonly Tally _specs = new();
    private readonly Tally _requirements = new();
    private readonly Tally _changes = new();
    private readonly Tally _tasks = new();
    private readonly Tally _models = new();
    private readonly Tally _people = new();
    private readonly HashSet<string> _stale = new(StringComparer.Ordinal);

    public IReadOnlyList<CoverageShare> Specs => _specs.Shares(null);

    public IReadOnlyList<CoverageShare> Requirements => _requirements.Shares(today is null ? null : _stale);

    /// <summary>Today's requirements that no line serves; null where nobody asked.</summary>
    public IReadOnlyList<string>? WithoutCode => today is null ? null : [.. today.Keys.Where(id => !_requirements.Has(id)).Order(StringComparer.Ordinal)];

    public IReadOnlyList<CoverageShare> Changes => _changes.Shares(null);

    public IReadOnlyList<CoverageShare> Tasks => _tasks.Shares(null);

    public IReadOnlyList<CoverageShare> Models => _models.Shares(null);

    public IReadOnlyList<CoverageShare> People => _people.Shares(null);

    /// <summary>The specification a requirement belongs to.</summary>
    public static string Spec(string requirement) => requirement.LastIndexOf('/') is > 0 and var slash ? requirement[..slash] : requirement;

    public void Add(string file, int lines, CoverageSource source, IReadOnlyDictionary<string, string> hashes)
    {
        foreach (var spec in source.Requirements.Select(Spec).Distinct(StringComparer.Ordinal))
            _specs.Add(spec, file, lines);
        foreach (var requirement in source.Requirements)
        {
            _requirements.Add(requirement, file, lines);
            if (today is not null && hashes.TryGetValue(requirement, out var then) && !(today.TryGetValue(requirement, out var now) && string.Equals(now, then, StringComparison.Ordinal)))
                _stale.Add(requirement);
        }

        _changes.Add(source.Change, file, lines);
        if (source.Task is { } task)
            _tasks.Add($"{source.Change} {task}", file, lines);
        if (source.Model is { } model)
            _models.Add(model, file, lines);
        _people.Add(source.Person, file, lines);
    }

    private sealed class Tally
    {
        private readonly Dictionary<string, (long Lines, HashSet<string> Files)> _counts = new(StringComparer.Ordinal);

        public void Add(string name, string file, int lines)
        {
            var (sum, files) = _counts.GetValueOrDefault(name, (0, []));
            files.Add(file);
            _counts[name] = (sum + lines, files);
        }

        public bool Has(string name) => _counts.ContainsKey(name);

        public IReadOnlyList<CoverageShare> Shares(HashSet<string>? stale) =>
        [
            .. _counts.OrderByDescending(static c => c.Value.Lines).ThenBy(static c => c.Key, StringComparer.Ordinal)
                .Select(c => new CoverageShare(c.Key, c.Value.Lines, c.Value.Files.Count, stale?.Contains(c.Key))),
        ];
    }
}
