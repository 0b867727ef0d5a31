using Colophon.Generation.Errors;
using Colophon.Generation.Records;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Provenance;
using Colophon.Provenance.Log;
using Colophon.Specs;

namespace Colophon.Generation.Journal;

/// <summary>
/// Carries out what was accepted: the files are written, the decision is signed, the task is ticked, in this order and as one. The journal's intent comes
/// before all of it and goes after all of it; whatever stands in between can be finished, or put back as a whole, by anyone who finds it.
/// </summary>
internal sealed class WriteTransaction(GitRepository repository, EntryWriter entries)
{
    private readonly JournalStore _journal = new(repository);
    private readonly UserTree _tree = new(repository.Root);

    /// <summary>Writes, signs and ticks.</summary>
    /// <returns>The decision's entry.</returns>
    /// <exception cref="GenerationException">
    /// <see cref="GenerationError.FileChangedByUser"/> or <see cref="GenerationError.WriteFailed"/>: nothing was changed;
    /// <see cref="GenerationError.Unfinished"/>: the files are written and the next command does the rest.
    /// </exception>
    /// <exception cref="ProvenanceException">The key does not sign the decision; nothing was changed.</exception>
    public async Task<Entry> RunAsync(WriteIntent intent, CancellationToken cancellationToken)
    {
        var foreign = intent.Steps.Where(s => _tree.StateOf(s) != StepState.Todo).Select(static s => s.Path.Value).ToList();
        if (foreign.Count > 0)
            throw ChangedByUser(foreign);
        var complete = intent with { NewFolders = [.. intent.Steps.Where(static s => s.After is not null).SelectMany(_tree.MissingFolders).Distinct(StringComparer.Ordinal)] };
        try
        {
            _journal.Save(complete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or KernelException)
        {
            throw NotWritten(e);
        }

        WriteFiles(complete);
        try
        {
            return await FinishAsync(complete, cancellationToken).ConfigureAwait(false);
        }
        catch (ProvenanceException e) when (IsRefused(e) && TryPutBack(complete))
        {
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ColophonException)
        {
            throw Unfinished(intent, e);
        }
    }

    /// <summary>Finishes what a killed run began, or puts it back whole where the user changed one of its files since.</summary>
    public async Task<IReadOnlyList<RecoveryNote>> RecoverAsync(CancellationToken cancellationToken)
    {
        var notes = new List<RecoveryNote>();
        foreach (var intent in _journal.Load())
        {
            foreach (var step in intent.Steps)
                _tree.Sweep(step.Path);
            _tree.Sweep(Kernel.Paths.WorkspacePath.Parse(intent.TasksFile));

            // A signed decision means that all files had been written: what is different since is the user's later work.
            var foreign = entries.Find(intent.Id) is not null ? [] : intent.Steps.Where(s => _tree.StateOf(s) == StepState.Foreign).Select(static s => s.Path.Value).ToList();
            if (foreign.Count > 0)
            {
                PutBack(intent);
                _journal.Remove(intent);
                notes.Add(new RecoveryNote(intent.Change, intent.Task, intent.Session, Finished: false, foreign));
                continue;
            }

            if (entries.Find(intent.Id) is null)
                WriteFiles(intent);
            try
            {
                await FinishAsync(intent, cancellationToken).ConfigureAwait(false);
                notes.Add(new RecoveryNote(intent.Change, intent.Task, intent.Session, Finished: true, []));
            }
            catch (ProvenanceException e) when (e.Error == ProvenanceError.KeyNotTrusted && TryPutBack(intent))
            {
                notes.Add(new RecoveryNote(intent.Change, intent.Task, intent.Session, Finished: false, []) { Refused = e.Message });
            }
        }

        return notes;
    }

    // The key or its holder says no, before the log is touched; what stands in the way otherwise may be gone with the next command.
    private static bool IsRefused(ProvenanceException e) =>
        e.Error is ProvenanceError.KeyNotTrusted or ProvenanceError.AgentRefused or ProvenanceError.AgentUnavailable or ProvenanceError.AgentKeyMissing or ProvenanceError.DraftInvalid;

    private void WriteFiles(WriteIntent intent)
    {
        try
        {
            foreach (var step in intent.Steps)
            {
                switch (_tree.StateOf(step))
                {
                    case StepState.Todo:
                        _tree.Put(step.Path, step.After);
                        break;
                    case StepState.Foreign:
                        throw ChangedByUser([step.Path.Value]);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ColophonException)
        {
            if (!TryPutBack(intent))
                throw Unfinished(intent, e);
            throw e as GenerationException ?? NotWritten(e);
        }
    }

    // Where even this fails (the disk is gone), the intent stays and the next start decides.
    private bool TryPutBack(WriteIntent intent)
    {
        try
        {
            PutBack(intent);
            _journal.Remove(intent);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ColophonException)
        {
            return false;
        }
    }

    private void PutBack(WriteIntent intent)
    {
        // The other way round, so that a folder is free again before the file it replaced comes back.
        foreach (var step in intent.Steps.Reverse())
        {
            if (_tree.StateOf(step) == StepState.Done)
                _tree.Put(step.Path, step.Before);
        }

        _tree.RemoveEmpty(intent.NewFolders);
    }

    private async Task<Entry> FinishAsync(WriteIntent intent, CancellationToken cancellationToken)
    {
        var entry = await entries.AppendAsync(DraftBytes.Read(intent.Decision), cancellationToken).ConfigureAwait(false);
        Tick(intent);
        _journal.Remove(intent);
        return entry;
    }

    private void Tick(WriteIntent intent)
    {
        var path = Path.Combine(repository.Root, intent.TasksFile);
        // A task that the user removed or ticked meanwhile needs no tick; the decision stands either way.
        if (File.Exists(path) && TaskList.Tick(File.ReadAllBytes(path), intent.Task).Bytes is { } ticked)
            AtomicFile.Write(path, ticked);
    }

    private static GenerationException Unfinished(WriteIntent intent, Exception cause) => new(
        GenerationError.Unfinished,
        $"Task {intent.Task} is accepted, but it could not be carried out to its end: {cause.Message}",
        "Nothing is lost. Mend the cause, then run any colophon command: it finishes what is begun, or undoes all of it.",
        cause);

    private static GenerationException ChangedByUser(IReadOnlyList<string> paths) => new(
        GenerationError.FileChangedByUser,
        $"You changed {string.Join(", ", paths.Select(static p => $"'{p}'"))} since the proposal was made; nothing was written.",
        "Your text stands and the proposal is kept: run the same command with --resume to review it against your text.");

    private static GenerationException NotWritten(Exception cause) => new(
        GenerationError.WriteFailed,
        $"The accepted files could not be written; the tree is as it was: {cause.Message}",
        "Check permissions and the room on the disk, then run the same command with --resume: the proposal is kept.",
        cause);
}

/// <summary>What became of an interrupted write.</summary>
/// <param name="Change">The change.</param>
/// <param name="Task">The task.</param>
/// <param name="Session">The session that holds the accepted text.</param>
/// <param name="Finished">True where it was finished; false where it was put back as a whole.</param>
/// <param name="ChangedByUser">The files that the user had changed, where it was put back.</param>
public sealed record RecoveryNote(string Change, string Task, string Session, bool Finished, IReadOnlyList<string> ChangedByUser)
{
    /// <summary>Why the decision could not be signed, where it was put back for that; else null.</summary>
    public string? Refused { get; init; }

    /// <summary>The note in one sentence.</summary>
    public string Message => Finished
        ? $"An interrupted run had accepted task {Task} of '{Change}': it is now written, signed and ticked."
        : Refused is not null ? $"An interrupted write of task {Task} of '{Change}' was undone, because it cannot be signed: {Refused}"
        : $"An interrupted write of task {Task} of '{Change}' was undone, because you changed {string.Join(", ", ChangedByUser.Select(static p => $"'{p}'"))} since.";
}
