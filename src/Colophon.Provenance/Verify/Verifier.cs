using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance.Anchors;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Verify;

/// <summary>
/// Verifies a repository's log from its files alone: no index, no network, no model. Trust first, then each entry by itself, then how they follow one
/// another, then the notes that vouch for them.
/// </summary>
public static class Verifier
{
    // Below this many entries starting threads costs more than it saves.
    private const int WorthParallel = 64;

    // How many entries a thread takes at once.
    private const int AtOnce = 16;

    // Some ten thousand entries; a longer log reads those that changed files twice.
    private const long KeptBytes = 32 << 20;

    /// <summary>Verifies the log in the working tree.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.LogUnavailable"/>: the log's folders cannot be listed.</exception>
    public static async Task<VerifyReport> VerifyAsync(GitRepository repository, VerifyOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(repository, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProvenanceException(ProvenanceError.LogUnavailable, $"The log cannot be read: {e.Message}", null, e);
        }
    }

    private static async Task<VerifyReport> RunAsync(GitRepository repository, VerifyOptions options, CancellationToken cancellationToken)
    {
        var layout = new AuditLayout(repository.Root, options.Archives);
        if (options.History && await SparseCheckout.LeftOutAsync(repository, layout, cancellationToken).ConfigureAwait(false) is > 0 and var left)
            return new VerifyReport { Entries = [], Findings = [new Finding(EntryStatus.Gap, layout.Relative(layout.Audit), $"{left} committed file(s) of the log are not checked out (sparse checkout), so it cannot be verified. Run `git sparse-checkout add .openspec`.")], Streams = 0 };
        var findings = new List<Finding>();
        void Report(EntryStatus status, string path, string message) => findings.Add(new Finding(status, Path.IsPathRooted(path) ? Path.GetRelativePath(repository.Root, path) : path, message));

        var oddities = new List<string>();
        var folders = AuditTree.Streams(layout, oddities);
        var heads = new HeadsCheck(AuditTree.Heads(layout, oddities), Report);
        foreach (var oddity in AuditTree.Aliens(layout).Union(oddities, StringComparer.Ordinal))
            Report(EntryStatus.Malformed, oddity, "This has no business in the log.");

        var trusted = Trust(repository, options);
        if (trusted.Trust is null && (folders.Count > 0 || trusted.Error != ProvenanceError.TrustMissing))
            Report(EntryStatus.PublicKeyNotTrusted, layout.Trust, trusted.Fault ?? "There is no trust.");

        var history = new HistoryCheck(repository, layout, options.Parallelism, Report);
        var listed = options.History ? history.ListAsync(cancellationToken) : null;
        var entries = Check(folders, new EntryCheck(trusted.Trust, trusted.Fault, options.Strict, options is { History: true, Subjects: true } ? KeptBytes : 0), options.Parallelism, cancellationToken);
        SegmentCheck.Run(layout, folders, entries, Report);
        var notes = new NoteCheck(trusted.Trust, trusted.Fault);
        var streams = Follow(folders, entries, new StreamCheck(notes, trusted.Trust?.Repo, Report), heads.Wanted);
        heads.Run(notes, trusted.Trust?.Repo, streams);
        CrossCheck.Run(streams, trusted.Trust);

        AnchorReport? anchors = null;
        if (options.History)
            anchors = await new AnchorCheck(repository, layout, heads, streams, trusted.Trust, Report).RunAsync(options, entries, cancellationToken).ConfigureAwait(false);
        if (listed is not null)
            await history.RunAsync(listed, entries, options.Subjects, cancellationToken).ConfigureAwait(false);
        DisclosureCheck.Run(layout, entries, Report);
        var pins = new PinnedHeads(repository);
        if (!options.AcceptRollback)
            await pins.CheckAsync(streams, Report, cancellationToken).ConfigureAwait(false);
        var report = new VerifyReport { Entries = [.. entries.Select(e => Verdict(layout, e))], Findings = findings, Streams = folders.Count, Anchors = anchors, Trust = trusted.Trust, Leaves = [.. entries.Where(static e => e.IsLeafOnly).Select(Named)], Lost = LostPlaces.Find(layout, streams, heads.Sound), Borrowed = Borrowed(layout, entries, trusted.Trust) };
        if (options.Range is { } range)
            return await RangeAsync(repository, layout, range, entries, report, cancellationToken).ConfigureAwait(false);
        if (report.ExitCode == VerifyExitCode.Valid)
            await SaveAsync(pins, streams.Values, cancellationToken).ConfigureAwait(false);
        return report;
    }

    // Judged as a whole, told in part: whether an entry follows the one before it cannot be said of a part alone.
    private static async Task<VerifyReport> RangeAsync(
        GitRepository repository, AuditLayout layout, string range, EntryFacts[] entries, VerifyReport report, CancellationToken cancellationToken)
    {
        if (range.StartsWith('-') || (await repository.Git.TryRunAsync(["rev-parse", "--quiet", "--verify", "--end-of-options", range.Split("..")[^1] is { Length: > 0 } tip ? tip.TrimStart('.') + "^{commit}" : "HEAD"], default, cancellationToken).ConfigureAwait(false)).ExitCode != 0)
            throw Unknown(null);
        HashSet<string> touched;
        try
        {
            touched = [.. await AddedFiles.TouchedAsync(repository, range, [Relative(repository, layout.Folders[0])], cancellationToken).ConfigureAwait(false)];
        }
        catch (KernelException e) when (e.Error == KernelError.GitFailed)
        {
            throw Unknown(e);
        }

        // What has no business in the log may be a whole folder.
        var below = Relative(repository, layout.Version).Length;
        foreach (var path in touched.ToArray())
        {
            for (var end = path.LastIndexOf('/'); end > below && touched.Add(path[..end]); end = path.LastIndexOf('/', end - 1))
            {
                // Another folder above.
            }
        }

        var inRange = entries.Select(e => Places(layout, e.Name).Any(p => touched.Contains(Relative(repository, p)))).ToArray();
        return report with
        {
            IsPart = true,
            Entries = [.. report.Entries.Where((_, i) => inRange[i])],
            Borrowed = Borrowed(layout, [.. entries.Where((_, i) => inRange[i])], report.Trust),
            // What is wrong with the trust is wrong with every part.
            Findings = [.. report.Findings.Where(f => touched.Contains(f.Path.Replace('\\', '/')) || VerifyExitCode.Of(f.Status) == VerifyExitCode.Trust)],
        };

        ProvenanceException Unknown(Exception? inner) => new(ProvenanceError.RangeUnknown, $"'{range}' is no range of commits here.", "Write it as git does: main..HEAD, or v1.0..v1.1.", inner);
    }

    /// <summary>The files that an entry is, was or could be read from.</summary>
    private static IEnumerable<string> Places(AuditLayout layout, EntryName name) => name.Segment is not { } segment
        ? [name.Path]
        : [name.Path, segment.LeavesPath, layout.SegmentPath(segment.Name, SegmentFile.ContentSuffix)];

    private static string Relative(GitRepository repository, string path) => Path.GetRelativePath(repository.Root, path).Replace('\\', '/');

    private static TrustResult Trust(GitRepository repository, VerifyOptions options)
    {
        try
        {
            return TrustStore.Load(repository, options.ConfigurationDirectory, options.Fingerprint);
        }
        catch (ProvenanceException e) when (e.Error != ProvenanceError.LogUnavailable)
        {
            return new TrustResult(null, e.Error, e.Message);
        }
    }

    private static EntryFacts[] Check(IReadOnlyList<StreamFolder> folders, EntryCheck check, int parallelism, CancellationToken cancellationToken)
    {
        EntryFacts[] entries = [.. folders.SelectMany(static f => f.Entries.Select(e => new EntryFacts(f, e)))];
        var options = new ParallelOptions
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = entries.Length < WorthParallel ? 1 : Math.Max(1, parallelism),
        };
        Parallel.ForEach(entries.GroupBy(static e => e.Name.Segment).SelectMany(static g => g.Key is null ? g.Chunk(AtOnce) : [[.. g]]), options, some => Check(some, check));
        if (check.Denied is { } denied)
            throw BoundedFile.Denied(denied, null);
        return entries;
    }

    // A segment is unpacked once for all of its entries.
    private static void Check(EntryFacts[] some, EntryCheck check)
    {
        var content = some[0].Name.Segment?.Hold();
        foreach (var entry in some)
            check.Run(entry);
        GC.KeepAlive(content);
    }

    private static Dictionary<string, StreamFacts> Follow(
        IReadOnlyList<StreamFolder> folders, EntryFacts[] entries, StreamCheck check, ILookup<string, long> wanted)
    {
        var streams = new Dictionary<string, StreamFacts>(StringComparer.Ordinal);
        var start = 0;
        foreach (var folder in folders)
        {
            var own = new ArraySegment<EntryFacts>(entries, start, folder.Entries.Count);
            streams[folder.Key] = check.Run(folder, own, wanted[folder.Key]);
            start += own.Count;
        }

        return streams;
    }

    // What cannot be remembered (a read-only repository) is no fault of the log.
    private static async Task SaveAsync(PinnedHeads pins, IEnumerable<StreamFacts> streams, CancellationToken cancellationToken)
    {
        try
        {
            await pins.SaveAsync(streams, cancellationToken).ConfigureAwait(false);
        }
        catch (KernelException e) when (e.Error == KernelError.WriteFailed)
        {
        }
    }

    private static BorrowedName[] Borrowed(AuditLayout layout, EntryFacts[] entries, ProjectTrust? trust) =>
        [.. entries.Where(static e => e is { IsSigned: true, BorrowedName: not null }).Select(e => new BorrowedName(Named(e), layout.Relative(e.Name.Place), trust?.Find(e.KeyId)?.Name ?? "", e.BorrowedName ?? ""))];

    private static EntryReference Named(EntryFacts facts) => new(facts.Folder.Change, facts.Folder.Stream, facts.Name.Seq, facts.LeafHex);

    private static EntryVerdict Verdict(AuditLayout layout, EntryFacts facts) => new()
    {
        Entry = Named(facts),
        Kind = facts.Kind,
        Path = layout.Relative(facts.Name.Place),
        Status = facts.Status,
        Message = facts.Message,
    };
}
