using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance;
using Colophon.Provenance.Coverage;
using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;
using Colophon.Specs;

namespace Colophon.Engine;

/// <summary>A project's log: what was written by whom, whether that can be believed, and what of it stands today.</summary>
public sealed class ProjectAudit
{
    private readonly GitRepository _repository;
    private readonly AuditLog _log;
    private readonly string _configurationDirectory;

    private ProjectAudit(GitRepository repository, AuditLog log, string configurationDirectory) =>
        (_repository, _log, _configurationDirectory) = (repository, log, configurationDirectory);

    /// <summary>The log of an opened project.</summary>
    /// <exception cref="KernelException">There is no git repository.</exception>
    public static async Task<ProjectAudit> OfAsync(ColophonEngine engine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var repository = await engine.Parts.RepositoryAsync(cancellationToken).ConfigureAwait(false);
        return new ProjectAudit(repository, engine.Parts.Log(repository), engine.Parts.Environment.ConfigurationDirectory);
    }

    /// <summary>The entries that a query asks for, newest first.</summary>
    public IReadOnlyList<AuditRow> Query(AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var entries = _log.Entries(query.Change).ToList();
        var decisions = entries.Where(static e => e.Predicate.Decision is not null)
            .GroupBy(static e => e.Predicate.Decision?.Target ?? "", StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Last(), StringComparer.Ordinal);
        var byLeaf = entries.DistinctBy(static e => e.Leaf).ToDictionary(static e => e.Leaf, StringComparer.Ordinal);
        return
        [
            .. entries.Select(entry => Row(entry, byLeaf, decisions)).Where(row => Matches(row, query))
                .OrderByDescending(static row => row.Entry.Predicate.RecordedAt).ThenByDescending(static row => row.Entry.Predicate.Seq).Take(query.Limit),
        ];
    }

    /// <summary>An entry by its leaf, the beginning of it, or its id, with what it belongs to.</summary>
    /// <exception cref="ProvenanceException">There is none, or more than one.</exception>
    public AuditRow Find(string leafOrPrefixOrId)
    {
        var entry = _log.Find(leafOrPrefixOrId);
        return Query(new AuditQuery { Change = entry.Predicate.Change }).FirstOrDefault(row => row.Entry.Leaf == entry.Leaf) ?? new AuditRow(entry, null, null);
    }

    /// <summary>What a commitment stands for, or null where it was erased or never came to this copy.</summary>
    public string? Disclose(Commitment commitment) => _log.Disclose(commitment);

    /// <summary>Verifies the log from its files alone.</summary>
    /// <param name="strict">Whether entries that are not in canonical form fail.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<VerifyReport> VerifyAsync(bool strict, CancellationToken cancellationToken = default) =>
        Verifier.VerifyAsync(_repository, new VerifyOptions { ConfigurationDirectory = _configurationDirectory, Strict = strict }, cancellationToken);

    /// <summary>Which specification, task, model and person wrote the lines that stand today. Only entries that verify may claim lines.</summary>
    /// <param name="paths">Files or folders, relative to the repository's root; empty for everything.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<CoverageReport> CoverageAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        var report = await VerifyAsync(strict: false, cancellationToken).ConfigureAwait(false);
        var good = report.Entries.Where(static verdict => IsAuthentic(verdict.Status)).Select(static verdict => verdict.Entry.Leaf).ToHashSet(StringComparer.Ordinal);
        var options = new CoverageOptions { Paths = paths, Requirements = Requirements() };
        return await CodeCoverage.ComputeAsync(_repository, [.. _log.Entries()], entry => good.Contains(entry.Leaf), options, cancellationToken).ConfigureAwait(false);
    }

    // An entry that no checkpoint covers yet, or whose neighbours are missing from this copy, is still its writer's own word.
    private static bool IsAuthentic(EntryStatus status) =>
        VerifyExitCode.Of(status) is VerifyExitCode.Valid or VerifyExitCode.Incomplete || status == EntryStatus.SubjectMismatch;

    private Dictionary<string, string>? Requirements()
    {
        if (SpecTree.Find(_repository.Root) is not { } tree)
            return null;
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var requirement in tree.Specs.SelectMany(id => tree.Spec(id).Requirements))
            hashes[requirement.Id] = requirement.Hash;
        // What an open change says about a requirement is what is wanted now.
        foreach (var requirement in tree.Changes.SelectMany(name => tree.Change(name).Requirements))
            hashes[requirement.Id] = requirement.Hash;
        return hashes;
    }

    private static AuditRow Row(Entry entry, Dictionary<string, Entry> byLeaf, Dictionary<string, Entry> decisions)
    {
        if (entry.Predicate.Decision is { } decision)
            return new AuditRow(entry, byLeaf.GetValueOrDefault(decision.Target), decision.Accepted);
        return new AuditRow(entry, null, decisions.GetValueOrDefault(entry.Leaf)?.Predicate.Decision?.Accepted);
    }

    private static bool Matches(AuditRow row, AuditQuery query)
    {
        var predicate = row.Entry.Predicate;
        return (query.Developer is not { } developer || predicate.Actor.Name == developer || predicate.Actor.KeyId.StartsWith(developer, StringComparison.Ordinal))
            && (query.Model is not { } model || row.Model?.Contains(model, StringComparison.OrdinalIgnoreCase) == true)
            && (query.Since is not { } since || predicate.RecordedAt >= since)
            && (query.Until is not { } until || predicate.RecordedAt < until)
            && (query.Accepted is not { } accepted || row.Accepted == accepted)
            && (query.File is not { } file || predicate.Files.Any(change => IsAt(change.Path, file) || (change.RenamedFrom is { } old && IsAt(old, file))));
    }

    private static bool IsAt(string path, string wanted) => path == wanted || path.StartsWith(wanted.TrimEnd('/') + "/", StringComparison.Ordinal);
}
