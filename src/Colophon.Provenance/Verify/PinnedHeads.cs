using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>
/// How far the streams went when this branch was last verified here, kept in git's own directory. Whoever cuts the log short together with its checkpoints is
/// found by it. Where the branch does not hold the commit of that time any more (a reset, an amended commit, a rebase), only what no other branch or tag holds either is missed:
/// what was merely put elsewhere is not lost.
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
        var gone = lines.Skip(1).Select(Read).OfType<Tip>().Where(t => !Stands(t, streams)).ToArray();
        if (gone.Length == 0)
            return;
        var isPast = await IsPastAsync(lines[0], cancellationToken).ConfigureAwait(false);
        if (!isPast && !await IsDroppedAsync(lines[0], cancellationToken).ConfigureAwait(false))
            return;
        foreach (var tip in gone)
        {
            if (isPast || !await IsElsewhereAsync(tip, cancellationToken).ConfigureAwait(false))
                report(EntryStatus.Truncated, path, $"The stream '{tip.Key}' had {tip.Size} entries when it was last verified here; its entry {tip.Leaf[..12]} is gone.{(isPast ? "" : " No branch or tag holds it any more.")} If you dropped it yourself, say so: `colophon audit verify --accept-rollback`.");
        }
    }

    internal async Task SaveAsync(IEnumerable<StreamFacts> streams, CancellationToken cancellationToken)
    {
        var text = new StringBuilder(await repository.HeadAsync(cancellationToken).ConfigureAwait(false) ?? NoCommit).Append('\n');
        foreach (var stream in streams.Where(static s => s.Length > 0).OrderBy(static s => s.Folder.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{stream.Folder.Key} {stream.Length} {stream.Entries[^1].LeafHex}\n");
        AtomicFile.Write(await PathAsync(cancellationToken).ConfigureAwait(false), Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static Tip? Read(string line) =>
        line.Split(' ') is [var key, var number, { Length: > 12 } leaf] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? new Tip(key, size, leaf) : null;

    private static bool Stands(Tip tip, IReadOnlyDictionary<string, StreamFacts> streams) =>
        streams.TryGetValue(tip.Key, out var stream) && stream.Entries.Any(e => e.Name.Seq == tip.Size && e.LeafHex == tip.Leaf);

    /// <summary>Whether the branch was moved away from a commit that nothing else holds. A head without a branch is moved to anywhere as a matter of course.</summary>
    private async Task<bool> IsDroppedAsync(string commit, CancellationToken cancellationToken)
    {
        return commit.All(char.IsAsciiHexDigit) && await repository.BranchAsync(cancellationToken).ConfigureAwait(false) is not null
            && await CommitHolders.OfAsync(repository, commit, cancellationToken).ConfigureAwait(false) is null;
    }

    /// <summary>Whether any branch, tag or stash ever held the entry's file: rebased, picked or squashed there.</summary>
    private Task<bool> IsElsewhereAsync(Tip tip, CancellationToken cancellationToken) =>
        CommitHolders.EverHeldAsync(repository, Path.Combine(new AuditLayout(repository.Root).Streams, tip.Key, AuditLayout.EntryName(tip.Size, tip.Leaf)), cancellationToken);

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

    /// <summary>The last entry of a stream as it was verified.</summary>
    private sealed record Tip(string Key, long Size, string Leaf);
}
