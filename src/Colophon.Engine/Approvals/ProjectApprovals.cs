using System.Globalization;
using Colophon.Engine.Approvals;
using Colophon.Engine.Composition;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance;
using Colophon.Provenance.Approvals;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Specs;
using Colophon.Specs.Approving;
using Colophon.Specs.Checking;

namespace Colophon.Engine;

/// <summary>A change as it is put before a person who is to say what they think of it.</summary>
public sealed record ApprovalSubject
{
    /// <summary>The change.</summary>
    public required Change Change { get; init; }

    /// <summary>The files of its text.</summary>
    public required IReadOnlyList<ApprovedFile> Files { get; init; }

    /// <summary>The digest over them: what a verdict is about.</summary>
    public required string Digest { get; init; }

    /// <summary>What Colophon's own validation finds, conflicts with other changes and base drift among it.</summary>
    public required CheckedItem Findings { get; init; }

    /// <summary>The name the log will show for the person, and where that comes from.</summary>
    public required Person Person { get; init; }

    /// <summary>Whether the person wrote a part of the text, as git knows it.</summary>
    public required bool IsAuthor { get; init; }

    /// <summary>Where the change stands before the verdict.</summary>
    public required ChangeStanding Standing { get; init; }
}

/// <summary>Takes people's verdicts on changes: an approval, or a request for changes, becomes a signed entry of the log about the text as it was shown.</summary>
public sealed class ProjectApprovals
{
    private readonly EngineParts _parts;
    private readonly GitRepository _repository;
    private readonly SpecTree _tree;

    private ProjectApprovals(EngineParts parts, GitRepository repository, SpecTree tree) => (_parts, _repository, _tree) = (parts, repository, tree);

    /// <summary>The approvals of an opened project.</summary>
    /// <exception cref="ColophonException">There is no git repository or no specification tree.</exception>
    public static async Task<ProjectApprovals> OfAsync(ColophonEngine engine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var repository = await engine.Parts.RepositoryAsync(cancellationToken).ConfigureAwait(false);
        return new ProjectApprovals(engine.Parts, repository, ProjectSpecs.Open(engine.Parts, engine.Directory));
    }

    /// <summary>Reads what a verdict would be about. That the key is at hand and trusted is found out first.</summary>
    /// <exception cref="EngineException"><see cref="EngineError.NotApprovable"/>.</exception>
    /// <exception cref="ProvenanceException">The key is missing or not trusted, or the project has no trust.</exception>
    public async Task<ApprovalSubject> ReadAsync(string change, CancellationToken cancellationToken = default)
    {
        var read = _tree.Change(change);
        if (read.IsArchived)
            throw new EngineException(EngineError.NotApprovable, $"'{change}' is archived: nothing waits for a verdict.", "Open changes are listed by `colophon list`.");
        using var key = _parts.Key();
        _parts.CheckTrust(_repository, key, EntryKind.Approval);
        var files = ChangeText.Read(_tree, read);
        if (files.FirstOrDefault(static f => f.IsLink) is { } link)
            throw new EngineException(EngineError.NotApprovable, $"'{read.Path}/{link.Path}' is a symbolic link: what it leads to could change unseen.", "Put a copy of the file there.");
        if (files.Count == 0)
            throw new EngineException(EngineError.NotApprovable, $"'{read.Path}' holds no text.", "Write its proposal first.");
        var desk = new ApprovalDesk(_parts, _repository, _tree);
        var person = await _parts.NameAsync(_repository, cancellationToken).ConfigureAwait(false);
        var authors = await desk.AuthorsAsync(read, files, cancellationToken).ConfigureAwait(false);
        var approved = ApprovalDesk.Approved(files);
        var board = await ChangeBoard.OpenAsync(_tree, _parts.Folders.Directory, _parts.Overrides, cancellationToken).ConfigureAwait(false);
        return new ApprovalSubject
        {
            Change = read,
            Files = approved,
            Digest = Approval.DigestOf(approved),
            Findings = (await SpecChecks.CheckAsync(_tree, new CheckOptions { Changes = [change], Specs = [], Strict = true }, cancellationToken).ConfigureAwait(false)).Items[0],
            Person = person,
            IsAuthor = await authors.IncludesMeAsync(_repository, person.Name, cancellationToken).ConfigureAwait(false),
            Standing = await board.OfAsync(read, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Says that a text may be built as it was read.</summary>
    /// <param name="subject">What was shown.</param>
    /// <param name="note">A note for the log, or null.</param>
    /// <param name="evenIfInvalid">Whether a change that does not pass validation is approved all the same.</param>
    /// <param name="cancellationToken">Cancels waiting for the log's lock.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineError.ChangeInvalid"/>, <see cref="EngineError.TextChanged"/> or <see cref="EngineError.MayNotApprove"/>.
    /// </exception>
    public Task<Entry> ApproveAsync(ApprovalSubject subject, string? note, bool evenIfInvalid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var name = subject.Change.Name;
        if (!evenIfInvalid && subject.Findings.Findings.Any(static i => i.Level == IssueLevel.Error))
            throw new EngineException(EngineError.ChangeInvalid, $"'{name}' does not pass validation, so it is not approved.", $"`colophon validate {name}` shows why; --even-if-invalid approves it all the same.");
        if (subject.IsAuthor && subject.Standing.Policy is { Rules: { AllowAuthor: false, Required: > 0 } })
            throw new EngineException(EngineError.MayNotApprove, $"You wrote a part of '{name}', and this project does not let authors approve (approval.allow_author).", "Ask another person who is trusted here: `colophon trust show` lists them.");
        return RecordAsync(subject, ApprovalVerdict.Approved, note, cancellationToken);
    }

    /// <summary>Says that a text has to be changed first.</summary>
    /// <param name="subject">What was shown.</param>
    /// <param name="reason">What has to be changed.</param>
    /// <param name="cancellationToken">Cancels waiting for the log's lock.</param>
    /// <exception cref="EngineException"><see cref="EngineError.TextChanged"/> or <see cref="EngineError.MayNotApprove"/>.</exception>
    public Task<Entry> RequestChangesAsync(ApprovalSubject subject, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return RecordAsync(subject, ApprovalVerdict.ChangesRequested, reason, cancellationToken);
    }

    private async Task<Entry> RecordAsync(ApprovalSubject subject, ApprovalVerdict verdict, string? reason, CancellationToken cancellationToken)
    {
        var name = subject.Change.Name;
        using var key = _parts.Key();
        CheckRole(name, subject, key);
        if (!ApprovalDesk.Approved(ChangeText.Read(_tree, _tree.Change(name))).SequenceEqual(subject.Files))
            throw new EngineException(EngineError.TextChanged, $"'{name}' was changed while you looked at it; nothing was recorded.", "Look at it again.");
        var log = _parts.Log(_repository);
        var entry = await log.AppendAsync(
            new EntryDraft
            {
                Kind = EntryKind.Approval,
                Id = EntryDraft.NewId(),
                Change = name,
                Actor = new Actor
                {
                    Name = subject.Person.Name,
                    Branch = await _repository.BranchAsync(cancellationToken).ConfigureAwait(false),
                    Commit = await _repository.HeadAsync(cancellationToken).ConfigureAwait(false),
                },
                Approval = new Approval { Verdict = verdict, Reason = string.IsNullOrWhiteSpace(reason) ? null : reason, Text = subject.Digest, Files = subject.Files },
                Witnessed = Witnessed(subject),
            },
            key,
            cancellationToken).ConfigureAwait(false);
        await log.SealAsync(key, cancellationToken).ConfigureAwait(false);
        return entry;
    }

    // A verdict that would not count is refused rather than recorded.
    private void CheckRole(string change, ApprovalSubject subject, SigningKey key)
    {
        if (subject.Standing.Policy is { Rules: { Required: > 0 } rules } && TrustStore.Load(_repository, _parts.Environment.ConfigurationDirectory).Trust?.Find(key.KeyId) is { } trusted && !rules.Counts(trusted.Role))
            throw new EngineException(EngineError.MayNotApprove, $"Your key's role is {trusted.Role.ToString().ToLowerInvariant()}, which does not count for '{change}'.", $"Roles that count: {string.Join(", ", rules.Roles.Select(static r => r.ToString().ToLowerInvariant()).DefaultIfEmpty("developer, reviewer"))} (approval.roles).");
    }

    private static Dictionary<string, string> Witnessed(ApprovalSubject subject)
    {
        var witnessed = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["errors"] = subject.Findings.Findings.Count(static i => i.Level == IssueLevel.Error).ToString(CultureInfo.InvariantCulture),
            ["warnings"] = subject.Findings.Findings.Count(static i => i.Level == IssueLevel.Warning).ToString(CultureInfo.InvariantCulture),
        };
        if (subject.IsAuthor)
            witnessed[ApprovalJudge.AuthorWitness] = "yes";
        return witnessed;
    }
}
