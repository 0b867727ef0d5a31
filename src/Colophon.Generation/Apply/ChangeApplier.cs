using System.Globalization;
using Colophon.Generation.Errors;
using Colophon.Generation.Journal;
using Colophon.Generation.Records;
using Colophon.Generation.Review;
using Colophon.Generation.Scratch;
using Colophon.Generation.Session;
using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Specs;

namespace Colophon.Generation.Apply;

/// <summary>
/// The main job: for each open task in order, a model works in a scratch tree, a reviewer decides, and what is accepted is written, signed and ticked as one.
/// </summary>
public sealed class ChangeApplier(ApplyOptions options)
{
    private readonly SessionStore _sessions = new(options.Repository.Root);

    /// <summary>Finishes or puts back what a killed run left, and removes its leftovers. Does nothing while another process applies.</summary>
    /// <param name="repository">The user's repository.</param>
    /// <param name="log">The signed log.</param>
    /// <param name="key">Opens the key that signs; only called where something has to be signed.</param>
    /// <param name="cancellationToken">Cancels between two transactions.</param>
    public static async Task<IReadOnlyList<RecoveryNote>> RecoverAsync(GitRepository repository, AuditLog log, Func<SigningKey> key, CancellationToken cancellationToken)
    {
        var store = new SessionStore(repository.Root);
        var journal = new JournalStore(repository);
        if (!journal.HasAny && !log.IsUnsealed && store.Folders().Count == 0)
            return [];
        using var held = ApplyLock.TryTake(repository);
        if (held is null)
            return [];
        IReadOnlyList<RecoveryNote> notes = [];
        if (journal.HasAny || log.IsUnsealed)
        {
            using var signing = key();
            var entries = new EntryWriter(log, signing);
            notes = await new WriteTransaction(repository, entries).RecoverAsync(cancellationToken).ConfigureAwait(false);
            await entries.SealAsync(cancellationToken).ConfigureAwait(false);
        }

        await Leftovers.PruneAsync(repository, store, cancellationToken).ConfigureAwait(false);
        return notes;
    }

    /// <summary>The accepted tasks, each with its change, whose writing was interrupted and not finished yet; nothing is touched. None while another process applies.</summary>
    /// <param name="repository">The user's repository.</param>
    public static IReadOnlyList<(string Change, string Task)> Unfinished(GitRepository repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var journal = new JournalStore(repository);
        return journal.HasAny && !ApplyLock.IsHeld(repository) ? [.. journal.Peek().Select(static i => (i.Change, i.Task))] : [];
    }

    /// <summary>The model of a change's interrupted session, which <c>--resume</c> goes on with; null where there is none.</summary>
    /// <param name="repository">The user's repository.</param>
    /// <param name="change">The change.</param>
    public static string? InterruptedModel(GitRepository repository, string change)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return new SessionStore(repository.Root).Interrupted(change)?.Model is { Length: > 0 } model ? model : null;
    }

    /// <summary>Applies a change.</summary>
    /// <param name="order">What to apply.</param>
    /// <param name="reviewer">Decides about each proposal.</param>
    /// <param name="cancellationToken">Interrupts; the session can be resumed.</param>
    /// <exception cref="Kernel.Errors.ColophonException">Anything that ends the run early; the session is kept where it can be resumed.</exception>
    public async Task<ApplyResult> ApplyAsync(ApplyOrder order, IReviewer reviewer, CancellationToken cancellationToken)
    {
        var change = options.Specs.Change(order.Change);
        var specDirectory = SpecDirectory();
        SpecLinks.Refuse(new Workspace(options.Repository.Root), $"{specDirectory}/changes/{change.Name}");
        _ = await StateFolder.FindAsync(options.Repository, cancellationToken).ConfigureAwait(false);
        using var held = ApplyLock.Take(options.Repository, change.Name);
        var queue = TaskQueue.Of(change, options.Specs.Root, order.Task);
        if (queue.Count == 0)
            return new ApplyResult(ApplyEnd.NothingToDo, []);

        var session = await OpenSessionAsync(order, new ProtectedPaths(specDirectory, change.Name), cancellationToken).ConfigureAwait(false);
        await TellAsync(new ApplyEvent.Started(change.Name, session.Record.Id, options.Model, queue.Count, change.TotalTasks, session.Resumed), cancellationToken).ConfigureAwait(false);
        var entries = new EntryWriter(options.Log, options.Key);
        try
        {
            using var client = options.Client(session.Tree.Root);
            var result = await WorkAsync(session, entries, queue, i => new TaskWork(options, session, entries, client, options.Specs.Change(change.Name), i, specDirectory), reviewer, cancellationToken).ConfigureAwait(false);
            await entries.SealAsync(CancellationToken.None).ConfigureAwait(false);
            return result;
        }
        catch (Exception e)
        {
            await RecordAsync(entries, session).ConfigureAwait(false);
            await TrySealAsync(entries).ConfigureAwait(false);
            if (Directory.Exists(session.Folder))
                await TellAsync(new ApplyEvent.Notice("The session is kept.", $"Go on with `colophon apply {change.Name}{(order.Task is { } only ? $" --task {only}" : "")} --resume`."), CancellationToken.None).ConfigureAwait(false);
            if (e is IOException or UnauthorizedAccessException)
                throw new GenerationException(GenerationError.ScratchFailed, $"The session could not be kept on disk: {e.Message}", "Your files are untouched. Check permissions and the room on the disk, then go on with --resume.", e);
            throw;
        }
    }

    // What was consented to and denied. A run does not end because this could not be written; it is said.
    private async Task RecordAsync(EntryWriter entries, ApplySession session)
    {
        var events = options.Journal.Drain();
        if (events.Count == 0)
            return;
        try
        {
            var actor = new Actor
            {
                Name = options.Person,
                Session = session.Record.Id,
                Branch = await options.Repository.BranchAsync(CancellationToken.None).ConfigureAwait(false),
                Commit = await options.Repository.HeadAsync(CancellationToken.None).ConfigureAwait(false),
            };
            await entries.AppendAsync(SecurityRecords.Draft(events, actor), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Kernel.Errors.ColophonException or IOException or UnauthorizedAccessException)
        {
            await TellAsync(new ApplyEvent.Notice($"{events.Count} security events could not be recorded: {e.Message}", "The run itself is not affected."), CancellationToken.None).ConfigureAwait(false);
        }
    }

    // What ended the run is the news; where sealing fails too, the next command seals.
    private static async Task TrySealAsync(EntryWriter entries)
    {
        try
        {
            await entries.SealAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Kernel.Errors.ColophonException or IOException or UnauthorizedAccessException)
        {
        }
    }

    private async Task<ApplyResult> WorkAsync(
        ApplySession session, EntryWriter entries, IReadOnlyList<TaskItem> queue, Func<TaskItem, TaskWork> work, IReviewer reviewer, CancellationToken cancellationToken)
    {
        var accepted = new List<string>();
        for (var i = 0; i < queue.Count; i++)
        {
            var end = await work(queue[i]).DoAsync(i + 1, queue.Count, reviewer, cancellationToken).ConfigureAwait(false);
            await RecordAsync(entries, session).ConfigureAwait(false);
            switch (end)
            {
                case TaskEnd.Accepted:
                    accepted.Add(queue[i].Id);
                    break;
                case TaskEnd.Rejected:
                    // Sealed while the session still stands: what comes after its end nobody would make up for.
                    await entries.SealAsync(CancellationToken.None).ConfigureAwait(false);
                    await session.EndAsync(cancellationToken).ConfigureAwait(false);
                    return new ApplyResult(ApplyEnd.Rejected, accepted);
                default:
                    return new ApplyResult(ApplyEnd.Stopped, accepted);
            }
        }

        await entries.SealAsync(CancellationToken.None).ConfigureAwait(false);
        await session.EndAsync(cancellationToken).ConfigureAwait(false);
        await Leftovers.ForgetAsync(options.Repository, _sessions, session.Record.Change, cancellationToken).ConfigureAwait(false);
        return new ApplyResult(ApplyEnd.Done, accepted);
    }

    private async Task<ApplySession> OpenSessionAsync(ApplyOrder order, ProtectedPaths protectedPaths, CancellationToken cancellationToken)
    {
        var interrupted = _sessions.Interrupted(order.Change);
        if (order.Resume && interrupted is not null && ApplySession.TryResume(_sessions, options.Repository, interrupted, protectedPaths) is { } resumed)
            return resumed;
        if (order.Resume)
            await TellAsync(new ApplyEvent.Notice("There is no interrupted session of this change; a fresh one begins."), cancellationToken).ConfigureAwait(false);
        else if (interrupted is not null)
            await TellAsync(Kept(interrupted), cancellationToken).ConfigureAwait(false);

        var record = new SessionRecord
        {
            Id = SessionStore.NewId(options.Time),
            Change = order.Change,
            Process = Environment.ProcessId,
            Model = options.Model,
            Started = options.Time.GetUtcNow(),
        };
        try
        {
            return await ApplySession.BeginAsync(_sessions, options.Repository, record, protectedPaths, cancellationToken).ConfigureAwait(false);
        }
        catch (Kernel.Errors.KernelException e) when (e.Error == Kernel.Errors.KernelError.WriteFailed)
        {
            throw new GenerationException(GenerationError.ScratchFailed, $"Cannot begin a session: {e.Message}", "Colophon writes below .colophon/state and to your files; is the tree read-only or the disk full?", e);
        }
        catch (Exception)
        {
            await Leftovers.RemoveAsync(options.Repository, _sessions.FolderOf(record.Id), CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static ApplyEvent.Notice Kept(SessionRecord interrupted) => new(
        string.Create(CultureInfo.InvariantCulture, $"A session of {interrupted.Started:yyyy-MM-dd HH:mm} was interrupted at task {interrupted.Task}; a fresh one begins."),
        "Stop it and add --resume to go on with the old one instead; it is kept until this one ends well.");

    private string SpecDirectory()
    {
        var relative = Path.GetRelativePath(options.Repository.Root, options.Specs.Root);
        if (relative.StartsWith("..", StringComparison.Ordinal))
            throw new GenerationException(GenerationError.ScratchFailed, $"'{options.Specs.Root}/openspec' lies outside the repository '{options.Repository.Root}'.", "Keep openspec/ inside the repository that it describes.");
        return relative == "." ? "openspec" : $"{relative}/openspec";
    }

    private ValueTask TellAsync(ApplyEvent applyEvent, CancellationToken cancellationToken) => options.Listener(applyEvent, cancellationToken);
}
