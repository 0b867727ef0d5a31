using System.Collections.Immutable;
using Colophon.Provenance.Attribution.Lines;
using Colophon.Provenance.Attribution.Store;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>The trees that commits still to come build on; each is let go with its last child.</summary>
internal sealed class LiveStates
{
    private readonly Dictionary<string, ImmutableDictionary<string, FileState>> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _wanted = new(StringComparer.Ordinal);
    private readonly AttributionStore _store;

    public LiveStates(IReadOnlyList<string[]> commits, string head, AttributionStore store)
    {
        _store = store;
        _wanted[head] = 1;
        foreach (var parent in commits.SelectMany(static c => c.Skip(1)))
            _wanted[parent] = _wanted.GetValueOrDefault(parent) + 1;
    }

    /// <summary>A tree without files.</summary>
    public ImmutableDictionary<string, FileState> Empty { get; } = ImmutableDictionary.Create<string, FileState>(StringComparer.Ordinal);

    /// <summary>A commit's files, for one child.</summary>
    public ImmutableDictionary<string, FileState> Take(string commit)
    {
        if (!_states.TryGetValue(commit, out var state))
            state = _store.StateAt(commit);
        if (--_wanted[commit] == 0)
            _states.Remove(commit);
        else
            _states[commit] = state;
        return state;
    }

    /// <summary>Keeps a commit's files while a child wants them.</summary>
    public void Put(string commit, ImmutableDictionary<string, FileState> state)
    {
        if (_wanted.GetValueOrDefault(commit) > 0)
            _states[commit] = state;
    }
}
