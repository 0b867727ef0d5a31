using System.Text.Json;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;

namespace Colophon.Engine;

/// <summary>The log in the forms of other tools that say who wrote what. What each cannot carry is in <c>docs/exports.md</c>.</summary>
public sealed class AuditExports
{
    private readonly GitRepository _repository;

    internal AuditExports(GitRepository repository) => _repository = repository;

    /// <summary>Whether an entry makes an Agent Trace record: it says which lines were really written.</summary>
    public static bool IsTraced(AuditRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return AgentTrace.IsTraced(row);
    }

    /// <summary>Whether an entry counts for an authorship note: it says what was really written.</summary>
    public static bool IsWritten(AuditRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return AgentTrace.IsWritten(row);
    }

    /// <summary>One Agent Trace record for each entry that wrote lines, as what writes it.</summary>
    /// <param name="rows">The entries; those that wrote nothing are passed over.</param>
    /// <param name="toolVersion">Colophon's version.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="KernelException">git failed.</exception>
    public async Task<IReadOnlyList<Action<Utf8JsonWriter>>> AgentTracesAsync(IReadOnlyList<AuditRow> rows, string toolVersion, CancellationToken cancellationToken = default)
    {
        var traced = rows.Where(AgentTrace.IsTraced).ToArray();
        var commits = await EntryCommits.OfAsync(_repository, [.. traced.Select(static r => r.Entry)], cancellationToken).ConfigureAwait(false);
        return [.. traced.Select(row => (Action<Utf8JsonWriter>)(writer => AgentTrace.Write(writer, row, Revision(row), toolVersion)))];

        // Only where the commit has just what the entry left: elsewhere its line numbers would be another file's.
        string? Revision(AuditRow row) =>
            commits.TryGetValue(row.Entry.Leaf, out var commit) && row.Entry.Predicate.Files.Where(static f => f.After is not null).All(f => commit.Blobs.Contains(f.Path)) ? commit.Id : null;
    }

    /// <summary>git-ai's authorship logs, one a commit that brought work of models, oldest first.</summary>
    /// <param name="rows">The entries, newest first; all of a commit, or files of it are left out.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="KernelException">git failed.</exception>
    public async Task<IReadOnlyList<CommitNote>> AuthorshipNotesAsync(IReadOnlyList<AuditRow> rows, CancellationToken cancellationToken = default)
    {
        var written = rows.Where(AgentTrace.IsWritten).Reverse().ToArray();
        var commits = await EntryCommits.OfAsync(_repository, [.. written.Select(static r => r.Entry)], cancellationToken).ConfigureAwait(false);
        return [.. written.Where(r => commits.ContainsKey(r.Entry.Leaf)).GroupBy(r => commits[r.Entry.Leaf].Id).Select(g => AuthorshipNote.Of([.. g], commits)).OfType<CommitNote>()];
    }

    /// <summary>Whether the repository has notes of git-ai's already.</summary>
    public async Task<bool> HasAuthorshipNotesAsync(CancellationToken cancellationToken = default) =>
        (await _repository.Git.TryRunAsync(["rev-parse", "--verify", "--quiet", "refs/notes/ai^{commit}"], default, cancellationToken).ConfigureAwait(false)).ExitCode == 0;
}
