using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Coverage;

/// <summary>Computes coverage: attribution, joined with what the entries say about specification, task, model and person.</summary>
public static class CodeCoverage
{
    /// <summary>Attributes the tree and counts.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="entries">The log's entries.</param>
    /// <param name="trusted">Whether the verifier accepts an entry as authentic; only such may claim lines.</param>
    /// <param name="options">What to report on.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="Kernel.Errors.KernelException">git failed.</exception>
    public static async Task<CoverageReport> ComputeAsync(
        GitRepository repository,
        IReadOnlyList<Entry> entries,
        Func<Entry, bool> trusted,
        CoverageOptions options,
        CancellationToken cancellationToken)
    {
        var attribution = await Attributor.RunAsync(repository, entries, trusted, options.Attribution, cancellationToken).ConfigureAwait(false);
        return Count(attribution, entries, options);
    }

    /// <summary>Counts an attribution that is at hand.</summary>
    public static CoverageReport Count(TreeAttribution attribution, IReadOnlyList<Entry> entries, CoverageOptions options)
    {
        var sources = new SourceTable([.. entries, .. attribution.FromHistory], options.Trust);
        var specifications = CodePaths.SpecificationRoots(attribution.Files.Select(static f => f.Path));
        var wanted = attribution.Files.Where(f => IsWanted(f.Path, options, specifications)).ToArray();
        var shares = new ShareCounter(options.Requirements);
        var files = new List<FileCoverage>(wanted.Length);
        var project = default(LineTotals);
        foreach (var file in wanted)
        {
            var runs = Runs(file, sources);
            var totals = runs.Aggregate(default(LineTotals), static (t, r) => t + r.Kind switch
            {
                OwnerKind.Model => new LineTotals(r.Count, r.Count, 0, 0),
                OwnerKind.Human => new LineTotals(r.Count, 0, r.Count, 0),
                _ => new LineTotals(r.Count, 0, 0, r.Count),
            });
            files.Add(new FileCoverage(file.Path, totals, runs));
            project += totals;
            foreach (var run in runs)
            {
                if (run.Source is { } source)
                    shares.Add(file.Path, run.Count, sources.Sources[source], sources.Hashes(source));
            }
        }

        var unknown = UnknownShare.Of(files.SelectMany(static f => f.Runs.Select(r => (f.Path, r.Count, r.Cause))));
        var skipped = attribution.Skipped.Where(f => IsWanted(f.Path, options, specifications)).ToArray();
        return new CoverageReport
        {
            Commit = attribution.Commit,
            Project = project,
            Files = files,
            Sources = sources.Sources,
            Unknown = unknown,
            Specs = shares.Specs,
            Requirements = shares.Requirements,
            Changes = shares.Changes,
            Tasks = shares.Tasks,
            Models = shares.Models,
            People = shares.People,
            WithoutCode = options.Paths.Count == 0 ? shares.WithoutCode : null,
            WithoutRequirement = Unasked(files, sources),
            Skipped = skipped,
            Notes = Notes(attribution, options, unknown, skipped.Length, shares, specifications),
        };
    }

    private static UnaskedLines[] Unasked(List<FileCoverage> files, SourceTable sources)
    {
        var unasked = new List<UnaskedLines>();
        foreach (var file in files)
        {
            var runs = file.Runs.Where(r => r.Source is not { } source || sources.Sources[source].Requirements.Count == 0).ToArray();
            if (runs.Length > 0)
                unasked.Add(new UnaskedLines(file.Path, runs.Sum(static r => (long)r.Count), runs.Where(static r => r.Kind == OwnerKind.Model).Sum(static r => (long)r.Count)));
        }

        return [.. unasked.OrderByDescending(static u => u.Lines).ThenBy(static u => u.Path, StringComparer.Ordinal)];
    }

    private static bool IsWanted(string path, CoverageOptions options, IReadOnlySet<string> specifications) =>
        options.Paths.Count == 0
            ? options.Specifications || !CodePaths.IsSpecification(path, specifications)
            : options.Paths.Any(p => p.Trim('/') is "" or "." || string.Equals(path, p, StringComparison.Ordinal) || path.StartsWith(p.TrimEnd('/') + "/", StringComparison.Ordinal));

    private static List<CoverageRun> Runs(AttributedFile file, SourceTable sources)
    {
        var runs = new List<CoverageRun>();
        foreach (var run in file.Runs)
        {
            int? source = run.Owner is { Kind: OwnerKind.Model, Entry: { } entry } ? sources.Number(entry, file.Path) : null;
            if (runs.Count > 0 && runs[^1].Kind == run.Owner.Kind && runs[^1].Source == source && runs[^1].Cause == run.Owner.Cause)
                runs[^1] = runs[^1] with { Count = runs[^1].Count + run.Count };
            else
                runs.Add(new CoverageRun(run.Start, run.Count, run.Owner.Kind, source, run.Owner.Cause));
        }

        return runs;
    }

    private static List<string> Notes(TreeAttribution attribution, CoverageOptions options, IReadOnlyList<UnknownShare> unknown, int skipped, ShareCounter shares, IReadOnlySet<string> specifications)
    {
        var notes = new List<string> { "The audit log and .colophon/ are not code and do not count." };
        if (options is { Paths.Count: 0, Specifications: false } && attribution.Files.Any(f => CodePaths.IsSpecification(f.Path, specifications)))
            notes.Add("openspec/ is the specification, not code, and does not count unless asked for.");
        if (skipped > 0)
            notes.Add($"{skipped} binary, very large or missing file(s) are left out. Submodules and symbolic links always are.");
        if (attribution.IsShallow)
            notes.Add("This is a shallow clone: who wrote what its oldest commits brought cannot be known here. Run `git fetch --unshallow`.");
        notes.AddRange(unknown.Select(static u => u.Note));
        if (UnknownShare.FromHistory(attribution.Files.SelectMany(static f => f.Runs).Select(static r => r.Owner.Entry), attribution.FromHistory) is { } told)
            notes.Add(told);
        if (shares.Requirements.Any(static r => r.IsStale == true))
            notes.Add("Stale requirements read differently today than when their lines were written.");
        return notes;
    }
}
