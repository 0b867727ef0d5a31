using System.Security.Cryptography.X509Certificates;
using Colophon.Kernel.Git;
using Colophon.Provenance.Anchors;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Verify;

/// <summary>
/// Compares the log with what anchors remember of it: the heads they name must still be here. Says how much of the log no anchor covers.
/// </summary>
internal sealed class AnchorCheck(GitRepository repository, AuditLayout layout, HeadsCheck heads, IReadOnlyDictionary<string, StreamFacts> streams, ProjectTrust? trust, Action<EntryStatus, string, string> report)
{
    private static readonly TimeSpan s_slack = TimeSpan.FromMinutes(5);

    private readonly List<AnchorFact> _facts = [];
    private readonly Dictionary<string, (long Size, DateTimeOffset? At)> _covered = new(StringComparer.Ordinal);

    internal async Task<AnchorReport> RunAsync(VerifyOptions options, IReadOnlyCollection<EntryFacts> entries, CancellationToken cancellationToken)
    {
        var absent = new AbsentAnchor(repository, layout, heads, streams);
        // The newest first: its commit mostly holds what the others name.
        foreach (var tag in (await AnchorTag.ListAsync(repository, cancellationToken).ConfigureAwait(false)).OrderByDescending(static t => t.At))
        {
            var key = tag.Signer is { } signer ? trust?.Find(signer.KeyId) : null;
            var fault = trust is not null && tag.Statement.Repo != trust.Repo ? "it belongs to another log" : tag.Signer is null ? "it has no ssh signature by an Ed25519 key" : key is null || trust?.Standing(key.Key.KeyId, null, tag.At) != KeyStanding.Trusted ? "its key is not trusted at its time" : null;
            // Heads that came along with a rebase or a squash are anchored wherever the tag lies.
            if (fault is null && !tag.IsHere && !tag.Statement.Heads.All(h => heads.StateOf(h) is not null))
            {
                (fault, var finding) = await absent.JudgeAsync(tag, cancellationToken).ConfigureAwait(false);
                if (finding is { } found)
                    report(found.Status, found.Path, found.Message);
            }

            Take(new AnchorFact(AnchorKind.Tag, tag.Name, tag.At, fault is null ? key?.Name : null, fault), tag.Statement, $"refs/tags/{tag.Name}");
        }

        _facts.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        using var authority = new Certificates(options.Authorities);
        var statements = Statements();
        foreach (var path in Files(AuditAnchors.TokenSuffix))
            Stamp(path, statements, authority.Collection);
        foreach (var file in options.AnchorFiles)
        {
            foreach (var statement in AnchorFile.Read(file).Where(s => IsOurs(s, file)))
                Take(new AnchorFact(AnchorKind.File, file, null, "its storage", null), statement, file);
        }

        var unprotected = 0;
        foreach (var entry in entries)
        {
            if (_covered.TryGetValue(entry.Folder.Key, out var covered) && entry.Name.Seq <= covered.Size)
                continue;
            unprotected++;
            if (options.RequireAnchor)
                entry.Fail(EntryStatus.Unanchored, "No anchor covers it.");
        }

        Clocks(entries);
        return new AnchorReport(_facts, unprotected, _facts.Where(static f => f.Fault is null).Max(static f => f.At));
    }

    private IEnumerable<string> Files(string suffix) =>
        Directory.Exists(layout.Anchors) && !layout.IsThroughLink(layout.Anchors) ? Directory.GetFiles(layout.Anchors, "*" + suffix).Order(StringComparer.Ordinal) : [];

    /// <summary>What was given to authorities, stamped or not yet, by path.</summary>
    private Dictionary<string, AnchorStatement> Statements()
    {
        var statements = new Dictionary<string, AnchorStatement>(StringComparer.Ordinal);
        foreach (var path in Files(AuditAnchors.StatementSuffix))
        {
            var text = System.Text.Encoding.UTF8.GetString(BoundedFile.ReadNote(path));
            if (!AnchorStatement.TryParse(text, out var statement) || statement.Text != text || statement.Name != Path.GetFileNameWithoutExtension(path))
                report(EntryStatus.Malformed, path, "It is no anchor's statement, or has another name than its content.");
            else if (IsOurs(statement, path))
                statements[path] = statement;
        }

        return statements;
    }

    private bool IsOurs(AnchorStatement statement, string path)
    {
        if (trust is null || statement.Repo == trust.Repo)
            return true;
        report(EntryStatus.CheckpointMismatch, path, "This anchor belongs to another log.");
        return false;
    }

    private void Stamp(string path, Dictionary<string, AnchorStatement> statements, X509Certificate2Collection authority)
    {
        var statementPath = Path.ChangeExtension(path, AuditAnchors.StatementSuffix);
        if (!statements.TryGetValue(statementPath, out var statement))
        {
            if (!File.Exists(statementPath))
                report(EntryStatus.Malformed, path, "The statement that it stamps is not here.");
            return;
        }

        if (TimeStamp.Read(BoundedFile.ReadOrNothing(path, 1 << 20), out var fault) is not { } token || !TimeStamp.IsOver(token, statement, out fault))
        {
            report(EntryStatus.InvalidSignature, path, $"The time-stamp does not hold: {fault}.");
            return;
        }

        var isTrusted = TimeStamp.IsTrusted(token, statement, authority, out var signer, out fault);
        Take(new AnchorFact(AnchorKind.TimeStamp, statement.Name, token.TokenInfo.Timestamp, isTrusted ? signer : null, isTrusted ? null : fault), statement, path);
    }

    // Whatever stands behind it: heads that somebody once named and that are not here are gone, or were never fetched.
    private void Take(AnchorFact fact, AnchorStatement statement, string path)
    {
        _facts.Add(fact);
        foreach (var hash in statement.Heads)
        {
            if (heads.StateOf(hash) is not { } state)
            {
                // A file does not tell on which branch it was written.
                if (fact.Fault is null)
                    report(fact.Kind == AnchorKind.File ? EntryStatus.Gap : EntryStatus.Truncated, path, $"It names heads ({hash[..12]}) that are not here: the log was cut or rewritten since{(fact.Kind == AnchorKind.File ? ", or this branch never held them" : "")}.");
                continue;
            }

            if (fact.Fault is not null)
                continue;
            foreach (var head in state.Values)
            {
                if (!_covered.TryGetValue(head.Key, out var before) || before.Size < head.Size)
                    _covered[head.Key] = (head.Size, fact.At);
            }
        }
    }

    // An entry that an anchor already covers was not made after it.
    private void Clocks(IReadOnlyCollection<EntryFacts> entries)
    {
        foreach (var entry in entries)
        {
            if (!entry.IsLeafOnly && _covered.TryGetValue(entry.Folder.Key, out var covered) && entry.Name.Seq <= covered.Size && covered.At is { } at && entry.RecordedAt - at > s_slack)
                entry.Fail(EntryStatus.ClockAnomaly, $"It claims to be made after {at.UtcDateTime:u}, when an anchor covered it already.");
        }
    }

    /// <summary>The certificates of authorities that the caller trusts, from PEM or DER files.</summary>
    private sealed class Certificates : IDisposable
    {
        internal Certificates(IReadOnlyList<string> paths)
        {
            foreach (var path in paths)
            {
                try
                {
                    if (File.ReadAllText(path).Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
                        Collection.ImportFromPemFile(path);
                    else
                        Collection.Add(X509CertificateLoader.LoadCertificateFromFile(path));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
                {
                    throw new ProvenanceException(ProvenanceError.AnchorUnusable, $"'{path}' holds no certificate that can be read: {e.Message}", "Give the authority's root certificate as PEM.", e);
                }
            }
        }

        internal X509Certificate2Collection Collection { get; } = [];

        public void Dispose()
        {
            foreach (var certificate in Collection)
                certificate.Dispose();
        }
    }
}
