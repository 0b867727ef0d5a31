using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;

namespace Colophon.Provenance.Verify;

/// <summary>
/// How far the streams went when this branch was last verified here, kept in git's own directory. Whoever cuts the log short together with its checkpoints is
/// found by it, as long as the branch still holds the commit of that time; on another branch it says nothing.
/// </summary>
internal sealed class PinnedHeads(GitRepository repository)
{
    private const string NoCommit = "-";

    /// <summary>Reports the streams that are shorter than they were, or other ones.</summary>
    internal async Task CheckAsync(IReadOnlyDictionary<string, StreamFacts> streams, Action<EntryStatus, string, string> report, CancellationToken cancellationToken)
    {
        var path = await PathAsync(cancellationToken).ConfigureAwait(false);
        if (!File.Exists(path))
            return;
        var lines = await File.ReadAllLinesAsync(path, cancellationToken).ConfigureAwait(false);
        if (lines.Length == 0 || !await IsPastAsync(lines[0], cancellationToken).ConfigureAwait(false))
            return;
        foreach (var line in lines.Skip(1))
        {
            if (line.Split(' ') is not [var key, var number, var leaf] || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                continue;
            var entries = streams.GetValueOrDefault(key)?.Entries ?? [];
            if (!entries.Any(e => e.Name.Seq == size && e.LeafHex == leaf))
                report(EntryStatus.Truncated, path, $"The stream '{key}' had {size} entries when it was last verified here; its entry {leaf[..12]} is gone.");
        }
    }

    internal async Task SaveAsync(IEnumerable<StreamFacts> streams, CancellationToken cancellationToken)
    {
        var text = new StringBuilder(await repository.HeadAsync(cancellationToken).ConfigureAwait(false) ?? NoCommit).Append('\n');
        foreach (var stream in streams.Where(static s => s.Length > 0).OrderBy(static s => s.Folder.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{stream.Folder.Key} {stream.Length} {stream.Entries[^1].LeafHex}\n");
        AtomicFile.Write(await PathAsync(cancellationToken).ConfigureAwait(false), Encoding.UTF8.GetBytes(text.ToString()));
    }

    private async Task<bool> IsPastAsync(string commit, CancellationToken cancellationToken)
    {
        var head = await repository.HeadAsync(cancellationToken).ConfigureAwait(false);
        if (commit == NoCommit || commit == head)
            return true;
        return head is not null && commit.All(char.IsAsciiHexDigit)
            && (await repository.Git.TryRunAsync(["merge-base", "--is-ancestor", commit, head], default, cancellationToken).ConfigureAwait(false)).ExitCode == 0;
    }

    private async Task<string> PathAsync(CancellationToken cancellationToken)
    {
        var branch = await repository.BranchAsync(cancellationToken).ConfigureAwait(false) ?? "";
        return Path.Combine(repository.PrivateDirectory, "heads", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(branch)))[..16]);
    }
}
