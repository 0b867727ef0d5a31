using Colophon.Provenance.Coverage;
using Colophon.Specs;
using Colophon.Specs.Tracing;

namespace Colophon.Engine.Tracing;

/// <summary>The ids that requirements had before changes that are archived renamed them: the entries of their code still name the old ones.</summary>
internal static class FormerNames
{
    private const int LongestChain = 100;

    /// <summary>Former ids that entries name, each with the id of today. The archive is read only where an entry names something that is not there.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public static IReadOnlyDictionary<string, string> Of(SpecTree tree, TraceIndex index, CoverageReport? coverage)
    {
        var former = new Dictionary<string, string>(StringComparer.Ordinal);
        var gone = coverage is null ? [] : coverage.Requirements.Select(static share => share.Name).Where(id => index.Texts(id).Count == 0).ToList();
        if (gone.Count == 0)
            return former;
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        // Their names begin with their dates: the later one has the last word.
        foreach (var delta in tree.ArchivedChanges.Select(name => Readable(tree, name)).SelectMany(static change => change?.Deltas ?? []))
        {
            foreach (var rename in delta.Renamed)
                renamed[TraceIndex.Id(delta.Capability, rename.From)] = TraceIndex.Id(delta.Capability, rename.To);
        }

        foreach (var id in gone)
        {
            var now = id;
            for (var step = 0; step < LongestChain && index.Texts(now).Count == 0 && renamed.TryGetValue(now, out var next); step++)
                now = next;
            if (index.Texts(now).Count > 0)
                former[id] = now;
        }

        return former;
    }

    // An old change that cannot be read renames nothing that could be known.
    private static Change? Readable(SpecTree tree, string name)
    {
        try
        {
            return tree.Change(name);
        }
        catch (SpecException)
        {
            return null;
        }
    }
}
