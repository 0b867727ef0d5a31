using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Coverage;

/// <summary>The sources that lines really have, numbered as they are met: a decision, and what its generation says of the file.</summary>
/// <param name="entries">The entries.</param>
/// <param name="trust">The keys by which those that claim lines were verified.</param>
internal sealed class SourceTable(IReadOnlyList<Entry> entries, ProjectTrust? trust)
{
    private readonly Dictionary<string, Entry> _entries = entries.GroupBy(static e => e.Leaf, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.First(), StringComparer.Ordinal);
    private readonly Dictionary<(string Leaf, string Requirements), int> _numbers = [];
    private readonly List<CoverageSource> _sources = [];
    private readonly List<IReadOnlyDictionary<string, string>> _hashes = [];

    public IReadOnlyList<CoverageSource> Sources => _sources;

    /// <summary>The requirements' hashes when the lines were written.</summary>
    public IReadOnlyDictionary<string, string> Hashes(int source) => _hashes[source];

    /// <summary>Those of a source's requirements that do not read today as they did when its lines were written.</summary>
    public IEnumerable<string> Stale(int source, IReadOnlyDictionary<string, string> today) =>
        _sources[source].Requirements.Where(id => _hashes[source].TryGetValue(id, out var then) && !(today.TryGetValue(id, out var now) && now == then));

    /// <summary>The number of a decision's source for a file; null for an entry that is not there.</summary>
    public int? Number(string leaf, string path)
    {
        if (!_entries.TryGetValue(leaf, out var decision))
            return null;
        var generation = decision.Predicate.Decision is { Target: var target } && _entries.TryGetValue(target, out var found) ? found : decision;
        var spec = generation.Predicate.Spec ?? decision.Predicate.Spec;
        var ofFile = Requirements(generation, path) ?? Requirements(decision, path) ?? [.. (spec?.Requirements ?? []).Select(static r => r.Id)];
        var key = (leaf, string.Join('\n', ofFile));
        if (_numbers.TryGetValue(key, out var number))
            return number;
        _numbers[key] = number = _sources.Count;
        _hashes.Add((spec?.Requirements ?? []).GroupBy(static r => r.Id, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.First().Hash, StringComparer.Ordinal));
        var signer = Signer.Of(decision.Predicate.Actor, trust?.Find(decision.Predicate.Actor.KeyId));
        _sources.Add(new CoverageSource
        {
            Decision = leaf,
            Generation = generation.Leaf,
            Change = decision.Predicate.Change,
            Task = spec?.Task,
            TaskText = spec?.Description,
            Requirements = ofFile,
            RequirementHashes = _hashes[^1],
            Model = generation.Predicate.Model is { } model ? $"{model.Provider}/{model.Reported ?? model.Requested}" : null,
            Person = signer.Name,
            ClaimedPerson = signer.Claimed,
            AcceptedAt = decision.Predicate.RecordedAt,
        });
        return number;
    }

    private static string[]? Requirements(Entry entry, string path)
    {
        string[] named = [.. entry.Predicate.Files.Where(f => string.Equals(f.Path, path, StringComparison.Ordinal)).SelectMany(static f => f.Requirements).Distinct(StringComparer.Ordinal)];
        return named.Length > 0 ? named : null;
    }
}
