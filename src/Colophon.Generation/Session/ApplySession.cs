using Colophon.Generation.Scratch;
using Colophon.Kernel.Git;
using Colophon.Provenance.Log;

namespace Colophon.Generation.Session;

/// <summary>A session at work: its head on disk and its scratch tree.</summary>
internal sealed class ApplySession
{
    private readonly SessionStore _store;
    private readonly GitRepository _repository;

    private ApplySession(SessionStore store, GitRepository repository, SessionRecord record, ScratchTree tree, bool resumed) =>
        (_store, _repository, Record, Tree, Resumed) = (store, repository, record, tree, resumed);

    /// <summary>Where it stands.</summary>
    public SessionRecord Record { get; private set; }

    /// <summary>The tree the model works in.</summary>
    public ScratchTree Tree { get; }

    /// <summary>Whether it goes on from an interruption.</summary>
    public bool Resumed { get; }

    /// <summary>Its folder.</summary>
    public string Folder => _store.FolderOf(Record.Id);

    /// <summary>Goes on with an interrupted session; null where its scratch tree is gone.</summary>
    public static ApplySession? TryResume(SessionStore store, GitRepository repository, SessionRecord record, ProtectedPaths protectedPaths)
    {
        if (ScratchTree.TryOpen(repository, store.FolderOf(record.Id), protectedPaths) is not { } tree)
            return null;
        var session = new ApplySession(store, repository, record, tree, resumed: true);
        session.Save(record with { Process = Environment.ProcessId });
        return session;
    }

    /// <summary>Begins a session with a fresh scratch tree.</summary>
    public static async Task<ApplySession> BeginAsync(
        SessionStore store, GitRepository repository, SessionRecord record, ProtectedPaths protectedPaths, CancellationToken cancellationToken)
    {
        store.Save(record);
        var tree = await ScratchTree.CreateAsync(repository, store.FolderOf(record.Id), protectedPaths, cancellationToken).ConfigureAwait(false);
        return new ApplySession(store, repository, record, tree, resumed: false);
    }

    /// <summary>Begins a try of a task: its entries get their ids now, so that whatever happens they are written once.</summary>
    /// <param name="task">The task.</param>
    /// <param name="attempt">Which try, from 1.</param>
    /// <param name="firstItem">How many records the conversation had before this try.</param>
    public void BeginTry(string task, int attempt, int firstItem) => Save(Record with
    {
        State = SessionState.Generating,
        Task = task,
        Attempt = attempt,
        FirstItem = firstItem,
        GenerationId = EntryDraft.NewId(),
        DecisionId = EntryDraft.NewId(),
        GenerationLeaf = null,
    });

    /// <summary>The generation is recorded and waits for its review.</summary>
    public void AwaitReview(string generationLeaf) => Save(Record with { State = SessionState.AwaitingReview, GenerationLeaf = generationLeaf });

    /// <summary>The task is done with; the next has not begun.</summary>
    public void LeaveTask() => Save(Record with { State = SessionState.Generating, Task = null });

    /// <summary>Ends the session and removes its folder.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        Save(Record with { State = SessionState.Done });
        await Leftovers.RemoveAsync(_repository, Folder, cancellationToken).ConfigureAwait(false);
    }

    private void Save(SessionRecord record)
    {
        _store.Save(record);
        Record = record;
    }
}
