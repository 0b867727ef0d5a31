using System.Globalization;
using System.Text;
using Colophon.Kernel.Git;
using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Anchors;

/// <summary>
/// A signed git tag that holds an anchor statement. The signature is git's own ssh form, so <c>git verify-tag</c> checks it too; we make and check it ourselves, because git would start
/// whatever program the repository's configuration names. It anchors as soon as it is pushed to where its signer cannot take it back.
/// </summary>
/// <param name="Name">The tag's name.</param>
/// <param name="Commit">The commit it is on.</param>
/// <param name="Statement">What it says.</param>
/// <param name="At">When the tagger says it was made.</param>
/// <param name="Signer">The key under it; null where it is not signed, or not by an Ed25519 key in ssh form.</param>
/// <param name="IsHere">Whether its commit leads to the one that is checked out.</param>
internal sealed record AnchorTag(string Name, string Commit, AnchorStatement Statement, DateTimeOffset At, PublicKey? Signer, bool IsHere)
{
    /// <summary>What the refs of all anchors begin with.</summary>
    internal const string Prefix = $"refs/tags/{Folder}anchor-";

    private const string Folder = "colophon/";
    private const string Namespace = "git";
    private const int MostTags = 4096;

    /// <summary>Makes the tag on a commit.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.AnchorUnusable"/>: there is a tag of that name with another content.</exception>
    internal static async Task<string> CreateAsync(GitRepository repository, string commit, AnchorStatement statement, string person, DateTimeOffset at, SigningKey key, CancellationToken cancellationToken)
    {
        var name = $"{Folder}anchor-{statement.Name}";
        var tagger = string.Concat(person.Where(static c => c is not ('<' or '>') && !char.IsControl(c))).Trim();
        var text = string.Create(CultureInfo.InvariantCulture, $"object {commit}\ntype commit\ntag {name}\ntagger {(tagger.Length == 0 ? "colophon" : tagger)} <> {at.ToUnixTimeSeconds()} +0000\n\n{statement.Text}");
        var signed = text + SshSignature.Sign(Encoding.UTF8.GetBytes(text), Namespace, key);
        var id = (await repository.Git.RunAsync(["hash-object", "-t", "tag", "-w", "--stdin"], Encoding.UTF8.GetBytes(signed), cancellationToken).ConfigureAwait(false)).Text;
        var made = await repository.Git.TryRunAsync(["update-ref", $"refs/tags/{name}", id, new string('0', id.Length)], default, cancellationToken).ConfigureAwait(false);
        if (made.ExitCode != 0)
            throw new ProvenanceException(ProvenanceError.AnchorUnusable, $"The tag '{name}' cannot be made: {made.Error}", "If it exists, nothing was appended since: push that one.");
        return name;
    }

    /// <summary>The tags of the repository that hold a statement.</summary>
    internal static async Task<IReadOnlyList<AnchorTag>> ListAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        var tags = new List<AnchorTag>();
        var all = await RefsAsync(repository, [], cancellationToken).ConfigureAwait(false);
        if (all.Count == 0)
            return tags;
        var merged = await RefsAsync(repository, ["--merged=HEAD"], cancellationToken).ConfigureAwait(false);
        foreach (var (name, id) in all)
        {
            if (await ReadAsync(repository, id, name, merged.ContainsKey(name), cancellationToken).ConfigureAwait(false) is { } tag)
                tags.Add(tag);
        }

        return tags;
    }

    /// <summary>The names of all tags of anchors whose commits lead to a ref.</summary>
    internal static async Task<IEnumerable<string>> LeadingToAsync(GitRepository repository, string name, CancellationToken cancellationToken) =>
        (await RefsAsync(repository, [$"--merged={name}"], cancellationToken).ConfigureAwait(false)).Keys;

    private static async Task<Dictionary<string, string>> RefsAsync(GitRepository repository, string[] filter, CancellationToken cancellationToken)
    {
        var list = await repository.Git.TryRunAsync(
            ["for-each-ref", "--format=%(objecttype) %(objectname) %(refname:strip=2)", $"--count={MostTags}", .. filter, $"refs/tags/{Folder}"], default, cancellationToken).ConfigureAwait(false);
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in list.ExitCode == 0 ? list.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [])
        {
            if (line.Split(' ', 3) is ["tag", var id, var name])
                tags[name] = id;
        }

        return tags;
    }

    private static async Task<AnchorTag?> ReadAsync(GitRepository repository, string id, string name, bool isHere, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString((await repository.Git.TryRunAsync(["cat-file", "tag", id], default, cancellationToken).ConfigureAwait(false)).Output);
        var body = text.IndexOf("\n\n", StringComparison.Ordinal);
        var signature = text.IndexOf(SshSignature.Begin, StringComparison.Ordinal);
        if (body < 0 || !AnchorStatement.TryParse(text[(body + 2)..(signature < body ? text.Length : signature)], out var statement))
            return null;
        var tagger = text[..body].Split('\n').FirstOrDefault(static l => l.StartsWith("tagger ", StringComparison.Ordinal))?.Split(' ');
        var at = tagger is { Length: > 2 } && long.TryParse(tagger[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        var commit = text[..body].Split('\n')[0].Split(' ') is ["object", var named] && named.All(char.IsAsciiHexDigit) ? named : "";
        return new AnchorTag(name, commit, statement, at, signature < 0 ? null : SshSignature.SignerOf(Encoding.UTF8.GetBytes(text[..signature]), text[signature..], Namespace), isHere);
    }
}
