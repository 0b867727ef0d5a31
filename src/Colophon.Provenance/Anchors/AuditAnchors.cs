using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Anchors;

/// <summary>Makes anchors: gives the log's present state to somebody or something that will remember it.</summary>
/// <param name="repository">The repository.</param>
/// <param name="options">How its log is opened.</param>
public sealed class AuditAnchors(GitRepository repository, AuditOptions options)
{
    internal const string StatementSuffix = ".anchor";
    internal const string TokenSuffix = ".tsr";

    private const int LargestRequest = 1 << 16;

    private readonly AuditLayout _layout = new(repository.Root);

    /// <summary>The statement over the log as it stands. Seal the log first: what no heads note covers is not in it.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.AnchorUnusable"/>: there are no heads; or the project has no trust.</exception>
    public AnchorStatement Statement()
    {
        var trust = TrustStore.Load(repository, options.ConfigurationDirectory);
        var repo = trust.Trust?.Repo ?? throw TrustStore.Refusal(trust);
        var tips = new HashSet<string>(StringComparer.Ordinal);
        var built = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in AuditTree.Heads(_layout, []))
        {
            if (!HeadsNote.TryParse(BoundedFile.ReadNote(path), out var note))
                continue;
            tips.Add(note.Hash);
            built.UnionWith(note.Priors);
        }

        tips.ExceptWith(built);
        return tips.Count > 0
            ? new AnchorStatement(repo, [.. tips.Order(StringComparer.Ordinal)])
            : throw new ProvenanceException(ProvenanceError.AnchorUnusable, "There is nothing to anchor: the log has no heads.", "Accept something first.");
    }

    /// <summary>Anchors by a signed tag on a commit that holds the log.</summary>
    /// <returns>The tag's name.</returns>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.AnchorUnusable"/>: it exists, or there is no commit.</exception>
    public async Task<string> TagAsync(AnchorStatement statement, string person, SigningKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(key);
        var head = await repository.HeadAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new ProvenanceException(ProvenanceError.AnchorUnusable, "There is no commit to tag.", "Commit first.");
        return await AnchorTag.CreateAsync(repository, head, statement, person, options.Time.GetUtcNow(), key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps the statement in the log and returns the request to send to a time-stamping authority.</summary>
    public byte[] Request(AnchorStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        AtomicFile.TryCreate(Path.Combine(Folder(), statement.Name + StatementSuffix), System.Text.Encoding.UTF8.GetBytes(statement.Text));
        return TimeStamp.Request(statement);
    }

    /// <summary>Whether a file is empty or a request for a time-stamping authority.</summary>
    public static bool IsRequest(string path)
    {
        try
        {
            return UntrustedFile.Read(path, LargestRequest) is { } bytes && (bytes.Length == 0 || (System.Security.Cryptography.Pkcs.Rfc3161TimestampRequest.TryDecode(bytes, out _, out var read) && read == bytes.Length));
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Takes an authority's reply into the log.</summary>
    /// <returns>The statement it is over, and the time it names.</returns>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.AnchorUnusable"/>: it is no reply, or over no statement of this log.</exception>
    public (AnchorStatement Statement, DateTimeOffset At) Reply(ReadOnlyMemory<byte> reply)
    {
        var token = TimeStamp.Read(reply, out var fault)
            ?? throw new ProvenanceException(ProvenanceError.AnchorUnusable, $"The reply cannot be used: {fault}.", "Ask the authority again with a fresh request.");
        foreach (var path in Directory.EnumerateFiles(Folder(), "*" + StatementSuffix).Order(StringComparer.Ordinal))
        {
            if (!AnchorStatement.TryParse(System.Text.Encoding.UTF8.GetString(BoundedFile.ReadNote(path)), out var statement) || !token.TokenInfo.GetMessageHash().Span.SequenceEqual(statement.Digest))
                continue;
            if (!TimeStamp.IsOver(token, statement, out fault))
                break;
            AtomicFile.TryCreate(Path.ChangeExtension(path, TokenSuffix), token.AsSignedCms().Encode());
            return (statement, token.TokenInfo.Timestamp);
        }

        throw new ProvenanceException(ProvenanceError.AnchorUnusable, "The reply is over no statement of this log.", "Make a request with `colophon audit anchor --request`, and take the reply to that one.");
    }

    private string Folder()
    {
        var folder = _layout.Anchors;
        new Workspace(repository.Root).Resolve(WorkspacePath.Parse(Path.GetRelativePath(repository.Root, folder)));
        Directory.CreateDirectory(folder);
        return folder;
    }
}
