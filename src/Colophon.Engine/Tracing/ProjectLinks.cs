using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Specs.Tracing;
using Colophon.Specs.Tracing.Links;

namespace Colophon.Engine.Tracing;

/// <summary>The links in a project's files: those git tracks, and new ones it does not ignore.</summary>
internal static class ProjectLinks
{
    /// <summary>Finds them, in ordinal order of their files.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="folder">Only below this folder, relative to the root; empty for everything.</param>
    /// <param name="cache">The file that remembers what tracked files hold, or null to remember nothing.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<IReadOnlyList<SpecLink>> FindAsync(GitRepository repository, string folder, string? cache, CancellationToken cancellationToken)
    {
        var tracked = await repository.Git.RunAsync(["ls-files", "-z", "--stage"], default, cancellationToken).ConfigureAwait(false);
        // Changed, deleted and new: what the index does not know the content of.
        var changed = await repository.Git.RunAsync(["ls-files", "-z", "--modified", "--others", "--exclude-standard"], default, cancellationToken).ConfigureAwait(false);
        var files = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var line in tracked.NulSeparated)
        {
            // "mode blob stage\tpath"; links and submodules have other modes.
            if (line.IndexOf('\t', StringComparison.Ordinal) is > 0 and var tab && line.StartsWith("100", StringComparison.Ordinal) && IsWanted(line[(tab + 1)..], folder))
                files[line[(tab + 1)..]] = line.Split(' ')[1];
        }

        foreach (var path in changed.NulSeparated.Where(path => IsWanted(path, folder)))
            files[path] = null;
        var known = cache is null ? [] : LinkCache.Load(cache);
        var found = new (string Path, string? Blob, IReadOnlyList<SpecLink> Links)[files.Count];
        var all = files.ToArray();
        Parallel.For(0, all.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var (path, blob) = all[i];
            found[i] = (path, blob, blob is not null && known.TryGetValue(path, out var old) && old.Blob == blob ? old.Links : Scan(repository.Root, path));
        });
        if (cache is not null && found.Any(file => file.Blob is not null && !(known.TryGetValue(file.Path, out var old) && old.Blob == file.Blob)))
            LinkCache.Save(cache, found);
        return [.. found.SelectMany(static file => file.Links)];
    }

    /// <summary>The tests of a project by the slug of their names, without a "test" in front.</summary>
    public static async Task<ILookup<string, TracedTest>> TestNamesAsync(GitRepository repository, string folder, CancellationToken cancellationToken)
    {
        var files = await repository.Git.RunAsync(["ls-files", "-z", "--cached", "--others", "--exclude-standard"], default, cancellationToken).ConfigureAwait(false);
        var tests = new List<(string Slug, TracedTest Test)>();
        foreach (var path in files.NulSeparated.Where(path => IsWanted(path, folder)).Distinct(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var test in Read(repository.Root, path) is { } bytes ? LinkScanner.Tests(path, bytes) : [])
                tests.Add((SlugOf(test.Name), new TracedTest(path, test.Line, test, IsWhole: false, IsByName: true)));
        }

        return tests.ToLookup(static test => test.Slug, static test => test.Test, StringComparer.Ordinal);
    }

    /// <summary>What a test's name and a scenario's have in common where one is named as the other is.</summary>
    public static string SlugOf(string name)
    {
        var slug = TraceSlug.Of(name, "");
        return slug.StartsWith("test-", StringComparison.Ordinal) ? slug["test-".Length..] : slug;
    }

    private static IReadOnlyList<SpecLink> Scan(string root, string path) => Read(root, path) is { } bytes ? LinkScanner.Scan(path, bytes) : [];

    private static byte[]? Read(string root, string path)
    {
        try
        {
            var file = new FileInfo(Path.Combine(root, path));
            return file.Exists && file.LinkTarget is null && file.Length is > 0 and <= LinkScanner.MaximumBytes ? UntrustedFile.Read(file.FullName, LinkScanner.MaximumBytes) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The specifications themselves and what Colophon keeps are not where tests are.
    private static bool IsWanted(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal)
        && !path.StartsWith(folder + "openspec/", StringComparison.Ordinal)
        && !path.StartsWith(".openspec/", StringComparison.Ordinal)
        && !path.StartsWith(".colophon/", StringComparison.Ordinal);
}
