using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Git;

/// <summary>The commits of a repository from the oldest on, every parent before its children, each with its changes against every parent.</summary>
public static class CommitHistory
{
    /// <summary>The commits that lead to a tip, without their changes.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tip">The commit to walk from.</param>
    /// <param name="known">Commits whose history is not wanted; ids the repository does not hold are passed over.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <returns>For every commit its id and its parents, in topological order.</returns>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/>, also where the tip is not there.</exception>
    public static async Task<IReadOnlyList<string[]>> ListAsync(GitRepository repository, string tip, IEnumerable<string> known, CancellationToken cancellationToken)
    {
        string[] without = [.. known.Select(static k => "^" + k)];
        string[] arguments = ["rev-list", "--topo-order", "--reverse", "--parents", "--ignore-missing", tip, .. without, "--"];
        var output = await repository.Git.RunAsync(arguments, cancellationToken: cancellationToken).ConfigureAwait(false);
        var commits = output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return commits.Length > 0 || without.Length > 0
            ? [.. commits.Select(static l => l.Split(' '))]
            : throw new KernelException(KernelError.GitFailed, $"The repository does not hold the commit {tip}.", "Where this is a partial clone, fetch the rest of it.");
    }

    /// <summary>The changes of listed commits, in their order, through one <c>git diff-tree</c>.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/>.</exception>
    public static async IAsyncEnumerable<HistoryCommit> ReadAsync(
        GitRepository repository,
        IReadOnlyList<string[]> commits,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (commits.Count == 0)
            yield break;
        var shallow = Shallow(repository);
        string[] arguments =
            ["-c", "diff.renameLimit=1000", "diff-tree", "--stdin", "--always", "--root", "-r", Renames(repository), "--raw", "-z", "--no-abbrev"];
        var stream = new GitStream(repository.Git, arguments);
        await using var closing = stream.ConfigureAwait(false);
        var feeding = FeedAsync(stream, commits, cancellationToken);
        var token = await stream.ReadTextToAsync(0, cancellationToken).ConfigureAwait(false);
        foreach (var commit in commits)
        {
            var parents = Math.Max(1, commit.Length - 1);
            var changes = new List<TreeChange>[parents];
            for (var i = 0; i < parents; i++)
            {
                if (!string.Equals(token, commit[0], StringComparison.Ordinal))
                    throw Unanswered(repository, commit[0]);
                changes[i] = [];
                while ((token = await stream.ReadTextToAsync(0, cancellationToken).ConfigureAwait(false)) is [':', ..])
                    changes[i].Add(await ReadChangeAsync(stream, token, cancellationToken).ConfigureAwait(false));
            }

            yield return new HistoryCommit(commit[0], commit[1..], changes, shallow.Contains(commit[0]));
        }

        await feeding.ConfigureAwait(false);
        await stream.FinishAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What differs between a commit and the working tree, ignored files left out; untracked files count as added.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/>.</exception>
    public static async Task<IReadOnlyList<TreeChange>> WorkingTreeAsync(GitRepository repository, string commit, CancellationToken cancellationToken)
    {
        var changes = new List<TreeChange>();
        var stream = new GitStream(repository.Git, ["diff-index", "-r", Renames(repository), "--raw", "-z", "--no-abbrev", "--ignore-submodules", commit, "--"]);
        await using (stream.ConfigureAwait(false))
        {
            while (await stream.ReadTextToAsync(0, cancellationToken).ConfigureAwait(false) is { } header)
                changes.Add(await ReadChangeAsync(stream, header, cancellationToken).ConfigureAwait(false));
            await stream.FinishAsync(cancellationToken).ConfigureAwait(false);
        }

        var others = await repository.Git.RunAsync(["ls-files", "-z", "--others", "--exclude-standard", "--full-name"], cancellationToken: cancellationToken).ConfigureAwait(false);
        var none = new string('0', commit.Length);
        changes.AddRange(others.NulSeparated.Where(static p => !p.EndsWith('/')).Select(p => new TreeChange('A', p, p, none, none, 0, 100644)));
        return changes;
    }

    // Likeness needs contents, and git would fetch the missing ones of a partial clone.
    private static string Renames(GitRepository repository) => repository.Partial is null ? "-M" : "-M100%";

    private static HashSet<string> Shallow(GitRepository repository)
    {
        var file = Path.Combine(repository.CommonDirectory, "shallow");
        return File.Exists(file) ? File.ReadLines(file).Select(static l => l.Trim()).ToHashSet(StringComparer.Ordinal) : [];
    }

    private static KernelException Unanswered(GitRepository repository, string commit) => repository.Partial is null
        ? new KernelException(KernelError.GitFailed, $"git diff-tree answered out of turn at commit {commit}.", "`git fsck` says what is wrong with the repository.")
        : new KernelException(KernelError.GitFailed, $"This partial clone does not hold the folders (git's trees) of commit {commit} or of its parents, so what it changed cannot be told.", "`git fetch --refetch --no-filter` brings them; a clone with --filter=blob:none has them.");

    private static async Task FeedAsync(GitStream stream, IReadOnlyList<string[]> commits, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            var text = new StringBuilder();
            foreach (var commit in commits)
            {
                for (var i = 1; i < commit.Length; i++)
                    text.Append(commit[0]).Append(' ').Append(commit[i]).Append('\n');
                if (commit.Length == 1)
                    text.Append(commit[0]).Append('\n');
                if (text.Length < 32 * 1024 && !ReferenceEquals(commit, commits[^1]))
                    continue;
                await stream.Input.WriteAsync(Encoding.ASCII.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
                text.Clear();
            }

            await stream.Input.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Git ended early; the reader sees its output end and says so.
        }
        catch (ObjectDisposedException)
        {
            // The walk was given up before its end.
        }
    }

    private static async ValueTask<TreeChange> ReadChangeAsync(GitStream stream, string header, CancellationToken cancellationToken)
    {
        if (header[1..].Split(' ') is not [var oldMode, var newMode, var oldBlob, var newBlob, [var status, ..]])
            throw new KernelException(KernelError.GitFailed, $"git printed a change that cannot be read: '{header}'.");
        var first = await PathAsync(stream, cancellationToken).ConfigureAwait(false);
        var second = status is 'R' or 'C' ? await PathAsync(stream, cancellationToken).ConfigureAwait(false) : first;
        return new TreeChange(status, second, first, oldBlob, newBlob, Mode(oldMode), Mode(newMode));
    }

    private static async ValueTask<string> PathAsync(GitStream stream, CancellationToken cancellationToken) =>
        await stream.ReadTextToAsync(0, cancellationToken).ConfigureAwait(false)
        ?? throw new KernelException(KernelError.GitFailed, "git printed a change without its path.");

    private static int Mode(string mode) => int.Parse(mode, NumberStyles.None, CultureInfo.InvariantCulture);
}
