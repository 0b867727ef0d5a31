using System.Text;
using Colophon.Engine.Composition;
using Colophon.Engine.Hooks;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution;
using Colophon.Provenance.Log;

namespace Colophon.Engine;

/// <summary>What installing or taking out the hook did.</summary>
/// <param name="Path">The hook's file.</param>
/// <param name="Changed">Whether anything was done.</param>
/// <param name="Note">What the user should know, or null.</param>
public sealed record HookReport(string Path, bool Changed, string? Note);

/// <summary>
/// The pre-commit hook of a project: it commits the audit log together with the code, and records edits after acceptance. A hook that is there already runs after it; where
/// <c>core.hooksPath</c> points, it is put there.
/// </summary>
public sealed class ProjectHooks
{
    private readonly GitRepository _repository;
    private readonly EngineParts _parts;

    private ProjectHooks(GitRepository repository, EngineParts parts) => (_repository, _parts) = (repository, parts);

    /// <summary>The hooks of the project around a directory. Nothing is recovered or written: a hook runs in the middle of a commit.</summary>
    /// <exception cref="ColophonException">There is no git repository, or the configuration is wrong.</exception>
    public static async Task<ProjectHooks> OfAsync(string directory, EngineOverrides overrides, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var repository = await GitRepository.DiscoverAsync(directory, cancellationToken).ConfigureAwait(false);
        return new ProjectHooks(repository, new EngineParts(new EngineFolders(Path.GetFullPath(directory), repository), EngineEnvironment.Of(overrides.Environment), overrides));
    }

    /// <summary>Installs the hook, or renews it.</summary>
    /// <param name="program">Where Colophon is, for shells that do not find it on their path.</param>
    /// <param name="cancellationToken">Cancels asking git.</param>
    /// <exception cref="KernelException">The hooks' folder is not this project's, or cannot be written.</exception>
    public async Task<HookReport> InstallAsync(string program, CancellationToken cancellationToken = default)
    {
        var folder = await FolderAsync(cancellationToken).ConfigureAwait(false);
        var (hook, before) = (Path.Combine(folder, HookScript.Name), Path.Combine(folder, HookScript.Before));
        var text = HookScript.Text(program);
        var standing = File.Exists(hook) ? await File.ReadAllTextAsync(hook, cancellationToken).ConfigureAwait(false) : null;
        if (standing == text)
            return new HookReport(hook, Changed: false, "It is installed already.");
        var note = standing is not null && HookScript.IsOurs(standing) ? KeepEdited(hook, standing) : null;
        if (standing is not null && !HookScript.IsOurs(standing))
        {
            if (File.Exists(before))
                throw Refused($"'{hook}' is another hook, and '{before}' is there too.", "Put the two together by hand, then install again.");
            File.Move(hook, before);
            note = $"The hook that was there runs after it, as {HookScript.Before}.";
        }

        AtomicFile.Write(hook, Encoding.UTF8.GetBytes(text), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return new HookReport(hook, Changed: true, await NoteAsync(note, "the pre-commit hook was installed", cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Takes the hook out and puts back the one that was there before.</summary>
    /// <exception cref="KernelException">The hooks' folder is not this project's.</exception>
    public async Task<HookReport> UninstallAsync(CancellationToken cancellationToken = default)
    {
        var folder = await FolderAsync(cancellationToken).ConfigureAwait(false);
        var (hook, before) = (Path.Combine(folder, HookScript.Name), Path.Combine(folder, HookScript.Before));
        var standing = File.Exists(hook) ? await File.ReadAllTextAsync(hook, cancellationToken).ConfigureAwait(false) : null;
        if (standing is null || !HookScript.IsOurs(standing))
            return new HookReport(hook, Changed: false, "It is not installed.");
        var note = KeepEdited(hook, standing);
        if (File.Exists(before))
            File.Move(before, hook, overwrite: true);
        else
            File.Delete(hook);
        return new HookReport(hook, Changed: true, await NoteAsync(note, "the pre-commit hook was taken out", cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Puts a copy of the hook aside where somebody edited it, and says so; null where nobody did.</summary>
    private static string? KeepEdited(string hook, string standing)
    {
        if (HookScript.IsAsWritten(standing))
            return null;
        var name = HookScript.Edited;
        for (var i = 2; File.Exists(Path.GetFullPath($"../{name}", hook)); i++)
            name = $"{HookScript.Edited}-{i}";
        File.Copy(hook, Path.GetFullPath($"../{name}", hook));
        return $"It is not as it was installed; what it was is kept as {name}.";
    }

    private async Task<string?> NoteAsync(string? note, string done, CancellationToken cancellationToken) =>
        await SecurityNote.WriteAsync(_parts, _repository, done, cancellationToken).ConfigureAwait(false) is { } unwritten ? $"{note}{(note is null ? "" : " ")}{unwritten}" : note;

    /// <summary>What the hook does: records what was edited after it was accepted.</summary>
    /// <param name="raw">What is staged, as <c>git diff --cached --raw -z --no-renames --no-abbrev</c> prints it.</param>
    /// <param name="isAmended">Whether the commit that is checked out is made anew.</param>
    /// <param name="fixup">The commit that this one is to become a part of (<c>git commit --fixup</c>), as the person named it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What to tell the user, a sentence each.</returns>
    /// <exception cref="ColophonException">Nothing could be recorded: the key is locked, the trust does not hold.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(string raw, bool isAmended = false, string? fixup = null, CancellationToken cancellationToken = default)
    {
        var log = _parts.Log(_repository);
        var scene = await CommitScene.ReadAsync(_repository, isAmended, fixup, cancellationToken).ConfigureAwait(false);
        var files = await scene.LogFilesAsync(_repository, cancellationToken).ConfigureAwait(false);
        var live = log.FileChanges(files.Keys).ToLookup(e => files[Path.GetRelativePath(_repository.Root, e.FilePath)]);
        if (live.Count == 0)
            return [];
        var commit = new StagedCommit
        {
            Head = scene.Head,
            Files = Staged(raw),
            Fresh = [.. live[true]],
            Committed = [.. live[false]],
            Bases = scene.Bases,
            Merged = scene.Merged,
        };
        var told = new List<string>();
        foreach (var late in await LateEdits.FindAsync(_repository, commit, cancellationToken).ConfigureAwait(false))
        {
            await RecordAsync(log, late, cancellationToken).ConfigureAwait(false);
            told.AddRange(late.Edits.Select(e => Told(e, late.Partial.Contains(e.Path, StringComparer.Ordinal))));
        }

        if (await IgnoredLog.OfRulesAsync(_repository, cancellationToken).ConfigureAwait(false) is { } ignored)
            told.Add($"{ignored.Message}. {ignored.Hint}");
        return told;
    }

    private static string Told(FileChange edit, bool isPart) => edit switch
    {
        { Action: FileAction.Rename } when edit.Hunks.Count == 0 => $"'{edit.Path}' is '{edit.RenamedFrom}' as it was accepted; recorded as a rename",
        { Action: FileAction.Rename } => $"'{edit.Path}' is '{edit.RenamedFrom}', edited after it was accepted; recorded as a person's rename and edit",
        { Action: FileAction.Delete } => $"'{edit.Path}' was removed after it was accepted; recorded as a person's edit",
        { Before: { } before } when before == edit.After => $"'{edit.Path}' is not what was accepted, and which lines differ cannot be told; recorded as a person left it",
        _ when isPart => $"only a part of what was accepted in '{edit.Path}' is staged; recorded as that",
        _ => $"'{edit.Path}' was edited after it was accepted; recorded as a person's edit",
    };

    private async Task RecordAsync(AuditLog log, LateEdits late, CancellationToken cancellationToken)
    {
        using var key = _parts.Key();
        var draft = new EntryDraft
        {
            Kind = EntryKind.HumanEdit,
            Id = EntryDraft.NewId(),
            Change = late.Change,
            Actor = await _parts.ActorAsync(_repository, cancellationToken).ConfigureAwait(false),
            Files = late.Edits,
            Witnessed = new Dictionary<string, string> { ["by"] = "pre-commit" },
        };
        await log.AppendAsync(draft, key, cancellationToken).ConfigureAwait(false);
        await log.SealAsync(key, cancellationToken).ConfigureAwait(false);
    }

    private static List<StagedFile> Staged(string raw)
    {
        var files = new List<StagedFile>();
        var tokens = raw.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 1 < tokens.Length; i += 2)
        {
            // Only ordinary files: a link or a submodule has no lines.
            if (tokens[i].TrimStart('\n', ':').Split(' ') is [_, var mode, var old, var now, ..] && mode is "100644" or "100755" or "000000")
                files.Add(new StagedFile(tokens[i + 1], Blob(old), Blob(now)));
        }

        return files;
    }

    private static string? Blob(string id) => id.Trim('0').Length == 0 ? null : id;

    // Our own git runs without hooks, so it is asked for what every other git would use.
    private async Task<string> FolderAsync(CancellationToken cancellationToken)
    {
        var asked = await _repository.Git.TryRunAsync(["config", "--show-scope", "--type=path", "--get-all", "core.hooksPath"], default, cancellationToken).ConfigureAwait(false);
        var set = asked.Text.Split('\n').Select(static l => l.Split('\t')).LastOrDefault(static l => l is [not "command", _])?[1];
        var folder = set is null ? Path.Combine(_repository.CommonDirectory, "hooks") : Path.GetFullPath(set, _repository.Root);
        return IsInside(folder, _repository.CommonDirectory) || IsInside(folder, _repository.Root) ? folder : throw Refused(
            $"core.hooksPath is '{folder}', which other projects share.", "Set core.hooksPath for this repository, or call `colophon hooks run` from the hook there.");
    }

    private static bool IsInside(string path, string folder) => (path + "/").StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static KernelException Refused(string message, string hint) => new(KernelError.WriteFailed, message, hint);
}
