using System.Globalization;
using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;

namespace Colophon.Engine.Drift;

/// <summary>A version of a file: the commit that wrote it, when, and its blob.</summary>
internal readonly record struct FileVersion(string Commit, DateTimeOffset When, string Blob);

/// <summary>The versions of some files and the texts behind them, by one process for the history and one for all texts.</summary>
internal sealed class DeltaHistory(GitRepository repository) : IAsyncDisposable
{
    private const int MostPaths = 400;
    private const char CommitMark = '\u0001';

    private readonly BlobReader _blobs = new(repository);
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);

    /// <summary>The versions of each file, the newest first.</summary>
    /// <param name="paths">The files, relative to the repository.</param>
    /// <param name="folder">A folder that holds them all, for when they are too many to name.</param>
    /// <param name="cancellationToken">Ends git.</param>
    /// <exception cref="KernelException">git failed.</exception>
    internal async Task<Dictionary<string, List<FileVersion>>> VersionsAsync(IReadOnlyCollection<string> paths, string folder, CancellationToken cancellationToken)
    {
        string[] arguments = ["log", "--no-renames", "--raw", "-z", "--no-abbrev", $"--format=%x01%H %ct", "--", .. paths.Count <= MostPaths ? paths : [folder]];
        var output = await repository.Git.RunAsync(arguments, default, cancellationToken).ConfigureAwait(false);
        var versions = paths.ToDictionary(static path => path, static _ => new List<FileVersion>(), StringComparer.Ordinal);
        var (commit, when) = ("", default(DateTimeOffset));
        string? blob = null;
        foreach (var token in Encoding.UTF8.GetString(output.Output).Split('\0', '\n'))
        {
            if (token.Length > 0 && token[0] == CommitMark)
            {
                var space = token.IndexOf(' ');
                (commit, when) = (token[1..space], DateTimeOffset.FromUnixTimeSeconds(long.Parse(token.AsSpan(space + 1), CultureInfo.InvariantCulture)));
            }
            else if (token.Length > 0 && token[0] == ':')
            {
                // :<old mode> <new mode> <old blob> <new blob> <status>
                blob = token.Split(' ') is [_, _, _, var id, _] ? id : null;
            }
            else if (blob is not null)
            {
                if (versions.TryGetValue(token, out var list))
                    list.Add(new FileVersion(commit, when, blob));
                blob = null;
            }
        }

        return versions;
    }

    /// <summary>The blobs of files in commits; null where a commit does not have the file. One process for all.</summary>
    /// <exception cref="KernelException">git failed.</exception>
    internal async Task<Dictionary<(string Commit, string Path), string?>> LocateAsync(IReadOnlyCollection<(string Commit, string Path)> places, CancellationToken cancellationToken)
    {
        var located = new Dictionary<(string, string), string?>();
        // A name with a line end cannot be asked for on a line.
        var asked = places.Where(static place => !place.Path.Contains('\n', StringComparison.Ordinal)).ToList();
        if (asked.Count == 0)
            return located;
        var input = Encoding.UTF8.GetBytes(string.Concat(asked.Select(static place => $"{place.Commit}:{place.Path}\n")));
        var output = await repository.Git.RunAsync(["cat-file", "--batch-check"], input, cancellationToken).ConfigureAwait(false);
        var lines = output.Text.Split('\n');
        for (var i = 0; i < asked.Count && i < lines.Length; i++)
            located[asked[i]] = lines[i].Split(' ') is [var id, "blob", _] ? id : null;
        return located;
    }

    /// <summary>The text of a blob, or null where there is none.</summary>
    internal async Task<string?> TextAsync(string? blob, CancellationToken cancellationToken)
    {
        if (blob is null)
            return null;
        if (!_texts.TryGetValue(blob, out var text))
        {
            var bytes = await _blobs.ReadAsync(blob, cancellationToken).ConfigureAwait(false);
            _texts.Add(blob, text = bytes is { } found ? Encoding.UTF8.GetString(found.Span) : null);
        }

        return text;
    }

    public ValueTask DisposeAsync() => _blobs.DisposeAsync();
}
