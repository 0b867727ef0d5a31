using System.Collections.Concurrent;
using System.Text;
using Colophon.Engine.Composition;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;
using Colophon.Security.Redaction;

namespace Colophon.Engine;

/// <summary>What is to be looked through.</summary>
public sealed record SecretScanRequest
{
    /// <summary>Files and folders, relative to where the user is; empty for the whole project.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Look through what is staged for the next commit, as it is staged, for what the last commit does not have in the same file.</summary>
    public bool Staged { get; init; }
}

/// <summary>A place that looks like a secret.</summary>
/// <param name="Path">The file, relative to the project, with <c>/</c>.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1 in characters.</param>
/// <param name="Kind">What it is, such as <c>github-token</c>.</param>
/// <param name="Masked">What may be shown of it; never the secret.</param>
/// <param name="Hash">What <c>secrets.allow</c> names it by: <c>sha256:</c> and 64 hex digits.</param>
public sealed record SecretFinding(string Path, int Line, int Column, string Kind, string Masked, string Hash);

/// <summary>What a scan found, and what it did not look into.</summary>
/// <param name="Findings">By path and line.</param>
/// <param name="Files">How many files were read.</param>
/// <param name="Binary">How many hold bytes that are no text.</param>
/// <param name="Large">How many are longer than 8 MiB.</param>
/// <param name="Excluded">How many the settings pass over.</param>
/// <param name="Unreadable">The files that could not be read.</param>
public sealed record SecretScanReport(IReadOnlyList<SecretFinding> Findings, int Files, int Binary, int Large, int Excluded, IReadOnlyList<string> Unreadable);

/// <summary>Looks for secrets in a project's files: those that git tracks or would add, or every file where there is no repository.</summary>
public static class SecretScan
{
    private const int Largest = 8 * 1024 * 1024;

    /// <summary>As git does: text holds no zero byte in its first 8000.</summary>
    private const int Judged = 8000;

    /// <summary>Looks.</summary>
    /// <param name="directory">Where the user is, absolute.</param>
    /// <param name="request">What at.</param>
    /// <param name="overrides">What the caller sets for this run.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="KernelException">A path is not there, cannot be read or lies outside the project, the configuration is wrong, or git fails.</exception>
    public static async Task<SecretScanReport> RunAsync(string directory, SecretScanRequest request, EngineOverrides overrides, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(overrides);
        var repository = await GitRepository.TryDiscoverAsync(directory, cancellationToken).ConfigureAwait(false);
        var parts = new EngineParts(new EngineFolders(Path.GetFullPath(directory), repository), EngineEnvironment.Of(overrides.Environment), overrides);
        var root = repository?.Root ?? Path.GetFullPath(directory);
        var search = new Search(root, parts.Secrets, [.. parts.Secrets.AllowedPaths, .. parts.Globs("secrets.scan_exclude")]);
        var paths = Relative(root, directory, request.Paths, mustRead: !request.Staged);
        if (request.Staged)
            await search.StagedAsync(repository ?? await GitRepository.DiscoverAsync(directory, cancellationToken).ConfigureAwait(false), paths, cancellationToken).ConfigureAwait(false);
        else
            search.Tree(repository is null ? Walk(root, paths) : await ListAsync(repository, paths, cancellationToken).ConfigureAwait(false), cancellationToken);
        return search.Report();
    }

    /// <summary>A text for people without what looks like a secret.</summary>
    public static string Without(string text) => Redactor.Scrub(text);

    /// <summary>The paths as the project names them.</summary>
    private static List<string> Relative(string root, string directory, IReadOnlyList<string> paths, bool mustRead)
    {
        var found = new List<string>();
        foreach (var path in paths)
        {
            var full = Path.GetFullPath(path, directory);
            if (!Path.Exists(full))
                throw new KernelException(KernelError.PathInvalid, $"There is no file or folder '{path}'.", "Name files and folders of the project, relative to where you are.");
            var relative = Path.GetRelativePath(root, full);
            if (relative == ".." || relative.StartsWith("../", StringComparison.Ordinal))
                throw new KernelException(KernelError.PathInvalid, $"'{path}' lies outside the project '{root}'.", "Go there first: colophon -C <folder> secret scan");
            if (mustRead && Refusal(full) is { } refusal)
                throw new KernelException(KernelError.PathInvalid, $"'{path}' cannot be looked into: {refusal.Message}", "Name plain files and folders that you may read.", refusal);
            found.Add(relative);
        }

        return found;
    }

    private static Exception? Refusal(string path)
    {
        try
        {
            if (Directory.Exists(path))
                _ = Directory.EnumerateFileSystemEntries(path).Any();
            else
                _ = UntrustedFile.ReadStart(path, 1);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e;
        }
    }

    private static async Task<IReadOnlyList<string>> ListAsync(GitRepository repository, List<string> paths, CancellationToken cancellationToken)
    {
        string[] query = ["--literal-pathspecs", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", .. paths];
        var listed = (await repository.Git.RunAsync(query, default, cancellationToken).ConfigureAwait(false)).NulSeparated;
        // A file that was named is meant, ignored or not.
        return [.. listed.Concat(paths.Where(path => File.Exists(Path.Combine(repository.Root, path)))).Distinct(StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> Walk(string root, List<string> paths)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return
        [
            .. (paths.Count == 0 ? [root] : paths.Select(path => Path.Combine(root, path)))
                .SelectMany(path => File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*", options))
                .Select(path => Path.GetRelativePath(root, path)).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>One scan, on several threads.</summary>
    private sealed class Search(string root, ScanOptions options, IReadOnlyList<PathGlob> excluded)
    {
        private readonly ConcurrentBag<SecretFinding> _findings = [];
        private readonly ConcurrentBag<string> _unreadable = [];
        private int _files;
        private int _binary;
        private int _large;
        private int _excluded;

        internal SecretScanReport Report() => new(
            [.. _findings.OrderBy(static f => f.Path, StringComparer.Ordinal).ThenBy(static f => f.Line).ThenBy(static f => f.Column)], _files, _binary, _large, _excluded, [.. _unreadable.Order(StringComparer.Ordinal)]);

        internal void Tree(IReadOnlyList<string> paths, CancellationToken cancellationToken) => Parallel.ForEach(paths, new ParallelOptions { CancellationToken = cancellationToken }, path =>
        {
            if (IsExcluded(path))
                return;
            try
            {
                var file = new FileInfo(Path.Combine(root, path));
                // A link is where it leads; a submodule is a project of its own; what was deleted holds nothing.
                if (!file.Exists || file.LinkTarget is not null)
                    return;
                if (UntrustedFile.Read(file.FullName, Largest) is { } bytes)
                    Look(path, bytes, []);
                else
                    Interlocked.Increment(ref _large);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _unreadable.Add(path);
            }
        });

        internal async Task StagedAsync(GitRepository repository, List<string> paths, CancellationToken cancellationToken)
        {
            string[] query = ["--literal-pathspecs", "diff", "--cached", "--raw", "-z", "--no-renames", "--abbrev=64", "--diff-filter=AMT", "--", .. paths];
            var fields = (await repository.Git.RunAsync(query, default, cancellationToken).ConfigureAwait(false)).NulSeparated;
            var blobs = new BlobReader(repository);
            await using var _ = blobs.ConfigureAwait(false);
            for (var i = 0; i + 1 < fields.Count; i += 2)
            {
                // :mode mode id id status
                if (fields[i].Split(' ') is not [_, var mode, var before, var after, _] || mode is "120000" or "160000" || IsExcluded(fields[i + 1]))
                    continue;
                var known = new HashSet<string>(StringComparer.Ordinal);
                if (before.AsSpan().ContainsAnyExcept('0') && await blobs.ReadAsync(before, cancellationToken).ConfigureAwait(false) is { } old && old.Length <= Largest && Text(old.Span) is { } text)
                    known.UnionWith(SecretScanner.Scan(text, options).Select(match => SecretScanner.HashOf(text.AsSpan(match.Start, match.Length))));
                if (await blobs.ReadAsync(after, cancellationToken).ConfigureAwait(false) is not { } bytes)
                    _unreadable.Add(fields[i + 1]);
                else if (bytes.Length > Largest)
                    _large++;
                else
                    Look(fields[i + 1], bytes.Span, known);
            }
        }

        private static string? Text(ReadOnlySpan<byte> bytes) => bytes switch
        {
            [0xff, 0xfe, ..] => Encoding.Unicode.GetString(bytes),
            [0xfe, 0xff, ..] => Encoding.BigEndianUnicode.GetString(bytes),
            _ => bytes[..Math.Min(Judged, bytes.Length)].Contains((byte)0) ? null : Encoding.UTF8.GetString(bytes),
        };

        private bool IsExcluded(string path)
        {
            if (!excluded.Any(glob => glob.Matches(path)))
                return false;
            Interlocked.Increment(ref _excluded);
            return true;
        }

        private void Look(string path, ReadOnlySpan<byte> bytes, HashSet<string> known)
        {
            if (Text(bytes) is not { } text)
            {
                Interlocked.Increment(ref _binary);
                return;
            }

            Interlocked.Increment(ref _files);
            var (line, start, at) = (1, 0, 0);
            foreach (var match in SecretScanner.Scan(text, options))
            {
                for (; at < match.Start; at++)
                {
                    if (text[at] == '\n')
                        (line, start) = (line + 1, at + 1);
                }

                var secret = text.AsSpan(match.Start, match.Length);
                var hash = SecretScanner.HashOf(secret);
                if (!known.Contains(hash))
                    _findings.Add(new SecretFinding(path, line, match.Start - start + 1, match.Kind, Redactor.Mask(secret, match.Kind), $"sha256:{hash}"));
            }
        }
    }
}
