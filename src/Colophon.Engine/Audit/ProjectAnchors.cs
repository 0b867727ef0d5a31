using Colophon.Engine.Composition;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Provenance;
using Colophon.Provenance.Anchors;

namespace Colophon.Engine;

/// <summary>What was anchored, and by what.</summary>
/// <param name="Statement">What was given to be remembered.</param>
/// <param name="Tag">The tag that was made; null where none was asked for.</param>
/// <param name="File">The file that was added to, or null.</param>
/// <param name="Request">The request for a time-stamping authority that was written, or null.</param>
/// <param name="StampedAt">The time that an authority's reply names, or null.</param>
public sealed record AnchorOutcome(AnchorStatement Statement, string? Tag, string? File, string? Request, DateTimeOffset? StampedAt);

/// <summary>What is to remember the log's present state. Paths are absolute; at least one thing is asked for.</summary>
public sealed record AnchorOrder
{
    /// <summary>Whether a signed git tag is made.</summary>
    public bool Tag { get; init; }

    /// <summary>A file on storage that only takes additions.</summary>
    public string? File { get; init; }

    /// <summary>Where the request for a time-stamping authority is written.</summary>
    public string? Request { get; init; }

    /// <summary>An authority's reply to take in.</summary>
    public string? Reply { get; init; }
}

/// <summary>Gives the log's state to somebody or something outside that will remember it.</summary>
public static class ProjectAnchors
{
    private const int LargestReply = 1 << 20;

    /// <summary>Anchors the log as it stands; what was appended and not yet checkpointed is sealed first.</summary>
    /// <exception cref="ProvenanceException">The key may not sign, there is nothing to anchor, or what is to remember it cannot be used.</exception>
    /// <exception cref="KernelException">A file cannot be written.</exception>
    public static async Task<AnchorOutcome> RunAsync(ColophonEngine engine, AnchorOrder order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(order);
        var parts = engine.Parts;
        var repository = await parts.RepositoryAsync(cancellationToken).ConfigureAwait(false);
        var anchors = new AuditAnchors(repository, parts.AuditOptions);
        if (order.Reply is { } reply)
        {
            var (statement, at) = anchors.Reply(Read(reply));
            return new AnchorOutcome(statement, null, null, null, at);
        }

        // Before anything is signed: a file that is somebody else's is left as it is.
        if (order.Request is { } asked && Path.Exists(asked) && !AuditAnchors.IsRequest(asked))
            throw new ProvenanceException(ProvenanceError.AnchorUnusable, $"'{asked}' is there, and is no request for a time-stamping authority.", "Name another file, or move that one away first.");
        if (order.File is { } remembering && File.Exists(remembering))
            AnchorFile.Demand(remembering);
        using var key = parts.Key();
        parts.CheckTrust(repository, key);
        await parts.Log(repository).SealAsync(key, cancellationToken).ConfigureAwait(false);
        var present = anchors.Statement();
        var tag = order.Tag ? await TagAsync(anchors, present, parts, repository, key, cancellationToken).ConfigureAwait(false) : null;
        if (order.File is { } file)
            AnchorFile.Append(file, present);
        if (order.Request is { } request)
            AtomicFile.Write(request, anchors.Request(present));
        return new AnchorOutcome(present, tag, order.File, order.Request, null);
    }

    // The tag holds the commit, so the commit must hold the log.
    private static async Task<string> TagAsync(
        AuditAnchors anchors, AnchorStatement statement, EngineParts parts, GitRepository repository, Provenance.Keys.SigningKey key, CancellationToken cancellationToken)
    {
        var open = await repository.Git.RunAsync(["status", "--porcelain", "--untracked-files=all", "--", ".openspec/audit"], default, cancellationToken).ConfigureAwait(false);
        if (open.Text.Length > 0)
            throw new ProvenanceException(ProvenanceError.AnchorUnusable, "The log holds what is not committed yet, so a tag would not hold it.", "Commit .openspec/audit, then anchor.");
        return await anchors.TagAsync(statement, await parts.PersonAsync(repository, cancellationToken).ConfigureAwait(false), key, cancellationToken).ConfigureAwait(false);
    }

    private static byte[] Read(string path)
    {
        try
        {
            return UntrustedFile.Read(path, LargestReply) ?? throw new ProvenanceException(ProvenanceError.AnchorUnusable, $"'{path}' is too large for a reply.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProvenanceException(ProvenanceError.AnchorUnusable, $"'{path}' cannot be read: {e.Message}", "Name the file with the authority's reply.", e);
        }
    }
}
