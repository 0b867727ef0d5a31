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
}
