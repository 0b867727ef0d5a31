using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Specs.Layout;
using Colophon.Specs.Merging;

namespace Colophon.Specs.Archiving;

/// <summary>
/// Makes an archive happen as one: every new file is written aside, the journal says what will be done, then files are exchanged and the change's folder is
/// moved. Whoever comes after a crash finishes it, or undoes it where somebody changed a file meanwhile.
/// </summary>
internal sealed class ArchiveTransaction : IDisposable
{
    private const string LockName = ".openspec-archive.lock";
    private const string LockText = "{\"by\":\"colophon\"}";

    private readonly SpecTree _tree;
    private readonly string _folder;
    private readonly FileStream _journal;
    private readonly FileLock _lock;

    private ArchiveTransaction(SpecTree tree, FileStream journal, FileLock held) => (_tree, _folder, _journal, _lock) = (tree, ArchiveJournal.Folder(tree), journal, held);

    private string LockPath => $"{_tree.ArchivePath}/{LockName}";

    /// <summary>Finishes or undoes what a crashed archive left. Cheap where there is nothing.</summary>
    /// <returns>Why it could not be mended, or null.</returns>
    internal static string? Recover(SpecTree tree)
    {
        if (!Directory.Exists(ArchiveJournal.Folder(tree)))
            return null;
        try
        {
            using var transaction = TryOpen(tree);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"An archive was cut short and could not be finished: {e.Message}";
        }
    }

    /// <summary>Archives a change.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="change">The change's name.</param>
    /// <param name="archiveName">Its name in the archive.</param>
    /// <param name="specs">The main specs to write or delete.</param>
    /// <exception cref="ArchiveFailure">It was not done; the tree is as it was.</exception>
    internal static void Run(SpecTree tree, string change, string archiveName, IReadOnlyList<PreparedSpec> specs)
    {
        using var transaction = TryOpen(tree)
            ?? throw new ArchiveFailure($"Archive '{archiveName}' is already being created. If no archive process is running, remove the stale claim at {tree.ArchivePath}/{LockName} and rerun.", true);
        var journal = new ArchiveJournal($"{tree.ChangesPath}/{change}", $"{tree.ArchivePath}/{archiveName}", transaction.Stage(specs));
        transaction.TakeLock(archiveName);
        try
        {
            CheckInputs(journal, archiveName, specs);
            transaction.Commit(journal);
        }
        finally
        {
            transaction.DropLock();
        }
    }

    public void Dispose()
    {
        // The journal goes last: while it stands, there is something to mend.
        foreach (var file in Directory.EnumerateFiles(_folder))
        {
            if (file != _journal.Name)
                File.Delete(file);
        }

        File.Delete(_journal.Name);
        _journal.Dispose();
        if (!Directory.EnumerateFileSystemEntries(_folder).Any())
            Directory.Delete(_folder);
        _lock.Dispose();
    }

    /// <summary>Takes the archive for this process and mends what was left there; null where another process is at work.</summary>
    /// <exception cref="IOException">It cannot be taken, or not mended.</exception>
    private static ArchiveTransaction? TryOpen(SpecTree tree)
    {
        Directory.CreateDirectory(tree.ArchivePath);
        // The system lets go of the lock when its process dies, however it dies. It lies on a folder that stays: the journal is deleted in the end, and
        // whoever had opened it just before would hold the lock of a file that is no more.
        var held = Take(tree.ArchivePath);
        if (held is null)
            return null;
        try
        {
            return Open(tree, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private static FileLock? Take(string folder)
    {
        try
        {
            return FileLock.TryAcquireFolder(folder);
        }
        catch (KernelException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private static ArchiveTransaction Open(SpecTree tree, FileLock held)
    {
        var folder = ArchiveJournal.Folder(tree);
        Directory.CreateDirectory(folder);
        var journal = new FileStream($"{folder}/journal", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var bytes = new byte[journal.Length];
            journal.ReadExactly(bytes);
            var transaction = new ArchiveTransaction(tree, journal, held);
            if (ArchiveJournal.Read(bytes) is { } left)
            {
                if (transaction.CanFinish(left))
                    transaction.Apply(left);
                else
                    transaction.Undo(left);
            }

            transaction.DropLock();
            journal.SetLength(0);
            return transaction;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    private List<Mutation> Stage(IReadOnlyList<PreparedSpec> specs)
    {
        var mutations = new List<Mutation>();
        foreach (var spec in specs)
        {
            if (!spec.Mutates)
                continue;
            var target = RealPaths.Of(spec.Update.Target);
            var before = File.Exists(target) ? File.ReadAllBytes(target) : null;
            var after = spec.Outcome == SpecOutcome.Retire ? null : NewBytes(spec);
            var mutation = new Mutation(target, before is null ? null : Mutation.Digest(before), after is null ? null : Mutation.Digest(after));
            if (mutations.Find(other => other.Target == target) is not null)
                throw new ArchiveFailure($"Spec updates resolve to the same target {target}. Replace the capability alias or combine the deltas before archiving.");
            if (before is not null)
                Save(OldFile(mutations.Count), before, null);
            if (after is not null)
                Save(NewFile(mutations.Count), after, before is null ? null : File.GetUnixFileMode(target));
            mutations.Add(mutation);
        }

        return mutations;
    }

    private static byte[] NewBytes(PreparedSpec spec) =>
        Encoding.UTF8.GetBytes(spec.Before is null ? spec.Text : SpecText.MatchLineEnds(spec.Text, spec.Before));

    private static void Save(string path, byte[] bytes, UnixFileMode? mode)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        if (mode is { } bits)
            File.SetUnixFileMode(file.SafeFileHandle, bits);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private string OldFile(int index) => $"{_folder}/{index}.old";

    private string NewFile(int index) => $"{_folder}/{index}.new";

    /// <summary>The lock that the npm CLI looks for.</summary>
    private void TakeLock(string archiveName)
    {
        try
        {
            // Moved into place with its content: an empty lock would not say whose it was.
            File.WriteAllBytes($"{_folder}/lock", Encoding.UTF8.GetBytes(LockText));
            File.Move($"{_folder}/lock", LockPath, overwrite: false);
        }
        catch (IOException) when (File.Exists(LockPath))
        {
            throw new ArchiveFailure($"Archive '{archiveName}' is already being created. If no archive process is running, remove the stale claim at {LockPath} and rerun.", true);
        }
    }

    private void DropLock()
    {
        if (FileText.Read(LockPath).Text is LockText)
            File.Delete(LockPath);
    }

    /// <summary>Nobody may have written between the merge and here.</summary>
    private static void CheckInputs(ArchiveJournal journal, string archiveName, IReadOnlyList<PreparedSpec> specs)
    {
        if (Path.Exists(journal.ArchivePath))
            throw new ArchiveFailure($"Archive '{archiveName}' already exists.", true);
        foreach (var spec in specs)
        {
            if (FileText.Read(spec.Update.Source).Text != spec.Delta || FileText.Read(spec.Update.Target).Text != spec.Before)
            {
                throw new ArchiveFailure(
                    $"Spec inputs for '{spec.Update.Id}' changed before archive could apply them. No files were changed; review the new content and rerun.");
            }
        }
    }

    private void Commit(ArchiveJournal journal)
    {
        _journal.Write(journal.Write());
        _journal.Flush(flushToDisk: true);
        try
        {
            Apply(journal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Undo(journal);
            throw new ArchiveFailure(Describe(e, journal), inner: e);
        }
    }

    private static string Describe(Exception error, ArchiveJournal journal) =>
        error is UnauthorizedAccessException && journal.Mutations is [var first, ..]
            ? $"EACCES: permission denied, open '{first.Target}'"
            : error is UnauthorizedAccessException ? $"EACCES: permission denied, rename '{journal.ChangeDirectory}' -> '{journal.ArchivePath}'" : error.Message;

    /// <summary>Brings everything to its state after; what has it already stays.</summary>
    private void Apply(ArchiveJournal journal)
    {
        for (var i = 0; i < journal.Mutations.Count; i++)
        {
            var mutation = journal.Mutations[i];
            if (Mutation.Digest(mutation.Target) == mutation.After)
                continue;
            if (mutation.After is null)
            {
                File.Delete(mutation.Target);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(mutation.Target) ?? "/");
            File.Move(NewFile(i), mutation.Target, overwrite: true);
        }

        foreach (var mutation in journal.Mutations)
        {
            if (mutation.After is null)
                Prune(mutation.Target);
        }

        if (Directory.Exists(journal.ChangeDirectory))
            Directory.Move(journal.ChangeDirectory, journal.ArchivePath);
    }

    /// <summary>Brings everything that this archive wrote back; what somebody else wrote stays.</summary>
    private void Undo(ArchiveJournal journal)
    {
        for (var i = journal.Mutations.Count - 1; i >= 0; i--)
        {
            var mutation = journal.Mutations[i];
            var now = Mutation.Digest(mutation.Target);
            if (now == mutation.Before || now != mutation.After)
                continue;
            if (mutation.Before is null)
            {
                File.Delete(mutation.Target);
                Prune(mutation.Target);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(mutation.Target) ?? "/");
            var mode = now is null ? (UnixFileMode?)null : File.GetUnixFileMode(mutation.Target);
            if (mode is { } bits)
                File.SetUnixFileMode(OldFile(i), bits);
            File.Move(OldFile(i), mutation.Target, overwrite: true);
        }
    }

    private bool CanFinish(ArchiveJournal journal)
    {
        if (Directory.Exists(journal.ChangeDirectory) && Path.Exists(journal.ArchivePath))
            return false;
        for (var i = 0; i < journal.Mutations.Count; i++)
        {
            var mutation = journal.Mutations[i];
            var now = Mutation.Digest(mutation.Target);
            if (now != mutation.After && (now != mutation.Before || (mutation.After is not null && !File.Exists(NewFile(i)))))
                return false;
        }

        return true;
    }

    /// <summary>Removes the folders that a deletion left empty, up to the specs.</summary>
    private void Prune(string target)
    {
        var specs = RealPaths.Of(_tree.SpecsPath);
        for (var folder = Path.GetDirectoryName(target); folder is not null && folder.StartsWith(specs + "/", StringComparison.Ordinal); folder = Path.GetDirectoryName(folder))
        {
            if (!Directory.Exists(folder) || new DirectoryInfo(folder).LinkTarget is not null || Directory.EnumerateFileSystemEntries(folder).Any())
                return;
            Directory.Delete(folder);
        }
    }
}
