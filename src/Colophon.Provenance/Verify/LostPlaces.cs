using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>Places of a stream that have no entry here, though what trusted keys signed shows that each had one.</summary>
/// <param name="Change">The change.</param>
/// <param name="Stream">The stream.</param>
/// <param name="First">The first place.</param>
/// <param name="Last">The last one.</param>
/// <param name="NamedBy">The files that show it, relative to the repository's root: the first checkpoint and heads that count them, the entry after them, and a generation before them that nobody decided on.</param>
internal sealed record LostPlaces(string Change, string Stream, long First, long Last, IReadOnlyList<string> NamedBy)
{
    private static readonly StreamFolder s_nowhere = new() { Change = "", Stream = "", Directory = "", Entries = [], Checkpoints = [], Oddities = [] };

    /// <summary>Those of a log whose streams and heads were checked.</summary>
    /// <param name="layout">Where the log lies.</param>
    /// <param name="streams">The streams that are here.</param>
    /// <param name="heads">The lengths of streams that signed heads name, and the heads' files.</param>
    internal static IReadOnlyList<LostPlaces> Find(AuditLayout layout, IReadOnlyDictionary<string, StreamFacts> streams, ILookup<string, (long Size, string Path)> heads)
    {
        var found = new List<LostPlaces>();
        var decided = new Lazy<HashSet<string>>(() => streams.Values.SelectMany(static s => s.Entries).Select(static e => e.Target).OfType<string>().ToHashSet(StringComparer.Ordinal));
        foreach (var stream in streams.Values)
            Add(stream.Folder.Change, stream.Folder.Stream, stream);
        foreach (var key in heads.Select(static h => h.Key).Where(k => !streams.ContainsKey(k)))
        {
            if (key.Split('/') is [var change, var stream])
                Add(change, stream, new StreamFacts(s_nowhere, [], new Dictionary<long, string>()));
        }

        return found;

        void Add(string change, string stream, StreamFacts facts)
        {
            var notes = new Lazy<(long Size, string Path)[]>(() =>
                [.. facts.Folder.Checkpoints.Where(c => facts.Vouched.ContainsKey(c.Size)).Concat(heads[$"{change}/{stream}"]).OrderBy(static n => n.Size)]);
            EntryFacts? before = null;
            foreach (var entry in facts.Entries)
            {
                if (entry.Name.Seq > (before?.Name.Seq ?? 0) + 1)
                    Split((before?.Name.Seq ?? 0) + 1, entry.Name.Seq - 1, before, entry.IsSigned ? entry : null);
                before = entry;
            }

            if (notes.Value is [.., var longest] && longest.Size > facts.Length)
                Split(facts.Length + 1, longest.Size, before, null);

            // Each note brought what it counts and no note before it does.
            void Split(long first, long last, EntryFacts? previous, EntryFacts? next)
            {
                string[] beside = [.. new[] { next, previous is { Kind: EntryKind.Generation } && !decided.Value.Contains(previous.LeafHex) ? previous : null }.OfType<EntryFacts>().Select(e => layout.Relative(e.Name.Path))];
                while (first <= last)
                {
                    var size = notes.Value.FirstOrDefault(n => n.Size >= first).Size;
                    var end = size == 0 ? last : Math.Min(last, size);
                    string[] names = [.. notes.Value.Where(n => n.Size == size).Select(n => layout.Relative(n.Path)), .. beside];
                    if (names.Length > 0)
                        found.Add(new LostPlaces(change, stream, first, end, names));
                    first = end + 1;
                }
            }
        }
    }
}
