using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Specs;
using Colophon.Specs.Checking;

namespace Colophon.Engine.Drift;

/// <summary>
/// Finds requirements whose text in the main specs is not what it was when a change was written against it. A change was written against the specs of the commit that last
/// wrote the entry in its delta; one that is not committed yet, against those of HEAD.
/// </summary>
internal static class BaseDrift
{
    private const string FullClone = "Run it in a full clone of the repository.";

    private const string Head = "HEAD";

    private sealed record Entry(string Change, DeltaSpec Delta, DeltaBase Base, string DeltaPath, string SpecPath);

    private sealed record Origin(Entry Entry, string Commit, DateTimeOffset? When);

    /// <summary>The findings by change; none, and no process started, where no change builds on anything.</summary>
    internal static async Task<IReadOnlyDictionary<string, IReadOnlyList<SpecFinding>>> FindAsync(SpecTree tree, IReadOnlyList<string> changes, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IReadOnlyList<SpecFinding>>(StringComparer.Ordinal);
        var deltas = changes.SelectMany(name => Read(tree, name)).ToList();
        if (deltas.Count == 0)
            return found;
        try
        {
            var repository = await GitRepository.TryDiscoverAsync(tree.Root, cancellationToken).ConfigureAwait(false);
            if (repository is null || await repository.HeadAsync(cancellationToken).ConfigureAwait(false) is null)
                return repository is null
                    ? Unknown(deltas, "there is no git repository here", "Put the project under git and commit: the text is compared with its history.")
                    : Unknown(deltas, "the repository has no commit yet", "Commit first: the text is compared with the history.");
            var findings = await CompareAsync(tree, repository, deltas, cancellationToken).ConfigureAwait(false);
            foreach (var group in findings.GroupBy(static finding => finding.Change, StringComparer.Ordinal))
                found.Add(group.Key, [.. group.Select(static finding => finding.Finding)]);
            return found;
        }
        catch (KernelException e)
        {
            return e.Error == KernelError.GitMissing
                ? Unknown(deltas, "git cannot be started", "Install git, or put it on the PATH.")
                : Unknown(deltas, e.Message, e.Hint ?? FullClone);
        }
    }

    private static IEnumerable<(string Change, DeltaSpec Delta, IReadOnlyList<DeltaBase> Bases)> Read(SpecTree tree, string name)
    {
        IReadOnlyList<DeltaSpec> deltas;
        try
        {
            deltas = tree.Change(name).Deltas;
        }
        catch (SpecException)
        {
            // Validation tells what cannot be read.
            yield break;
        }

        foreach (var delta in deltas)
        {
            if (DeltaBases.Of(delta.Markdown, tree.Keywords) is { Count: > 0 } bases)
                yield return (name, delta, bases);
        }
    }

    private static Dictionary<string, IReadOnlyList<SpecFinding>> Unknown(List<(string Change, DeltaSpec Delta, IReadOnlyList<DeltaBase> Bases)> deltas, string reason, string hint) =>
        deltas.GroupBy(static delta => delta.Change, StringComparer.Ordinal).ToDictionary(
            static group => group.Key,
            group => (IReadOnlyList<SpecFinding>)[Unknown(group.First().Delta.Path, group.First().Bases[0].Line, reason, hint)],
            StringComparer.Ordinal);

    private static SpecFinding Unknown(string path, int line, string reason, string hint = FullClone) => new()
    {
        Rule = SpecRule.BaseUnknown,
        Level = IssueLevel.Info,
        Path = path,
        Line = line,
        Message = $"Whether the specification has changed since this was written cannot be told: {reason}.",
        Hint = hint,
    };

    private static async Task<List<(string Change, SpecFinding Finding)>> CompareAsync(
        SpecTree tree, GitRepository repository, List<(string Change, DeltaSpec Delta, IReadOnlyList<DeltaBase> Bases)> deltas, CancellationToken cancellationToken)
    {
        var prefix = Path.GetRelativePath(repository.Root, tree.Root) is "." or "" ? "" : $"{Path.GetRelativePath(repository.Root, tree.Root)}/";
        var entries = deltas.SelectMany(delta => delta.Bases.Select(entry =>
            new Entry(delta.Change, delta.Delta, entry, prefix + delta.Delta.Path, $"{prefix}openspec/specs/{delta.Delta.Capability}/spec.md"))).ToList();
        var history = new DeltaHistory(repository);
        await using var closing = history.ConfigureAwait(false);
        var versions = await history.VersionsAsync(entries.Select(static entry => entry.DeltaPath).ToHashSet(StringComparer.Ordinal), $"{prefix}openspec/changes", cancellationToken).ConfigureAwait(false);
        var origins = new List<Origin>(entries.Count);
        foreach (var entry in entries)
            origins.Add(await OriginAsync(entry, versions[entry.DeltaPath], history, tree.Keywords, cancellationToken).ConfigureAwait(false));
        var located = await history.LocateAsync([.. origins.Select(static origin => (origin.Commit, origin.Entry.SpecPath)).Distinct()], cancellationToken).ConfigureAwait(false);
        var cut = Shallow(repository);
        var today = new Dictionary<string, IReadOnlyDictionary<string, (string Hash, int Line)>>(StringComparer.Ordinal);
        var findings = new List<(string, SpecFinding)>();
        foreach (var origin in origins)
        {
            var entry = origin.Entry;
            if (cut.Contains(origin.Commit))
            {
                findings.Add((entry.Change, Unknown(entry.Delta.Path, entry.Base.Line, "the history is cut off where it was written")));
                continue;
            }

            if (!today.TryGetValue(entry.Delta.Capability, out var now))
                today.Add(entry.Delta.Capability, now = Today(tree, entry.Delta.Capability));
            var before = await history.TextAsync(located.GetValueOrDefault((origin.Commit, entry.SpecPath)), cancellationToken).ConfigureAwait(false);
            if (before is null || !now.TryGetValue(entry.Base.BaseName, out var current) || !DeltaBases.Requirements(before, tree.Keywords).TryGetValue(entry.Base.BaseName, out var written))
                continue;
            // What says the same as today's text would change nothing.
            if (written.Hash != current.Hash && entry.Base.Written != current.Hash)
                findings.Add((entry.Change, Drifted(origin, current.Line)));
        }

        return findings;
    }

    /// <summary>The oldest of the newest versions in a row whose entry reads as it does now.</summary>
    private static async Task<Origin> OriginAsync(Entry entry, List<FileVersion> versions, DeltaHistory history, SpecKeywords? keywords, CancellationToken cancellationToken)
    {
        var origin = new Origin(entry, Head, null);
        foreach (var version in versions)
        {
            if (await history.TextAsync(version.Blob, cancellationToken).ConfigureAwait(false) is not { } text
                || !DeltaBases.Of(text, keywords).Any(other => other.Operation == entry.Base.Operation && other.Name == entry.Base.Name && other.Written == entry.Base.Written))
                break;
            origin = new Origin(entry, version.Commit, version.When);
        }

        return origin;
    }

    private static SpecFinding Drifted(Origin origin, int line)
    {
        var (entry, path) = (origin.Entry, $"openspec/specs/{origin.Entry.Delta.Capability}/spec.md");
        var since = origin.When is { } when ? $"this was written in {origin.Commit[..8]} on {when:yyyy-MM-dd}" : "the last commit, and this is not committed yet";
        var does = entry.Base.Operation switch { "MODIFIED" => "would undo that", "REMOVED" => "would remove what nobody looked at", _ => "may not fit it any more" };
        return new SpecFinding
        {
            Rule = SpecRule.BaseDrift,
            Level = IssueLevel.Warning,
            Path = entry.Delta.Path,
            Line = entry.Base.Line,
            Message = $"\"{entry.Base.BaseName}\" of {entry.Delta.Capability} has changed since {since}: {entry.Base.Operation} {does}.",
            Hint = $"Look at `git diff {(origin.When is null ? Head : origin.Commit[..8])} -- {path}`, write the delta against today's text, and commit it.",
            Related = [new RelatedPlace(path, line, "today's text")],
        };
    }

    private static IReadOnlyDictionary<string, (string Hash, int Line)> Today(SpecTree tree, string id)
    {
        try
        {
            return DeltaBases.Requirements(tree.Spec(id).Markdown, tree.Keywords);
        }
        catch (SpecException)
        {
            // A missing specification is told by the rehearsal.
            return new Dictionary<string, (string, int)>(StringComparer.Ordinal);
        }
    }

    /// <summary>The commits at which a shallow clone ends.</summary>
    private static HashSet<string> Shallow(GitRepository repository)
    {
        var file = Path.Combine(repository.CommonDirectory, "shallow");
        return File.Exists(file) ? [.. File.ReadAllLines(file)] : [];
    }
}
