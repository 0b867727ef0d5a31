using System.Text;
using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Lines;
using Colophon.Provenance.Attribution.Steps;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>
/// Compares what a commit's entries say they wrote with what it committed. Where the commit starts from the content the entries started from, the bytes must be the same.
/// Where it does not (a rebase, a cherry-pick, two streams in one squash), the lines that the last entry inserted must be there in their order.
/// </summary>
internal sealed class SubjectCheck(GitRepository repository) : IAsyncDisposable
{
    private readonly BlobReader _blobs = new(repository);

    internal async Task RunAsync(HistoryCommit commit, IReadOnlyList<EntryFacts> entries, CancellationToken cancellationToken)
    {
        var claims = new List<(Claim Claim, EntryFacts Facts)>();
        foreach (var facts in entries)
        {
            if (facts.Name.TryRead(out var entry))
                claims.AddRange(Claim.Of(entry).Select(c => (c, facts)));
        }

        claims.Sort(static (a, b) => Claim.Compare(a.Claim, b.Claim));
        foreach (var path in claims.GroupBy(static c => c.Claim.File.Path, StringComparer.Ordinal))
            await PathAsync(commit, path.Key, [.. path.GroupBy(static c => c.Claim.Entry.Predicate.Stream, StringComparer.Ordinal).Select(static s => s.ToArray())], cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _blobs.DisposeAsync();

    private async Task PathAsync(HistoryCommit commit, string path, (Claim Claim, EntryFacts Facts)[][] streams, CancellationToken cancellationToken)
    {
        // What no parent has otherwise is not this commit's doing: the code came before its entries, or comes after them.
        var changes = commit.Changes.Select(list => list.FirstOrDefault(c => c.Path == path || (c.Status == 'R' && c.OldPath == path))).ToArray();
        if (changes.Any(static c => c is null) || changes[0] is not { } change)
            return;
        var now = change.Path == path && change.Status != 'D' ? change.NewBlob : Claim.Absent;
        if (streams.Any(s => s[^1].Claim.After == now) || (now.Length > 0 && !change.IsFile))
            return;
        var content = now.Length > 0 ? await _blobs.ReadAsync(now, cancellationToken).ConfigureAwait(false) : ReadOnlyMemory<byte>.Empty;
        if (content is not { } bytes || streams.Any(s => IsFiltered(bytes.Span, s[^1].Claim.File.After)))
            return;
        var before = change.Status == 'A' ? Claim.Absent : change.OldBlob;
        var sameStart = streams.Length == 1 && commit.Parents.Count <= 1 && streams[0][0].Claim.Before == before;
        foreach (var stream in streams)
        {
            var (last, facts) = stream[^1];
            if (sameStart || !Holds(bytes.Span, last))
                facts.Fail(EntryStatus.SubjectMismatch, $"'{path}' was committed in {commit.Id[..12]} with another content than it says, and no entry of a human edit says so.");
        }
    }

    /// <summary>Whether git keeps the file in another form than it lies in the working tree: other line ends, or a pointer to large content.</summary>
    private static bool IsFiltered(ReadOnlySpan<byte> blob, FileDigest? after)
    {
        if (after is null)
            return false;
        if (blob.StartsWith("version https://git-lfs.github.com/spec/"u8))
            return true;
        if (after.Eol is not ("crlf" or "mixed"))
            return false;
        var text = Encoding.Latin1.GetString(blob).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        return FileDigest.Of(Encoding.Latin1.GetBytes(text)).Sha256 == after.Sha256;
    }

    private static bool Holds(ReadOnlySpan<byte> blob, Claim claim)
    {
        if (claim.File.After is null)
            return blob.IsEmpty;
        var lines = FileLines.Of(blob).Keys;
        var at = 0;
        foreach (var key in claim.Hunks.SelectMany(static h => h.Keys))
        {
            var found = Array.IndexOf(lines, key, at);
            if (found < 0)
                return false;
            at = found + 1;
        }

        return true;
    }
}
