using System.Globalization;
using System.Text;
using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Git;

/// <summary>Finds objects by their names, such as <c>HEAD:src/a.cs</c>, many through one <c>git cat-file --batch-check</c>.</summary>
public static class ObjectIds
{
    /// <summary>The id of each object, in the order of the names; null where there is none.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/> or <see cref="KernelError.GitMissing"/>.</exception>
    public static async Task<IReadOnlyList<string?>> OfAsync(GitRepository repository, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(names);
        var ids = new string?[names.Count];
        // Names are lines, so one with a line feed cannot be asked for.
        int[] asked = [.. Enumerable.Range(0, names.Count).Where(i => names[i].Length > 0 && !names[i].Contains('\n', StringComparison.Ordinal))];
        if (asked.Length == 0)
            return ids;
        var input = Encoding.UTF8.GetBytes(string.Concat(asked.Select(i => names[i] + "\n")));
        var output = await repository.Git.RunAsync(["--no-replace-objects", "cat-file", "--batch-check=%(objectname)"], input, cancellationToken).ConfigureAwait(false);
        var answers = output.Text.Split('\n');
        if (answers.Length != asked.Length)
            throw new KernelException(KernelError.GitFailed, $"git cat-file answered {answers.Length} times where {asked.Length} objects were asked for.");
        for (var i = 0; i < asked.Length; i++)
            ids[asked[i]] = answers[i].Length is 40 or 64 && answers[i].All(char.IsAsciiHexDigitLower) ? answers[i] : null;
        return ids;
    }

    /// <summary>Every blob that is here, with its length; of a partial clone, none that would have to be fetched.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/> or <see cref="KernelError.GitMissing"/>.</exception>
    public static async Task<IReadOnlyList<(string Id, long Size)>> BlobsAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var blobs = new List<(string, long)>();
        var stream = new GitStream(repository.Git, ["--no-replace-objects", "cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objecttype) %(objectsize) %(objectname)"]);
        await using (stream.ConfigureAwait(false))
        {
            while (await stream.ReadTextToAsync((byte)'\n', cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (line.Split(' ') is ["blob", var size, var id])
                    blobs.Add((id, long.Parse(size, CultureInfo.InvariantCulture)));
            }

            await stream.FinishAsync(cancellationToken).ConfigureAwait(false);
        }

        return blobs;
    }
}
