using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Log;

/// <summary>
/// The signed log of a repository. Several processes and worktrees may append at once: a lock orders them, and each worktree writes streams of its own.
/// What <see cref="AppendAsync"/> returned is on disk for good.
/// </summary>
public sealed class AuditLog
{
    private static readonly byte[][] s_fileKinds = [.. new[] { EntryKind.Decision, EntryKind.HumanEdit, EntryKind.Format, EntryKind.Discard }.Select(static k => System.Text.Encoding.UTF8.GetBytes($"\"{EnumNames<EntryKind>.Of(k)}\""))];

    private readonly GitRepository _repository;
    private readonly AuditOptions _options;
    private readonly AuditLayout _layout;
    private readonly StreamStore _streams;
    private readonly HeadsBook _heads;
    private readonly HashSet<string> _looked = new(StringComparer.Ordinal);
    private bool _appended;
    private ProjectTrust? _trust;
    private Workspace? _workspace;
    private StreamFolder? _lookedInto;
    private bool _isPrepared;

    private AuditLog(GitRepository repository, AuditOptions options)
    {
        (_repository, _options, _layout) = (repository, options, new AuditLayout(repository.Root, options.Archives));
        _streams = new StreamStore(repository, _layout);
        _heads = new HeadsBook(_layout, Path.Combine(repository.PrivateDirectory, "notes", _streams.WorktreeKey));
    }

    /// <summary>Opens the log; nothing is read or written yet.</summary>
    public static AuditLog Open(GitRepository repository, AuditOptions options) => new(repository, options);

    /// <summary>Finishes an entry that a killed process left half-written. Appending does the same; call this before reading after a crash.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.Locked"/> or <see cref="KernelError.WriteFailed"/>.</exception>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        if (!_streams.HasPending)
            return;
        using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        _streams.Settle();
    }

    /// <summary>
    /// Whether this worktree wrote entries that no checkpoint covers: their writer is at work, or was killed. What the last seal left alone, because another key signed it, does not count.
    /// </summary>
    public bool IsUnsealed => _streams.HasPending || _streams.HasUnsealed;

    /// <summary>Signs a draft and appends it to this worktree's stream of its change.</summary>
    /// <returns>The entry as it stands on disk; the standing one where the draft's id is among the stream's last 64.</returns>
    /// <exception cref="ProvenanceException">The draft is invalid, the project's trust does not hold, or the key is not among its keys.</exception>
    /// <exception cref="KernelException"><see cref="KernelError.Locked"/> or <see cref="KernelError.WriteFailed"/>; nothing was appended.</exception>
    public async Task<Entry> AppendAsync(EntryDraft draft, SigningKey key, CancellationToken cancellationToken)
    {
        if (!EntryFormat.IsName(draft.Change))
            throw new ProvenanceException(ProvenanceError.DraftInvalid, $"'{draft.Change}' cannot be the name of a change.", "Use letters, digits, '.', '_' and '-'.");
        var trust = Trust(key, draft.Kind);
        var clean = Scrubbing.Apply(draft, _options.Scrub);
        using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        _streams.CatchUp();
        var state = _streams.Find(clean.Change, out var lost);
        if (state?.Recent(clean.Id) is { } standing)
        {
            var path = _streams.EntryPath(new EntryReference(state.Change, state.Stream, standing.Seq, standing.Leaf));
            return At(Path.GetRelativePath(_repository.Root, path)) ?? EntryFile.Read(path);
        }

        var continues = state is null && lost is not null ? LastPresent(lost) : null;
        state ??= _streams.Begin(clean.Change);
        var (seen, tried) = _looked.Add(state.Stream) ? SeenStreams.Find(_layout, _streams.Tips.News(), state, trust) : ([], []);
        var entry = Write(Place(clean, state, continues, lost, seen, trust, key), state, key);
        _appended = true;
        if (tried.Count > 0)
            _streams.Tips.Named(tried);
        return entry;
    }

    /// <summary>
    /// Checkpoints what was appended: a signed checkpoint per stream and the heads over all streams. Called once at the end of a command; until then the
    /// newest entries verify as unanchored.
    /// </summary>
    /// <param name="key">Signs; streams whose newest entry another key signed are left alone.</param>
    /// <param name="cancellationToken">Cancels waiting for the log's lock, but not after an append: what was written is vouched for also where the user gave up meanwhile.</param>
    /// <exception cref="KernelException"><see cref="KernelError.Locked"/> or <see cref="KernelError.WriteFailed"/>.</exception>
    public async Task SealAsync(SigningKey key, CancellationToken cancellationToken)
    {
        var trust = Trust(key, null);
        using var held = await LockAsync(_appended ? CancellationToken.None : cancellationToken).ConfigureAwait(false);
        _streams.Settle();
        Guard(_layout.Heads);
        var left = new List<string>();
        foreach (var state in _streams.Unsealed())
        {
            if (state.Sealed >= state.Size)
            {
                _streams.Tips.MayLack(state.Change, state.Stream);
                continue;
            }

            // Only the key of the newest entry may vouch for a stream, and only while the stream is here.
            if (state.KeyId != key.KeyId || state.Last is not { } last || !File.Exists(_streams.EntryPath(last)))
            {
                left.Add($"{state.Change}/{state.Stream} {key.KeyId}");
                continue;
            }

            var path = Path.Combine(Guard(_layout.Stream(state.Change, state.Stream)), AuditLayout.CheckpointName(state.Size));
            AtomicFile.TryCreate(path, StreamCheckpoint.Sign(trust.Repo, state, key));
            _streams.Sealed(state);
        }

        // Also where nothing was left to check: the process that did may have been killed before it came here.
        _heads.Advance(trust, _streams.Tips.Moved(), _streams.Tips.All, key);
        _streams.Tips.Save(areHeadsTaken: true);
        _streams.KeepUnsealed(left);
    }

    /// <summary>Commits to a content and keeps it as a disclosure beside the log, secrets taken out first.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.WriteFailed"/>.</exception>
    public Commitment Commit(string content)
    {
        Guard(_layout.Disclosures);
        WriteSettings();
        return Disclosures.Write(_layout, System.Text.Encoding.UTF8.GetBytes(_options.Scrub(content)));
    }

    /// <summary>The content behind a commitment, or null where it was erased or was never on this machine.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.EntryMalformed"/>: what lies there is something else; <see cref="ProvenanceError.LogUnavailable"/>: it cannot be read.</exception>
    public string? Disclose(Commitment commitment) =>
        Disclosures.Read(_layout, commitment) is { } content ? System.Text.Encoding.UTF8.GetString(content) : null;

    /// <summary>Deletes the content behind a commitment; one that is not here is no fault.</summary>
    internal void Erase(string commitment)
    {
        Guard(_layout.Disclosures);
        Disclosures.Erase(_layout, commitment);
    }

    /// <summary>Every entry that can be read, by change, stream and place. Nothing is verified; a file that is no entry is passed over.</summary>
    /// <param name="change">Only the entries of this change; null for all.</param>
    public IEnumerable<Entry> Entries(string? change = null)
    {
        foreach (var folder in change is null ? AuditTree.Streams(_layout, []) : AuditTree.Of(_layout, change))
        {
            foreach (var name in folder.Entries)
            {
                if (name.TryRead(out var entry))
                    yield return entry;
            }
        }
    }

    /// <summary>Those of some files of the log that are entries which say what became of files; others are passed over.</summary>
    /// <param name="paths">Relative to the repository's root.</param>
    public IEnumerable<Entry> FileChanges(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var full = Path.Combine(_repository.Root, path);
            // What a link leads to is not the log's.
            if (!_layout.IsThroughLink(full) && AuditLayout.TryEntryName(Path.GetFileName(path), out var seq, out var leaf12) && new EntryName(seq, leaf12, full).TryRead(s_fileKinds, out var entry))
                yield return entry;
        }
    }

    /// <summary>The verdicts on a change among its entries, as <see cref="Entries"/> gives them; what cannot be one is not parsed.</summary>
    public IEnumerable<Entry> Verdicts(string change)
    {
        foreach (var name in AuditTree.Of(_layout, change).SelectMany(static f => f.Entries))
        {
            if (name.Mentions("\"approval\""u8) && name.TryRead(out var entry) && entry.Predicate.Approval is not null)
                yield return entry;
        }
    }

    /// <summary>The entry of a leaf, of the beginning of a leaf (at least 4 digits), or of an id.</summary>
    /// <exception cref="ProvenanceException">
    /// <see cref="ProvenanceError.EntryNotFound"/>: none fits, or several do; <see cref="ProvenanceError.EntryMalformed"/> or <see cref="ProvenanceError.LogUnavailable"/>: the only one that does cannot be read.
    /// </exception>
    public Entry Find(string leafOrPrefixOrId)
    {
        var text = leafOrPrefixOrId.ToLowerInvariant();
        if (text.Length < 4 || !text.All(char.IsAsciiHexDigit))
            throw NotFound(leafOrPrefixOrId, "is not the beginning of an entry's name");
        var head = text[..Math.Min(12, text.Length)];
        EntryName[] named = [.. AuditTree.Streams(_layout, []).SelectMany(static f => f.Entries).Where(n => n.Leaf12.StartsWith(head, StringComparison.Ordinal))];
        Entry[] found = InPlace([.. named.Select(static n => n.TryRead(out var entry) ? entry : null).OfType<Entry>().Where(e => e.Leaf.StartsWith(text, StringComparison.Ordinal))]);
        if (found.Length == 0 && text.Length == EntryFormat.IdBytes * 2)
            found = InPlace(ById(text));
        if (found.Length == 0 && named is [var only] && !only.TryRead(out _))
            return only.Read();
        return found.Length == 1 ? found[0] : throw NotFound(leafOrPrefixOrId, found.Length == 0 ? "names no entry" : $"fits {found.Length} entries");
    }

    /// <summary>The entry of a file's path, also where the file went into a segment since.</summary>
    /// <param name="path">Relative to the repository's root.</param>
    /// <returns>Null where it is not here or cannot be read.</returns>
    public Entry? At(string path)
    {
        var full = Path.Combine(_repository.Root, path);
        if (EntryFile.TryReadFile(full, out var entry))
            return entry;
        if (Path.GetRelativePath(_layout.Streams, full).Split(Path.DirectorySeparatorChar) is not [var change, var stream, var file] || !AuditLayout.TryEntryName(file, out var seq, out var leaf12))
            return null;
        // Who asks for one packed entry often asks for its neighbours: the stream last looked into is kept, as long as it has what is asked for.
        if (_lookedInto is { } last && last.Key == $"{change}/{stream}" && In(last) is { } near)
            return near;
        return In(_lookedInto = AuditTree.Read(_layout, change, stream));

        Entry? In(StreamFolder folder) => folder.Entries.FirstOrDefault(e => e.Seq == seq && e.Leaf12 == leaf12) is { Segment: not null } name && name.TryRead(out var packed) ? packed : null;
    }

    // A copy that lies elsewhere is not the entry, and hides it from nobody.
    private static Entry[] InPlace(Entry[] found) => found.Length < 2 ? found
        : [.. found.GroupBy(static e => e.Leaf, StringComparer.Ordinal).Select(static same => same.FirstOrDefault(IsInPlace) ?? same.First())];

    private static bool IsInPlace(Entry entry) => Path.GetDirectoryName(entry.FilePath) is { } stream
        && Path.GetFileName(stream) == entry.Predicate.Stream && Path.GetFileName(Path.GetDirectoryName(stream)) == entry.Predicate.Change;

    // What this worktree wrote lately is remembered; for the rest the bytes are searched before they are parsed.
    private Entry[] ById(string id)
    {
        if (_streams.Recent(id) is { } recent && EntryFile.TryReadFile(_streams.EntryPath(recent), out var entry))
            return [entry];
        var needle = System.Text.Encoding.ASCII.GetBytes($"\"id\":\"{id}\"");
        return
        [
            .. AuditTree.Streams(_layout, []).SelectMany(static f => f.Entries)
                .Where(n => n.Segment is not null || BoundedFile.ReadOrNothing(n.Path, EntryFile.MaximumBytes).AsSpan().IndexOf(needle) >= 0)
                .Select(static n => n.TryRead(out var e) ? e : null).OfType<Entry>().Where(e => e.Predicate.Id == id),
        ];
    }

    private Predicate Place(EntryDraft draft, StreamState state, EntryReference? continues, EntryReference? lost, IReadOnlyList<EntryReference> seen, ProjectTrust trust, SigningKey key) => new()
    {
        Kind = draft.Kind,
        Id = draft.Id,
        Change = draft.Change,
        Actor = draft.Actor with { KeyId = key.KeyId },
        DurationMs = draft.DurationMs,
        Spec = draft.Spec,
        Model = draft.Model,
        Prompt = draft.Prompt,
        Response = draft.Response,
        Files = draft.Files,
        Decision = draft.Decision,
        Approval = draft.Approval,
        // A stream whose end is not in this tree is no fault (another branch may hold it), but it is worth knowing.
        Witnessed = lost is null || state.Size > 0 ? draft.Witnessed : new Dictionary<string, string>(draft.Witnessed) { ["streamElsewhere"] = $"{lost.Change}/{lost.Stream}@{lost.Seq} {lost.Leaf}" },
        Asserted = draft.Asserted,
        Metadata = draft.Metadata,
        Repo = trust.Repo,
        Stream = state.Stream,
        Seq = state.Size + 1,
        Prev = state.LastLeaf,
        Continues = continues,
        Seen = seen,
        RecordedAt = _options.Time.GetUtcNow(),
    };

    private Entry Write(Predicate predicate, StreamState state, SigningKey key)
    {
        var envelope = Envelope.Seal(EntryFormat.PayloadType, PayloadWriter.Write(predicate), key);
        var leaf = Convert.ToHexStringLower(Pae.Leaf(envelope.Pae));
        Guard(_layout.Stream(state.Change, state.Stream));
        WriteSettings();
        var path = _streams.Append(state, leaf, predicate, envelope.ToBytes());
        return new Entry { Leaf = leaf, Payload = envelope.Payload, Predicate = predicate, Signatures = envelope.Signatures, FilePath = path };
    }

    // A repository may hold symbolic links where our folders should be; nothing is written through one that leads out.
    private string Guard(string folder)
    {
        (_workspace ??= new Workspace(_repository.Root)).Resolve(WorkspacePath.Parse(Path.GetRelativePath(_repository.Root, folder)));
        return folder;
    }

    /// <summary>Writes what tells git how to treat the log's files, where it is missing. Appending does the same.</summary>
    /// <exception cref="KernelException">Nothing can be written, or a link leads out of the project.</exception>
    public void Prepare()
    {
        Guard(_layout.Audit);
        WriteSettings();
    }

    private void WriteSettings()
    {
        if (_isPrepared)
            return;
        GitSettings.Write(_layout.Audit);
        _isPrepared = true;
    }

    private EntryReference? LastPresent(EntryReference lost)
    {
        var folder = AuditTree.Read(_layout, lost.Change, lost.Stream);
        return folder.Entries.Count > 0 && folder.Entries[^1].TryRead(out var entry)
            ? new EntryReference(lost.Change, lost.Stream, entry.Predicate.Seq, entry.Leaf)
            : null;
    }

    private ProjectTrust Trust(SigningKey key, EntryKind? kind)
    {
        // Another process may have changed the trust since: what its old key signs from then on would count for nothing.
        if (_trust is null || File.Exists(TrustStore.VersionPath(_repository, _trust.Version + 1)))
        {
            var result = TrustStore.Load(_repository, _options.ConfigurationDirectory);
            _trust = result.Trust ?? throw TrustStore.Refusal(result);
        }

        return _trust.WhyNot(key.KeyId, kind, _options.Time.GetUtcNow()) is not { } why ? _trust : throw new ProvenanceException(
            ProvenanceError.KeyNotTrusted, $"Your key {key.KeyId[..12]} may not sign here: {why}.", KeyHint(_trust.Find(key.KeyId) is not null));
    }

    private static string KeyHint(bool known) => known
        ? "Sign with a key that holds (`colophon key show` shows yours, `colophon trust show` the project's), or have a root let a new one take over: `colophon trust rotate`."
        : "Ask a holder of the project's trust root to add it: `colophon trust show` prints what they need.";

    private Task<FileLock> LockAsync(CancellationToken cancellationToken) =>
        FileLock.AcquireAsync(Path.Combine(_repository.PrivateDirectory, "audit.lock"), _options.Patience, _options.Time, cancellationToken);

    private static ProvenanceException NotFound(string name, string why) =>
        new(ProvenanceError.EntryNotFound, $"'{name}' {why}.", "List the entries with `colophon audit log`.");
}
