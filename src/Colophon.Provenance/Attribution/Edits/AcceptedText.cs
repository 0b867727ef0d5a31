using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution.Lines;
using Colophon.Provenance.Attribution.Steps;
using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Attribution.Edits;

/// <summary>What git holds of a file; <see cref="Claim.Absent"/> and no bytes where there is none, no bytes either where the object is not here.</summary>
internal sealed record HeldFile(string Blob, byte[]? Bytes)
{
    internal bool IsAbsent => Blob.Length == 0;

    /// <summary>The keys of its lines; null where it has none to tell apart.</summary>
    internal ulong[]? Keys { get; } = Blob.Length == 0 ? [] : Bytes is not null && FileLines.Of(Bytes) is { Skipped: null } lines ? lines.Keys : null;

    /// <summary>Whether this is a content as git keeps it.</summary>
    internal bool Is(FileDigest? content) => CommittedForm.Is(Blob, content) || (Bytes is not null && CommittedForm.IsNormalised(Bytes, content));

    internal static async Task<HeldFile> ReadAsync(BlobReader blobs, string? id, CancellationToken cancellationToken) =>
        id is null ? new HeldFile(Claim.Absent, null) : new HeldFile(id, (await blobs.ReadAsync(id, cancellationToken).ConfigureAwait(false))?.ToArray());
}

/// <summary>What entries leave a file with. It need not have been kept: its lines are replayed as keys from a content that git holds.</summary>
/// <param name="Digest">The content; null where there is none.</param>
/// <param name="Keys">Its lines; null where they cannot be told.</param>
/// <param name="MeetsHead">Whether the entries go on from what is checked out, or have come there.</param>
internal sealed record AcceptedText(FileDigest? Digest, ulong[]? Keys, bool MeetsHead)
{
    /// <summary>What a person's edit starts from, where <paramref name="head"/> is checked out.</summary>
    internal static async Task<AcceptedText> AboveAsync(SubjectChain chain, HeldFile head, bool isCommitted, BlobReader blobs, CancellationToken cancellationToken)
    {
        var claims = chain.Claims.ToList();
        if (claims.FindLastIndex(c => head.Is(c.File.After)) is >= 0 and var reached)
            return Replay(claims[reached].File.After, KeysOf(head, claims[reached].File.After), claims[(reached + 1)..]) with { MeetsHead = true };
        if (claims.FindIndex(c => head.Is(c.File.Before)) is >= 0 and var first)
            return Replay(claims[first].File.Before, KeysOf(head, claims[first].File.Before), claims[first..]) with { MeetsHead = true };
        if (isCommitted)
            return new AcceptedText(head.Bytes is null ? null : FileDigest.Of(head.Bytes), head.Keys, MeetsHead: true);
        return await OfAsync(chain, blobs, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the entries leave the file with, from the first content they name that git holds.</summary>
    internal static async Task<AcceptedText> OfAsync(SubjectChain chain, BlobReader blobs, CancellationToken cancellationToken)
    {
        var claims = chain.Claims.ToList();
        for (var i = 0; i < claims.Count; i++)
        {
            var before = await HeldFile.ReadAsync(blobs, claims[i].File.Before?.Blob, cancellationToken).ConfigureAwait(false);
            if (Replay(claims[i].File.Before, before.Keys, claims[i..]) is { Keys: not null } known)
                return known;
        }

        return new AcceptedText(chain.Last.File.After, null, MeetsHead: false);
    }

    // What stands for the content (a pointer) has other lines.
    private static ulong[]? KeysOf(HeldFile held, FileDigest? content) => held.Keys is { } keys && keys.Length == (content?.Lines ?? 0) ? keys : null;

    private static AcceptedText Replay(FileDigest? start, ulong[]? known, List<Claim> claims)
    {
        var (at, keys) = (start, known?.ToList());
        foreach (var claim in claims)
        {
            if (claim.File.Before?.Sha256 != at?.Sha256 || !claim.IsSound || keys?.Count != (claim.File.Before?.Lines ?? 0))
                keys = null;
            foreach (var hunk in keys is null ? [] : claim.Hunks.Reverse())
            {
                keys?.RemoveRange(hunk.OldStart, hunk.OldLines);
                keys?.InsertRange(hunk.OldStart, hunk.Keys);
            }

            at = claim.File.After;
        }

        return new AcceptedText(at, keys?.ToArray(), MeetsHead: false);
    }
}
