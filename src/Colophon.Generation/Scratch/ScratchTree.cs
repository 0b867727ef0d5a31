using System.Security.Cryptography;
using Colophon.Generation.Errors;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;

namespace Colophon.Generation.Scratch;

/// <summary>
/// A worktree in which a model may do as it likes: a detached git worktree filled with a byte-exact copy of the user's tree as it is, uncommitted work
/// included. It lies in the session's folder below <c>.colophon/state</c>, on the user's own file system, so that copies can share their blocks and
/// tools that look upwards (for <c>node_modules</c>, say) find what they would find in the project. The user's tree itself is only ever read.
/// </summary>
internal sealed class ScratchTree
{
    private readonly GitRepository _repository;
    private readonly string _directory;
    private readonly ProtectedPaths _protected;
    private readonly RealTree _tree;
    private Snapshot _snapshot;

    private ScratchTree(GitRepository repository, string directory, ProtectedPaths protectedPaths, Snapshot snapshot)
    {
        (_repository, _directory, _protected, _snapshot) = (repository, directory, protectedPaths, snapshot);
        _tree = new RealTree(TreeOf(directory));
    }

    /// <summary>The top of the scratch tree, absolute.</summary>
    public string Root => _tree.Root;

    /// <summary>Whether it was filled a moment ago and nobody has worked in it.</summary>
    public bool IsFresh { get; private set; }

    /// <summary>The user's tree it is a copy of.</summary>
    public Snapshot Snapshot => _snapshot;

    /// <summary>Makes and fills a scratch tree in a session's folder.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.NoCommits"/>: there is nothing yet that a worktree could stand on.</exception>
    /// <exception cref="GenerationException"><see cref="GenerationError.ScratchFailed"/>: read-only tree, full disk.</exception>
    public static async Task<ScratchTree> CreateAsync(GitRepository repository, string directory, ProtectedPaths protectedPaths, CancellationToken cancellationToken)
    {
        var head = await repository.HeadAsync(cancellationToken).ConfigureAwait(false) ?? throw NoCommits(repository);
        var tree = TreeOf(directory);
        try
        {
            Directory.CreateDirectory(directory);
            await repository.Git.RunAsync(["worktree", "add", "--detach", "--no-checkout", "--quiet", "--", tree, head], default, cancellationToken).ConfigureAwait(false);
            var git = await new GitRunner(tree).RunAsync(["rev-parse", "--absolute-git-dir"], default, cancellationToken).ConfigureAwait(false);
            await new GitRunner(tree).RunAsync(["read-tree", head], default, cancellationToken).ConfigureAwait(false);
            var empty = new Snapshot { Commit = head, GitDirectory = git.Text, Files = new Dictionary<string, SnapshotEntry>(StringComparer.Ordinal) };
            var scratch = new ScratchTree(repository, directory, protectedPaths, empty);
            await scratch.RefreshAsync(cancellationToken).ConfigureAwait(false);
            scratch.IsFresh = true;
            return scratch;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or KernelException { Error: KernelError.GitFailed or KernelError.WriteFailed })
        {
            throw CannotFill(directory, e);
        }
    }

    /// <summary>Opens the scratch tree of an interrupted session; null where it is missing or damaged.</summary>
    public static ScratchTree? TryOpen(GitRepository repository, string directory, ProtectedPaths protectedPaths) =>
        Directory.Exists(TreeOf(directory)) && Snapshot.TryLoad(SnapshotOf(directory)) is { } snapshot && Directory.Exists(snapshot.GitDirectory)
            ? new ScratchTree(repository, directory, protectedPaths, snapshot)
            : null;

    /// <summary>Removes a scratch tree and what git knows of it, also one that was made only in part.</summary>
    public static async Task RemoveAsync(GitRepository repository, string directory, CancellationToken cancellationToken)
    {
        var tree = TreeOf(directory);
        await repository.Git.TryRunAsync(["worktree", "remove", "--force", "--force", "--", tree], default, cancellationToken).ConfigureAwait(false);
        if (Directory.Exists(tree))
            Directory.Delete(tree, recursive: true);
    }

    /// <summary>
    /// Makes the scratch tree equal to the user's tree as it is now and takes that as the new state to measure against. What git ignores stays: it is the
    /// model's installed packages and build output.
    /// </summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var head = await _repository.HeadAsync(cancellationToken).ConfigureAwait(false) ?? throw NoCommits(_repository);
        var names = await TreeListing.OfUserAsync(_repository, cancellationToken).ConfigureAwait(false);
        var dirty = await TreeListing.DirtyAsync(_repository, cancellationToken).ConfigureAwait(false);
        try
        {
            var files = new Dictionary<string, SnapshotEntry>(names.Count, StringComparer.Ordinal);
            foreach (var name in names)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (WorkspacePath.TryParse(name, out var path) && !IsOurs(path) && Bring(path) is { } entry)
                    files[name] = entry;
            }

            foreach (var name in await TreeListing.OfScratchAsync(_snapshot.GitDirectory, Root, cancellationToken).ConfigureAwait(false))
            {
                if (!files.ContainsKey(name) && WorkspacePath.TryParse(name.TrimEnd('/'), out var stray))
                    _tree.Remove(stray);
            }

            _snapshot = _snapshot with { Commit = head, Files = files };
            KeepUncommitted(dirty);
            _snapshot.Save(SnapshotOf(_directory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotFill(_directory, e);
        }
    }

    /// <summary>What differs from the state the tree was filled with.</summary>
    public async Task<ChangeSet> ChangesAsync(CancellationToken cancellationToken)
    {
        IsFresh = false;
        var names = await TreeListing.OfScratchAsync(_snapshot.GitDirectory, Root, cancellationToken).ConfigureAwait(false);
        var original = new Originals(_repository, _snapshot, BaseOf(_directory));
        return await new ChangeScan(_tree, _snapshot, _protected, original).RunAsync(names, cancellationToken).ConfigureAwait(false);
    }

    private SnapshotEntry? Bring(WorkspacePath path)
    {
        var source = new FileInfo(Path.Combine(_repository.Root, path.Value));
        var known = _snapshot.Files.GetValueOrDefault(path.Value);
        var target = new FileInfo(_tree.At(path));
        if (known is not null && known.LooksLike(source) && _tree.HasRealParents(path) && known.LooksLike(target))
            return known;

        if (source.LinkTarget is { } link)
        {
            _tree.Clear(path);
            File.CreateSymbolicLink(target.FullName, link);
            return new SnapshotEntry(path, true, UnixFileMode.None, System.Text.Encoding.UTF8.GetByteCount(link), 0, SnapshotEntry.HashOf(link));
        }

        // A file deleted but not yet staged, a submodule, or one that the user may not read.
        if (!source.Exists || !CanRead(source))
            return null;
        _tree.Clear(path);
        File.Copy(source.FullName, target.FullName);
        target.Refresh();
        return new SnapshotEntry(path, false, target.UnixFileMode, target.Length, target.LastWriteTimeUtc.Ticks, HashOf(target.FullName));
    }

    // Files that git does not have: the only copy of their old content, should the user change them while the model works.
    private void KeepUncommitted(IReadOnlySet<string> dirty)
    {
        var kept = BaseOf(_directory);
        if (Directory.Exists(kept))
            Directory.Delete(kept, recursive: true);
        foreach (var entry in _snapshot.Files.Values.Where(e => !e.IsLink && dirty.Contains(e.Path.Value)))
        {
            var copy = Path.Combine(kept, entry.Path.Value);
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? kept);
            File.Copy(_tree.At(entry.Path), copy);
        }
    }

    private static bool IsOurs(WorkspacePath path) =>
        path.Value.StartsWith(".openspec/audit/", StringComparison.Ordinal) || path.Value.StartsWith(".colophon/", StringComparison.Ordinal);

    private static bool CanRead(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string HashOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string TreeOf(string directory) => Path.Combine(directory, "tree");

    private static string BaseOf(string directory) => Path.Combine(directory, "base");

    private static string SnapshotOf(string directory) => Path.Combine(directory, "snapshot.tsv");

    private static KernelException NoCommits(GitRepository repository) =>
        new(KernelError.NoCommits, $"The repository '{repository.Root}' has no commit yet.", "Commit something first: `git add -A && git commit -m \"First commit\"`.");

    private static GenerationException CannotFill(string directory, Exception cause) => new(
        GenerationError.ScratchFailed,
        $"Cannot make the scratch worktree '{TreeOf(directory)}': {cause.Message}",
        "Colophon needs to write below .colophon/state and in git's own directory; check permissions and the room on the disk.",
        cause);
}
