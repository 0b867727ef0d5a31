using Colophon.Kernel.Git;

namespace Colophon.Engine;

/// <summary>What git leaves out of commits although it belongs to the log: a clone has no such entries, and nobody there misses them.</summary>
/// <param name="Message">What is ignored and by which rule, as a part of a sentence.</param>
/// <param name="Hint">What to do.</param>
public sealed record IgnoredLog(string Message, string Hint)
{
    private const string Audit = ".openspec/audit/v1/";

    // One of each kind of file, none of which need exist: what is ignored is told before it is written.
    private static readonly string[] s_samples =
    [
        Audit + "s/a-change/0123456789abcdef/00000001-0123456789ab.json", Audit + "s/a-change/0123456789abcdef/ckpt-00000001.note", Audit + "heads/1-0123456789ab.note",
        Audit + "seg/a-change/0123456789abcdef/00000001-00000002.leaves", Audit + "seg/a-change/0123456789abcdef/00000001-00000002.jsonl.gz", Audit + "trust/0002.json",
    ];

    /// <summary>Asks git's rules; null where they let the log's files through.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static Task<IgnoredLog?> OfRulesAsync(GitRepository repository, CancellationToken cancellationToken) => RuleAsync(repository, s_samples, "the log's files", cancellationToken);

    /// <summary>Looks for files of the log that lie in the tree, are in no commit and are ignored; null where there are none.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<IgnoredLog?> OfFilesAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        var listed = await repository.Git.TryRunAsync(["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", Audit], default, cancellationToken).ConfigureAwait(false);
        string[] left = listed.ExitCode == 0 ? [.. listed.NulSeparated.Where(static p => !p.StartsWith(Audit + "disc/", StringComparison.Ordinal) && !p.EndsWith(Kernel.Files.AtomicFile.TemporarySuffix, StringComparison.Ordinal))] : [];
        return left.Length == 0 ? null : await RuleAsync(repository, [left[0]], $"{left.Length} {(left.Length == 1 ? "file" : "files")} of the log", cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IgnoredLog?> RuleAsync(GitRepository repository, string[] paths, string what, CancellationToken cancellationToken)
    {
        // This command alone knows no literal paths; ours begin with no magic. For each path it prints the file with the rule, its line, the rule, the path.
        var asked = await repository.Git.TryRunAsync(["--no-literal-pathspecs", "check-ignore", "--no-index", "-v", "-z", "--stdin"], System.Text.Encoding.UTF8.GetBytes(string.Join('\0', paths) + "\0"), cancellationToken).ConfigureAwait(false);
        var rule = System.Text.Encoding.UTF8.GetString(asked.Output).Split('\0').Chunk(4).FirstOrDefault(static r => r is [_, _, not ['!', ..], _]);
        return rule is null ? null : new IgnoredLog(
            $"git ignores {what} ({rule[0]}:{rule[1]}: {rule[2]}), such as '{rule[3]}': they come into no commit and reach no clone",
            "Take the rule out, or make it leave .openspec/ alone, then `git add .openspec/audit`.");
    }
}
