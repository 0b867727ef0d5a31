using System.Text;
using Colophon.Kernel.Git;

namespace Colophon.Engine.Approvals;

/// <summary>Who made a commit, as git knows it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Mail">The address; empty where there is none.</param>
internal readonly record struct CommitAuthor(string Name, string Mail);

/// <summary>Who wrote a change's text, as git knows it: the authors of the commits that touched its files under whatever name, task lists left out, because applying a change ticks those.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Mails">Their addresses.</param>
/// <param name="Uncommitted">Whether a part of the text is in no commit yet: whoever sits here wrote it.</param>
internal sealed record ChangeAuthors(IReadOnlyCollection<string> Names, IReadOnlyCollection<string> Mails, bool Uncommitted)
{
    /// <summary>Those of some files, and whether these have parts that are in no commit.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="history">What <see cref="HistoryAsync"/> found.</param>
    /// <param name="files">The files, relative to the repository's root.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    internal static async Task<ChangeAuthors> FindAsync(GitRepository repository, ILookup<string, CommitAuthor> history, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
            return new ChangeAuthors([], [], Uncommitted: false);
        var status = await repository.Git.TryRunAsync(["status", "--porcelain", "-z", "--untracked-files=all", "--", .. files], default, cancellationToken).ConfigureAwait(false);
        CommitAuthor[] people = [.. files.SelectMany(f => history[f]).Distinct()];
        return new ChangeAuthors(
            people.Select(static p => p.Name).Where(static name => name.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase),
            people.Select(static p => p.Mail).Where(static mail => mail.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase),
            status.ExitCode != 0 || status.Output.Length > 0);
    }

    /// <summary>Who committed to each file below a folder, by the file's path and by every path it was renamed to since: one question for many changes.</summary>
    internal static async Task<ILookup<string, CommitAuthor>> HistoryAsync(GitRepository repository, string folder, CancellationToken cancellationToken)
    {
        // Likeness needs contents, and git would fetch the missing ones of a partial clone.
        var renamed = repository.Partial is null ? "-M" : "-M100%";
        var log = await repository.Git.TryRunAsync(
            ["log", "-z", "--topo-order", "--format=%x01%an%x00%ae", "--name-status", renamed, "--", folder], default, cancellationToken).ConfigureAwait(false);
        var pairs = new HashSet<(string Path, CommitAuthor Author)>();
        // What a path of older commits became: newer commits come first.
        var heirs = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var renames = new List<(string From, string To)>();
        var author = default(CommitAuthor);
        // A name and an address, which may be empty; then by turns what happened and to which path, or from which to which.
        var words = log.ExitCode == 0 ? Encoding.UTF8.GetString(log.Output).Split('\0') : [];
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            var (word, path) = (words[i], words[i + 1]);
            if (word.StartsWith('\u0001'))
            {
                Settle();
                author = new CommitAuthor(word[1..], path);
                continue;
            }

            if (word.TrimStart('\n').StartsWith('R') && i + 2 < words.Length)
            {
                renames.Add((path, words[i + 2]));
                path = words[++i + 1];
            }

            pairs.Add((path, author));
            foreach (var heir in heirs.GetValueOrDefault(path, []))
                pairs.Add((heir, author));
        }

        return pairs.ToLookup(static p => p.Path, static p => p.Author, StringComparer.Ordinal);

        // A commit's own changes are told by its new names; what is older goes by the old ones.
        void Settle()
        {
            foreach (var (from, to) in renames)
            {
                if (!heirs.TryGetValue(from, out var known))
                    heirs[from] = known = new HashSet<string>(StringComparer.Ordinal);
                known.Add(to);
                known.UnionWith(heirs.GetValueOrDefault(to, []));
            }

            renames.Clear();
        }
    }

    /// <summary>Whether the person at this machine is one of them.</summary>
    internal async Task<bool> IncludesMeAsync(GitRepository repository, string person, CancellationToken cancellationToken)
    {
        if (Uncommitted || Names.Contains(person))
            return true;
        foreach (var (key, known) in new[] { ("user.name", Names), ("user.email", Mails) })
        {
            var set = await repository.Git.TryRunAsync(["config", key], default, cancellationToken).ConfigureAwait(false);
            if (set.ExitCode == 0 && known.Contains(set.Text))
                return true;
        }

        return false;
    }
}
