using Colophon.Provenance.Attribution.Steps;

namespace Colophon.Provenance.Verify;

/// <summary>
/// What the entries of one commit say became of one file: in the order of a stream, through its renames, and on into another stream that goes on from where this one left the
/// file. Where streams do not meet, each has a chain of its own.
/// </summary>
internal sealed class SubjectChain
{
    private readonly List<Claim> _claims;

    private SubjectChain(IEnumerable<Claim> claims) => _claims = [.. claims];

    internal IReadOnlyList<Claim> Claims => _claims;

    internal Claim First => _claims[0];

    /// <summary>The last word.</summary>
    internal Claim Last => _claims[^1];

    /// <summary>The file's name in the end.</summary>
    internal string Path => Last.File.Path;

    /// <summary>Whether the file then got another name, so that it may be gone from this one.</summary>
    internal bool IsMovedAway { get; private set; }

    internal static IReadOnlyList<SubjectChain> Of(IEnumerable<Claim> claims)
    {
        var chains = claims.GroupBy(static c => (c.Entry.Predicate.Change, c.Entry.Predicate.Stream)).SelectMany(OfStream);
        return Join([.. chains.OrderBy(static c => c.First.Entry.Predicate.RecordedAt).ThenBy(static c => c.First.Entry.Predicate.Stream, StringComparer.Ordinal)]);
    }

    private static Dictionary<string, SubjectChain>.ValueCollection OfStream(IEnumerable<Claim> claims)
    {
        var chains = new Dictionary<string, SubjectChain>(StringComparer.Ordinal);
        foreach (var claim in claims.OrderBy(static c => c.Entry.Predicate.Seq))
        {
            var file = claim.File;
            if (file.RenamedFrom is { } from)
                chains[file.Path] = chains.TryGetValue(from, out var old) ? old.Then([claim]) : new SubjectChain([claim]);
            else if (chains.TryGetValue(file.Path, out var chain))
                chain.Add(claim);
            else
                chains[file.Path] = new SubjectChain([claim]);
        }

        return chains.Values;
    }

    // By time, so that streams which lead in a circle are not joined into one.
    private static List<SubjectChain> Join(IReadOnlyList<SubjectChain> chains)
    {
        var ends = new Dictionary<(string Path, string Blob), SubjectChain>();
        var over = new HashSet<SubjectChain>();
        var joined = new List<SubjectChain>(chains.Count);
        foreach (var chain in chains)
        {
            var whole = chain;
            if (ends.TryGetValue((chain.First.OldPath, chain.First.Before), out var before) && before.Last.Entry.Predicate.RecordedAt <= chain.First.Entry.Predicate.RecordedAt)
            {
                whole = before.Then(chain._claims);
                whole.IsMovedAway = chain.IsMovedAway;
                if (before.Path == whole.Path)
                    over.Add(before);
            }

            joined.Add(whole);
            ends[(whole.Path, whole.Last.After)] = whole;
        }

        joined.RemoveAll(over.Contains);
        return joined;
    }

    private SubjectChain Then(IEnumerable<Claim> claims)
    {
        var longer = new SubjectChain([.. _claims, .. claims]);
        IsMovedAway = longer.Path != Path;
        return longer;
    }

    private void Add(Claim claim)
    {
        _claims.Add(claim);
        IsMovedAway = false;
    }
}
