using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;

namespace Colophon.Specs.OpenSpec.Stores;

/// <summary>What is asked of git about a store. Nothing here fetches, pulls or pushes.</summary>
internal sealed class StoreGit(string root)
{
    private readonly GitRunner _git = new(root);

    /// <summary>Whether the folder is a repository of its own; git itself would also find one around it.</summary>
    internal static bool IsRepository(string root) => Directory.Exists($"{root}/.git") || File.Exists($"{root}/.git");

    /// <summary>The address of <c>origin</c> of a repository, from its configuration.</summary>
    internal static string? Origin(string root) => IsRepository(root) && new StoreGit(root).Ask("remote", "get-url", "origin")?.Trim() is { Length: > 0 } url ? url : null;

    internal bool? HasCommits => Run(["rev-parse", "--verify", "--quiet", "HEAD"]) is { } result ? result.ExitCode switch { 0 => true, 1 => false, _ => null } : null;

    internal bool? HasChanges => IsAny(Ask("status", "--porcelain"));

    internal bool? HasRemote => IsAny(Ask("remote"));

    /// <summary>The folder of the repository around this one.</summary>
    internal string? TopLevel => Ask("rev-parse", "--show-toplevel")?.Trim();

    internal bool? Tracks(string folder) => IsAny(Ask("ls-files", "--", folder));

    /// <summary>How many commits the tracked branch has that the checkout lacks, and the other way round.</summary>
    internal (int Behind, int Ahead)? Drift()
    {
        var counts = Ask("rev-list", "--left-right", "--count", "@{upstream}...HEAD")?.Split(['\t', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return counts is [var behind, var ahead] && int.TryParse(behind, out var lacking) && int.TryParse(ahead, out var own) ? (lacking, own) : null;
    }

    /// <summary>Whether git is there and knows who commits.</summary>
    /// <exception cref="OpenSpecFailure">It is not, or it does not.</exception>
    internal void CheckIdentity()
    {
        foreach (var name in (ReadOnlySpan<string>)["GIT_COMMITTER_IDENT", "GIT_AUTHOR_IDENT"])
        {
            var result = Run(["var", name]) ?? throw new OpenSpecFailure(
                "Git is not available, so setup cannot create the initial store commit.", "store_git_init_failed", "Install Git or rerun setup with --no-init-git.", "store.git");
            if (result.ExitCode != 0)
            {
                throw new OpenSpecFailure(
                    "No usable Git commit identity is configured, so setup cannot create the initial store commit.",
                    "store_git_identity_missing",
                    "Run git config --global user.name \"Your Name\" and git config --global user.email \"you@example.com\", or rerun setup with --no-init-git.",
                    "store.git");
            }
        }
    }

    /// <summary>Makes a repository.</summary>
    internal void Init()
    {
        if (Run(["init"]) is not { ExitCode: 0 } and var result)
            throw new OpenSpecFailure($"Failed to initialize Git repository: {result?.Error}", "store_git_init_failed", "Install Git or rerun setup with --no-init-git.", "store.git");
    }

    /// <summary>Commits these paths and nothing else that is staged.</summary>
    internal void Commit(string id, IReadOnlyList<string> paths)
    {
        var result = Run(["add", "--", .. paths]);
        if (result is { ExitCode: 0 })
            result = Run(["commit", "-m", $"Initialize OpenSpec store {id}", "--", .. paths]);
        if (result is { ExitCode: 0 })
            return;
        _ = Run(["rm", "--cached", "-r", "-f", "-q", "--", .. paths]);
        throw new OpenSpecFailure(
            $"Failed to create the initial store commit: {result?.Error}", "store_git_commit_failed", "Commit the created files manually, or rerun setup with --no-init-git.", "store.git");
    }

    private static bool? IsAny(string? text) => text is null ? null : !string.IsNullOrWhiteSpace(text);

    private string? Ask(params string[] arguments) => Run(arguments) is { ExitCode: 0 } result ? result.Text : null;

    /// <summary>Null where git cannot be started.</summary>
    private GitOutput? Run(string[] arguments)
    {
        try
        {
#pragma warning disable VSTHRD002 // A console command that does nothing meanwhile, on a thread nobody waits for.
            return _git.TryRunAsync(arguments).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
        catch (KernelException)
        {
            return null;
        }
    }
}
