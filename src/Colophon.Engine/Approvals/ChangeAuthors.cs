using System.Text;
using Colophon.Kernel.Git;

namespace Colophon.Engine.Approvals;

/// <summary>Who wrote a change's text, as git knows it: the authors of the commits that touched its files, task lists left out, because applying a change ticks those.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Mails">Their addresses.</param>
/// <param name="Uncommitted">Whether a part of the text is in no commit yet: whoever sits here wrote it.</param>
internal sealed record ChangeAuthors(IReadOnlyCollection<string> Names, IReadOnlyCollection<string> Mails, bool Uncommitted)
{
    internal static async Task<ChangeAuthors> FindAsync(GitRepository repository, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
            return new ChangeAuthors([], [], Uncommitted: false);
        var status = await repository.Git.TryRunAsync(["status", "--porcelain", "-z", "--untracked-files=all", "--", .. files], default, cancellationToken).ConfigureAwait(false);
        var log = await repository.Git.TryRunAsync(["log", "-z", "--format=%an%x00%ae", "--", .. files], default, cancellationToken).ConfigureAwait(false);
        // By turns a name and an address, which may be empty.
        var people = log.ExitCode == 0 ? Encoding.UTF8.GetString(log.Output).Split('\0') : [];
        return new ChangeAuthors(
            people.Where(static (name, i) => i % 2 == 0 && name.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase),
            people.Where(static (mail, i) => i % 2 == 1 && mail.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase),
            status.ExitCode != 0 || status.Output.Length > 0);
    }

    /// <summary>The names of those who committed to each file below a folder, by the file's path: one question for many changes.</summary>
    internal static async Task<ILookup<string, string>> NamesAsync(GitRepository repository, string folder, CancellationToken cancellationToken)
    {
        var log = await repository.Git.TryRunAsync(["log", "--format=%x01%an", "--name-only", "--no-renames", "--", folder], default, cancellationToken).ConfigureAwait(false);
        var pairs = new HashSet<(string Path, string Name)>();
        var name = "";
        foreach (var line in log.ExitCode == 0 ? log.Text.Split('\n') : [])
        {
            if (line.StartsWith('\u0001'))
                name = line[1..];
            else if (line.Length > 0)
                pairs.Add((line, name));
        }

        return pairs.ToLookup(static p => p.Path, static p => p.Name, StringComparer.Ordinal);
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
