using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Verify;

/// <summary>What a sparse checkout leaves out of the log: committed, in git's index, and not missing.</summary>
internal static class SparseCheckout
{
    private const string LeftOut = "S ";

    /// <summary>How many files of the log are not checked out because they were not asked for.</summary>
    internal static async Task<int> LeftOutAsync(GitRepository repository, AuditLayout layout, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(repository.GitDirectory, "info", "sparse-checkout")))
            return 0;
        try
        {
            var listed = await repository.Git.RunAsync(["ls-files", "-t", "-z", "--", layout.Relative(layout.Audit)], cancellationToken: cancellationToken).ConfigureAwait(false);
            return listed.NulSeparated.Count(f => f.StartsWith(LeftOut, StringComparison.Ordinal) && !File.Exists(Path.Combine(repository.Root, f[LeftOut.Length..])));
        }
        catch (KernelException e) when (e.Error == KernelError.GitFailed)
        {
            return 0;
        }
    }
}
