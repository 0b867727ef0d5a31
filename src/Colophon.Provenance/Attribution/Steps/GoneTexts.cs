using System.Collections.Immutable;
using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Lines;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>
/// What a commit's own entries wrote to files that the commit does not hold: renamed before they were committed, or taken apart. A new file with exactly such a content is that file; of the
/// others the lines are known, so that they may turn up elsewhere.
/// </summary>
internal sealed class GoneTexts
{
    private readonly Dictionary<string, SubjectChain> _renamed = new(StringComparer.Ordinal);

    /// <summary>Finds them.</summary>
    /// <param name="claims">What the commit's entries say.</param>
    /// <param name="changes">What changed against the first parent.</param>
    /// <param name="parent">The first parent's files.</param>
    public GoneTexts(IReadOnlyList<Claim> claims, IReadOnlyList<TreeChange> changes, IReadOnlyDictionary<string, FileState>? parent)
    {
        if (claims.Count == 0)
            return;
        var held = changes.Where(static c => c.Status != 'D').Select(static c => c.Path).ToHashSet(StringComparer.Ordinal);
        var left = changes.Where(static c => c.Status is 'D' or 'R').Select(static c => c.OldPath).ToHashSet(StringComparer.Ordinal);
        bool IsGone(string path) => !held.Contains(path) && (left.Contains(path) || parent?.ContainsKey(path) != true);
        var gone = SubjectChain.Of(claims).Where(c => !c.IsMovedAway && c.Last.File.After is not null && CodePaths.IsAttributed(c.Path) && IsGone(c.Path)).ToList();
        if (gone.Count == 0)
            return;
        var said = claims.Select(static c => c.File.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var made in changes.Where(c => c.Status is 'A' or 'R' && c.IsFile && !said.Contains(c.Path)).GroupBy(static c => c.NewBlob, StringComparer.Ordinal))
        {
            if (made.ToArray() is [var only] && gone.Where(c => c.Last.After == made.Key).ToArray() is [var written])
                _renamed[only.Path] = written;
        }

        Left = [.. gone.Where(c => !_renamed.ContainsValue(c))];
    }

    /// <summary>The texts that are in no file of the commit as a whole.</summary>
    public IReadOnlyList<SubjectChain> Left { get; } = [];

    /// <summary>The entries that wrote a new file under another name, in order; null where none did.</summary>
    public SubjectChain? Renamed(string path) => _renamed.GetValueOrDefault(path);
}
