using Colophon.Engine.Composition;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance;
using Colophon.Provenance.Attribution;
using Colophon.Provenance.Coverage;
using Colophon.Provenance.Coverage.Page;
using Colophon.Provenance.Index;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;
using Colophon.Security.Redaction;
using Colophon.Specs;

namespace Colophon.Engine;

/// <summary>A project's log: what was written by whom, whether that can be believed, and what of it stands today.</summary>
public sealed class ProjectAudit
{
    private const int FewestLookedThrough = 256;

    private readonly GitRepository _repository;
    private readonly AuditLog _log;
    private readonly Lazy<ProjectTrust?> _trust;
    private readonly EngineParts _parts;

    // In a project that was never set up nothing is kept.
    private readonly string? _state;

    private ProjectAudit(GitRepository repository, EngineParts parts, string? state) => (_repository, _parts, _state, _log, _trust) = (repository, parts, state, parts.Log(repository), new Lazy<ProjectTrust?>(LoadTrust));

    /// <summary>The log of an opened project.</summary>
    /// <exception cref="KernelException">There is no git repository.</exception>
    public static async Task<ProjectAudit> OfAsync(ColophonEngine engine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var repository = await engine.Parts.RepositoryAsync(cancellationToken).ConfigureAwait(false);
        var state = Directory.Exists(Path.Combine(repository.Root, ".colophon")) ? await StateFolder.TryFindAsync(repository, cancellationToken).ConfigureAwait(false) : null;
        return new ProjectAudit(repository, engine.Parts, state);
    }

    /// <summary>The entries that a query asks for, newest first. Found by the index, told by the entries themselves.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="fits">What else an entry must be, which the index cannot say; the query's limit counts what fits. Null: nothing.</param>
    /// <exception cref="ProvenanceException">There is no entry to go on after.</exception>
    /// <exception cref="KernelException">Another process has been filling the index for too long.</exception>
    public AuditPage Query(AuditQuery query, Func<AuditRow, bool>? fits = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        using var index = OpenIndex();
        var (rows, after) = (new List<AuditRow>(), query.After);
        // One more says whether these are the last; what may not fit is looked through by the hundred.
        var step = query.Limit == int.MaxValue ? query.Limit : fits is null ? query.Limit + 1 : Math.Max(query.Limit + 1, FewestLookedThrough);
        while (true)
        {
            var found = index.Query(Asked(query, after, step));
            foreach (var record in found)
            {
                if (fits is null && rows.Count == query.Limit)
                    return new AuditPage(rows, after);
                if (Row(record) is { } row && fits?.Invoke(row) != false)
                {
                    if (rows.Count == query.Limit)
                        return new AuditPage(rows, rows[^1].Entry.Leaf);
                    rows.Add(row);
                }

                after = record.Leaf;
            }

            if (found.Count < step)
                return new AuditPage(rows, null);
        }
    }

    private Provenance.Index.AuditQuery Asked(AuditQuery query, string? after, int limit) => new()
    {
        Change = query.Change,
        Task = query.Task,
        Requirement = query.Requirement,
        Developer = query.Developer,
        Holder = query.Developer is null ? null : id => _trust.Value?.Find(id)?.Name,
        Model = query.Model,
        Provider = query.Provider,
        Kinds = query.Kinds,
        Text = query.Text,
        Since = query.Since,
        Until = query.Until,
        File = query.File,
        Accepted = query.Accepted,
        After = after,
        Limit = limit,
    };

    /// <summary>An entry by its leaf, the beginning of it, or its id, with what it belongs to.</summary>
    /// <exception cref="ProvenanceException">There is none, or more than one.</exception>
    public AuditRow Find(string leafOrPrefixOrId)
    {
        var entry = _log.Find(leafOrPrefixOrId);
        using var index = OpenIndex();
        return index.Find(entry.Leaf) is { } record && Row(record) is { } row ? row : new AuditRow(entry, null, null) { Trust = _trust };
    }

    /// <summary>Who an entry is by: the holder of the key that signed it, and what the entry calls itself.</summary>
    public Signer SignerOf(Entry entry) => Signer.Of(entry, _trust.Value);

    /// <summary>The log in the forms of other tools.</summary>
    public AuditExports Exports => new(_repository);

    /// <summary>What a commitment stands for, or null where it was erased or never came to this copy.</summary>
    public string? Disclose(Commitment commitment) => _log.Disclose(commitment);

    /// <summary>Erases what an entry keeps of prompt, answer or diffs, and what its decision or generation keeps of the same, and records that in the log.</summary>
    /// <returns>What the log says of it: of the entry that was named first, then of those that held the same.</returns>
    /// <exception cref="ProvenanceException">There is no such entry, it keeps nothing of the kind, or the key may not sign.</exception>
    public async Task<IReadOnlyList<Redaction>> RedactAsync(string leafOrPrefixOrId, IReadOnlyCollection<RedactedField> fields, string reason, CancellationToken cancellationToken = default)
    {
        var entry = _log.Find(leafOrPrefixOrId);
        using var key = _parts.Key();
        _parts.CheckTrust(_repository, key, EntryKind.Redaction);
        var actor = await _parts.ActorAsync(_repository, cancellationToken).ConfigureAwait(false);
        List<Redaction> redactions = [await Redactions.EraseAsync(_log, entry, fields, reason, actor, key, cancellationToken).ConfigureAwait(false)];
        // A generation and its decision hold the same diffs under commitments of their own: erasing one alone would leave the text readable.
        foreach (var other in _log.Entries(entry.Predicate.Change).Where(e => AreOne(e, entry) && Redactions.Holds(e, fields)).ToArray())
            redactions.Add(await Redactions.EraseAsync(_log, other, fields, reason, actor, key, cancellationToken).ConfigureAwait(false));
        return redactions;
    }

    /// <summary>The entries that record what was erased of one, oldest first. They are what the log says; verifying tells whether it can be believed.</summary>
    public IReadOnlyList<Entry> RedactionsOf(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return
        [
            .. Query(new AuditQuery { Change = entry.Predicate.Change, Kinds = [EntryKind.Redaction] }).Rows.Select(static row => row.Entry)
                .Where(e => e.Predicate.Witnessed.GetValueOrDefault(Redactions.Target) == entry.Leaf).Reverse(),
        ];
    }

    private static bool AreOne(Entry one, Entry other) => one.Predicate.Decision?.Target == other.Leaf || other.Predicate.Decision?.Target == one.Leaf;

    /// <summary>Verifies the log from its files alone.</summary>
    /// <param name="request">How.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<VerifyReport> VerifyAsync(VerifyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = new VerifyOptions
        {
            ConfigurationDirectory = _parts.Environment.ConfigurationDirectory,
            Strict = request.Strict,
            AcceptRollback = request.AcceptRollback,
            Archives = [.. request.Archives, .. _parts.AuditOptions.Archives],
            RequireAnchor = request.RequireAnchor,
            AnchorFiles = [.. request.AnchorFiles, .. _parts.UserPaths("anchors.files")],
            Authorities = [.. request.Authorities, .. _parts.UserPaths("anchors.authorities")],
            Range = request.Range,
            Fingerprint = request.TrustRoot,
        };
        return Verifier.VerifyAsync(_repository, options, cancellationToken);
    }

    /// <summary>What of the log git leaves out of commits; null where nothing. It says nothing about what is here, so it changes no verdict.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<IgnoredLog?> IgnoredAsync(CancellationToken cancellationToken = default) => IgnoredLog.OfFilesAsync(_repository, cancellationToken);

    /// <summary>Which specification, task, model and person wrote the lines that stand today. Only entries that verify may claim lines.</summary>
    /// <param name="paths">Files or folders, absolute or relative to the folder the engine was opened in; empty for everything.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="ProvenanceException">One of the paths holds nothing that git knows or would add.</exception>
    public async Task<CoverageReport> CoverageAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        var wanted = new List<string>(paths.Count);
        foreach (var path in paths)
            wanted.Add((await PathAsync(path, cancellationToken).ConfigureAwait(false)).TrimEnd('/'));
        var report = await EntriesAsync(cancellationToken).ConfigureAwait(false);
        var coverage = await CodeCoverage.ComputeAsync(_repository, [.. _log.Entries()], AuthenticEntries.In(report), CoverageOptions(wanted, report), cancellationToken).ConfigureAwait(false);
        var empty = wanted.FindIndex(w => w.Length > 0 && !coverage.Files.Select(static f => f.Path).Concat(coverage.Skipped.Select(static s => s.Path)).Any(p => p == w || p.StartsWith(w + "/", StringComparison.Ordinal)));
        return empty < 0 ? coverage : throw new ProvenanceException(
            ProvenanceError.FileNotAttributed, $"'{paths[empty]}' holds no file that counts.", "Name files that git knows or would add, or folders of such, relative to the folder you are in.");
    }

    /// <summary>Which specification, task, model and person wrote each line of a file.</summary>
    /// <param name="file">The file, absolute or relative to the folder the engine was opened in.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="ProvenanceException">There is no such file in the repository, or it has no lines.</exception>
    public async Task<FileBlame> BlameAsync(string file, CancellationToken cancellationToken = default)
    {
        var report = await EntriesAsync(cancellationToken).ConfigureAwait(false);
        var path = await PathAsync(file, cancellationToken).ConfigureAwait(false);
        return await Blame.ComputeAsync(_repository, [.. _log.Entries()], AuthenticEntries.In(report), path, CoverageOptions([], report), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The text of a file as it lies in the working tree; null where it cannot be read.</summary>
    /// <param name="path">Relative to the repository's root.</param>
    public string? TextOf(string path) => ReadText(path);

    /// <summary>A coverage report as one HTML page that needs nothing else.</summary>
    public string CoveragePage(CoverageReport report)
    {
        using var writer = new StringWriter();
        var options = new CoveragePageOptions { Project = Path.GetFileName(_repository.Root) };
        Provenance.Coverage.Page.CoveragePage.Write(report, Shareable, options, writer);
        return writer.ToString();
    }

    /// <summary>A coverage report as many HTML pages: a heat map and a page a file. They need nothing else, and come one after another.</summary>
    public IEnumerable<SitePage> CoverageSite(CoverageReport report) =>
        SitePages.Of(report, Shareable, new CoveragePageOptions { Project = Path.GetFileName(_repository.Root) });

    // Who wrote a line is asked of the entries; whether commits agree with them is for verifying to say.
    private Task<VerifyReport> EntriesAsync(CancellationToken cancellationToken) =>
        Verifier.VerifyAsync(_repository, new VerifyOptions { ConfigurationDirectory = _parts.Environment.ConfigurationDirectory, Archives = _parts.AuditOptions.Archives, History = false }, cancellationToken);

    // Git says where in the repository a folder lies; comparing paths would stumble over symbolic links above it.
    private async Task<string> PathAsync(string file, CancellationToken cancellationToken)
    {
        var folder = Path.IsPathRooted(file) ? Path.GetDirectoryName(file) ?? "/" : _parts.Folders.Directory;
        if (!Directory.Exists(folder))
            return file;
        var prefix = await new GitRunner(folder).TryRunAsync(["rev-parse", "--show-prefix"], default, cancellationToken).ConfigureAwait(false);
        if (prefix.ExitCode != 0)
            return file;
        // What leads out of the repository is no path in it.
        const string Top = "/top";
        var path = Path.GetRelativePath(Top, Path.GetFullPath(Path.Combine(Top, prefix.Text, Path.IsPathRooted(file) ? Path.GetFileName(file) : file)));
        return path == "." ? "" : path.StartsWith("..", StringComparison.Ordinal) ? file : path;
    }

    private CoverageOptions CoverageOptions(IReadOnlyList<string> paths, VerifyReport report) => new()
    {
        // The folder itself is no narrower than nothing at all.
        Paths = [.. paths.Where(static p => p.Trim('/') is not ("" or "."))],
        Requirements = Requirements(),
        Trust = report.Trust,
        Attribution = new AttributionOptions { Absent = AbsentEntries.In(report), StoreDirectory = _state is null ? null : Path.Combine(_state, "attribution") },
    };

    // A page is made to be shown around. Its lines stay as long as they are, so that they stay the report's.
    private string? Shareable(string path) => ReadText(path) is { } text ? _parts.Secrets.Allows(path) ? text : Redactor.Blot(text, _parts.Secrets) : null;

    private string? ReadText(string path)
    {
        var file = new FileInfo(Path.Combine(_repository.Root, path));
        try
        {
            return file.Exists && file.LinkTarget is null ? File.ReadAllText(file.FullName) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Dictionary<string, string>? Requirements()
    {
        if (SpecTree.Find(_repository.Root)?.With(ProjectKeywords.Of(_parts.Configuration)) is not { } tree)
            return null;
        // Where a text cannot be read, none is called stale: it might be the very one.
        if (SpecTexts.Read(tree) is not { Problems.Count: 0 } texts)
            return null;
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var requirement in texts.Specs.SelectMany(static spec => spec.Requirements))
            hashes[requirement.Id] = requirement.Hash;
        // What an open change says about a requirement is what is wanted now.
        foreach (var requirement in texts.Changes.SelectMany(static change => change.Requirements))
            hashes[requirement.Id] = requirement.Hash;
        return hashes;
    }

    private AuditRow? Row(AuditRecord record) =>
        _log.At(record.Path) is { } entry ? new AuditRow(entry, record.TargetPath is { } target ? _log.At(target) : null, record.Accepted) { Trust = _trust } : null;

    // Without keys there is still a log to look at; what is wrong with them is for verifying to say.
    private ProjectTrust? LoadTrust()
    {
        try
        {
            return TrustStore.Load(_repository, _parts.Environment.ConfigurationDirectory).Trust;
        }
        catch (ProvenanceException)
        {
            return null;
        }
    }

    // Where nothing is kept or can be written, the index lives in memory.
    private AuditIndex OpenIndex()
    {
        try
        {
            return AuditIndex.Open(_repository.Root, _state is null ? null : Path.Combine(_state, "index.db"), _parts.AuditOptions.Archives);
        }
        catch (KernelException e) when (e.Error != KernelError.Locked)
        {
            return AuditIndex.Open(_repository.Root, null, _parts.AuditOptions.Archives);
        }
    }
}
