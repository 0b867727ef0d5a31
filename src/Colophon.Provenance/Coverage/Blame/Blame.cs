using System.Globalization;
using System.Text;
using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Coverage;

/// <summary>Says of every line of one file which specification, task, model and person wrote it.</summary>
public static class Blame
{
    /// <summary>Attributes a file.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="entries">The log's entries.</param>
    /// <param name="trusted">Whether the verifier accepts an entry as authentic; only such may claim lines.</param>
    /// <param name="path">The file, relative to the repository's root.</param>
    /// <param name="options">Today's requirements and how to attribute; <see cref="CoverageOptions.Paths"/> is not asked.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.FileNotAttributed"/>: there is no such file, or it has no lines to attribute.</exception>
    /// <exception cref="Kernel.Errors.KernelException">git failed.</exception>
    public static async Task<FileBlame> ComputeAsync(
        GitRepository repository,
        IReadOnlyList<Entry> entries,
        Func<Entry, bool> trusted,
        string path,
        CoverageOptions options,
        CancellationToken cancellationToken)
    {
        var attribution = await Attributor.RunAsync(repository, entries, trusted, options.Attribution, cancellationToken).ConfigureAwait(false);
        var file = attribution.Files.FirstOrDefault(f => f.Path == path) ?? throw Missing(attribution, path);
        Entry[] all = [.. entries, .. attribution.FromHistory];
        var byLeaf = all.GroupBy(static e => e.Leaf, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.First(), StringComparer.Ordinal);
        var authors = await AuthorsAsync(repository, file, cancellationToken).ConfigureAwait(false);
        var sources = new SourceTable(all, options.Trust);
        return new FileBlame(file.Path, file.Lines, [.. file.Runs.Select(run => Run(run, path, sources, byLeaf, authors, options))])
        {
            Notes =
            [
                .. UnknownShare.Of(file.Runs.Select(r => (path, r.Count, r.Owner.Cause))).Select(static u => u.Note),
                .. UnknownShare.FromHistory(file.Runs.Select(static r => r.Owner.Entry), attribution.FromHistory) is { } told ? (string[])[told] : [],
            ],
        };
    }

    private static BlameRun Run(
        LineRun run,
        string path,
        SourceTable sources,
        Dictionary<string, Entry> entries,
        Dictionary<string, (string Name, DateTimeOffset When)> authors,
        CoverageOptions options)
    {
        var owner = run.Owner;
        var entry = owner.Entry is { } leaf ? entries.GetValueOrDefault(leaf) : null;
        var number = owner is { Kind: OwnerKind.Model, Entry: { } claimed } ? sources.Number(claimed, path) : null;
        // Whoever made the commit of lines that nobody can vouch for need not have written them.
        (string Name, DateTimeOffset When)? author = owner.Kind != OwnerKind.Unknown && owner.Commit is { } commit && authors.TryGetValue(commit, out var known) ? known : null;
        var signer = entry is null ? null : Signer.Of(entry.Predicate.Actor, options.Trust?.Find(entry.Predicate.Actor.KeyId));
        return new BlameRun
        {
            Start = run.Start,
            Count = run.Count,
            Kind = owner.Kind,
            Source = number is { } source ? sources.Sources[source] : null,
            Stale = number is { } stale && options.Requirements is { } today ? [.. sources.Stale(stale, today)] : [],
            Entry = owner.Entry,
            Commit = owner.Commit,
            Person = signer?.Name ?? author?.Name,
            ClaimedPerson = signer?.Claimed,
            When = entry?.Predicate.RecordedAt ?? author?.When,
            Overrides = owner.Overrides,
            Cause = owner.Cause,
        };
    }

    private static async Task<Dictionary<string, (string Name, DateTimeOffset When)>> AuthorsAsync(GitRepository repository, AttributedFile file, CancellationToken cancellationToken)
    {
        var authors = new Dictionary<string, (string, DateTimeOffset)>(StringComparer.Ordinal);
        string[] commits = [.. file.Runs.Select(static r => r.Owner.Commit).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (commits.Length == 0)
            return authors;
        var listed = await repository.Git.RunAsync(
            ["log", "--no-walk=unsorted", "--stdin", "-z", "--format=%H%n%an%n%at"], Encoding.ASCII.GetBytes(string.Join('\n', commits) + "\n"), cancellationToken).ConfigureAwait(false);
        foreach (var commit in listed.NulSeparated)
        {
            if (commit.TrimEnd('\n').Split('\n') is [var id, var name, var time] && long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
                authors[id] = (name, DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, 253402300799)));
        }

        return authors;
    }

    private static ProvenanceException Missing(TreeAttribution attribution, string path)
    {
        var why = attribution.Skipped.FirstOrDefault(s => s.Path == path)?.Reason switch
        {
            SkipReason.Binary => $"'{path}' is a binary file and has no lines.",
            SkipReason.TooLarge => $"'{path}' is too large to be looked into.",
            SkipReason.Missing => $"The content of '{path}' is not in this clone.",
            _ => $"'{path}' is not a file of this repository.",
        };
        return new ProvenanceException(ProvenanceError.FileNotAttributed, why, "Name a text file that git knows or would add, relative to the folder you are in.");
    }
}
