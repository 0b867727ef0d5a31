using Colophon.Engine.Composition;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance;
using Colophon.Provenance.Attribution;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;

namespace Colophon.Engine;

/// <summary>What becomes of a project's old entries.</summary>
public enum RetentionAction
{
    /// <summary>They are packed into segments and stay in the tree.</summary>
    Compress,

    /// <summary>Their segments move to a folder outside the tree.</summary>
    Archive,

    /// <summary>Their segments are deleted; the leaves stay.</summary>
    Prune,
}

/// <summary>Which entries are old enough, and what becomes of them.</summary>
public sealed record RetentionOrder
{
    /// <summary>What is done.</summary>
    public required RetentionAction Action { get; init; }

    /// <summary>Entries recorded before this moment are taken; null for what the configuration says (<c>retention.*_after_days</c>).</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Where an archive lies, absolute; null for <c>retention.archive</c>.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether entries are deleted although lines of theirs stand today. Those lines then have an unknown owner.</summary>
    public bool EvenStanding { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    public bool DryRun { get; init; }
}

/// <summary>Packs, moves and deletes old entries of a project's log.</summary>
public static class ProjectRetention
{
    /// <summary>Does what the order says. A log that does not verify is left alone: packing would hide the fault.</summary>
    /// <exception cref="ProvenanceException">The log does not verify, the entries are too young to be deleted, no folder is named to archive into, or the key may not sign.</exception>
    /// <exception cref="KernelException">Nothing can be written.</exception>
    public static async Task<RetentionReport> RunAsync(ColophonEngine engine, RetentionOrder order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(order);
        var parts = engine.Parts;
        var repository = await parts.RepositoryAsync(cancellationToken).ConfigureAwait(false);
        var audit = await ProjectAudit.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        var request = new RetentionRequest { Before = order.Before ?? Before(parts, order.Action), Actor = await parts.ActorAsync(repository, cancellationToken).ConfigureAwait(false), DryRun = order.DryRun };
        var folder = order.Action == RetentionAction.Archive ? Archive(order.Folder ?? parts.Archive, repository) : "";
        using var key = parts.Key();
        parts.CheckTrust(repository, key, EntryKind.Compaction);
        var verdict = await audit.VerifyAsync(new VerifyRequest(), cancellationToken).ConfigureAwait(false);
        if (verdict.ExitCode is VerifyExitCode.Integrity or VerifyExitCode.Signature or VerifyExitCode.Trust)
            throw new ProvenanceException(ProvenanceError.LogInvalid, $"The log does not verify: {verdict.Summary}", "Nothing was packed, moved or deleted. `colophon audit verify` says what is wrong.");
        var retention = new AuditRetention(parts.Log(repository), repository, parts.AuditOptions);
        return order.Action switch
        {
            RetentionAction.Compress => await retention.CompressAsync(request, key, cancellationToken).ConfigureAwait(false),
            RetentionAction.Archive => await retention.ArchiveAsync(request, folder, key, cancellationToken).ConfigureAwait(false),
            _ when order.EvenStanding => await retention.PruneAsync(request, static _ => false, key, cancellationToken).ConfigureAwait(false),
            _ => await PruneAsync(retention, request, repository, parts, verdict, key, cancellationToken).ConfigureAwait(false),
        };
    }

    private static string Archive(string? folder, GitRepository repository)
    {
        if (folder is null)
            throw new ProvenanceException(ProvenanceError.NoArchive, "There is no folder to archive into.", "Name one with --to, or set retention.archive in your own configuration.");
        var log = Path.Combine(repository.Root, ".openspec") + "/";
        return (Path.GetFullPath(folder) + "/").StartsWith(log, StringComparison.Ordinal)
            ? throw new ProvenanceException(ProvenanceError.NoArchive, $"'{folder}' lies in the log itself.", "Archive into a folder outside .openspec/, best outside the repository.")
            : Path.GetFullPath(folder);
    }

    private static DateTimeOffset Before(EngineParts parts, RetentionAction action)
    {
        var name = action switch { RetentionAction.Compress => "compress", RetentionAction.Archive => "archive", _ => "prune" };
        return parts.Overrides.Time.GetUtcNow() - TimeSpan.FromDays(parts.Configuration.Integer($"retention.{name}_after_days"));
    }

    // Whoever asks tomorrow who wrote a line that stands today must still get the answer.
    private static async Task<RetentionReport> PruneAsync(AuditRetention retention, RetentionRequest request, GitRepository repository, EngineParts parts, VerifyReport verdict, SigningKey key, CancellationToken cancellationToken)
    {
        var standing = await StandingEntries.OfAsync(repository, [.. parts.Log(repository).Entries()], AuthenticEntries.In(verdict), AbsentEntries.In(verdict), cancellationToken).ConfigureAwait(false);
        return await retention.PruneAsync(request, standing.Holds, key, cancellationToken).ConfigureAwait(false) with { Tips = standing.Tips };
    }
}
