using System.Globalization;
using System.Text;
using Colophon.Engine.Composition;
using Colophon.Kernel.Git;
using Colophon.Provenance.Approvals;
using Colophon.Provenance.Trust;

namespace Colophon.Engine;

/// <summary>What a change's text may have to be approved for.</summary>
public enum ChangeStep
{
    /// <summary>Having its tasks written.</summary>
    Apply,

    /// <summary>Folding it into the specifications.</summary>
    Archive,
}

/// <summary>A project's rules about approvals: the strictest of every configuration layer, and of the project's file as it lies here, is committed, and stands on the main branch.</summary>
/// <param name="Rules">Which verdicts count and how many approvals it takes.</param>
/// <param name="Before">What needs them.</param>
/// <param name="Origin">Where the number of approvals is asked for.</param>
public sealed record ApprovalPolicy(ApprovalRules Rules, IReadOnlyList<ChangeStep> Before, string Origin)
{
    private const string ProjectFile = ".colophon/config.toml";

    /// <summary>Whether a step needs approvals.</summary>
    public bool Guards(ChangeStep step) => Rules.Required > 0 && Before.Contains(step);

    /// <summary>Reads the rules.</summary>
    internal static async Task<ApprovalPolicy> ReadAsync(EngineParts parts, GitRepository? repository, CancellationToken cancellationToken)
    {
        var configuration = repository is null
            ? parts.Configuration
            : parts.Configuration.Stricter(await VersionsAsync(repository, cancellationToken).ConfigureAwait(false));
        var rules = new ApprovalRules
        {
            Required = configuration.Integer("approval.required"),
            Roles = [.. configuration.TextList("approval.roles").Select(static r => r == "reviewer" ? KeyRole.Reviewer : KeyRole.Developer)],
            AllowAuthor = configuration.Boolean("approval.allow_author"),
        };
        ChangeStep[] before = [.. configuration.TextList("approval.before").Select(static s => s == "apply" ? ChangeStep.Apply : ChangeStep.Archive).Distinct()];
        return new ApprovalPolicy(rules, before, configuration.Find("approval.required")?.Origin.ToString() ?? "");
    }

    // Whoever loosens the file, a change under approval among them, loosens nothing before that is committed and stands on the main branch, where others looked at it.
    private static async Task<IReadOnlyList<(string, ReadOnlyMemory<byte>)>> VersionsAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        string[] commits = ["HEAD", .. MainBranch.References];
        var asked = Encoding.UTF8.GetBytes(string.Concat(commits.Select(static c => $"{c}:{ProjectFile}\n")));
        var answer = await repository.Git.TryRunAsync(["cat-file", "--batch"], asked, cancellationToken).ConfigureAwait(false);
        var found = Read(answer.Output, commits).ToList();
        var main = MainBranch.Of(found.Select(static f => f.Commit));
        return [.. found.Where(f => f.Commit == "HEAD" || f.Commit == main).Select(static f => ($"{f.Commit}:{ProjectFile}", f.Content))];
    }

    // `<id> blob <size>`, the bytes and a line end; or `<name> missing`.
    private static IEnumerable<(string Commit, ReadOnlyMemory<byte> Content)> Read(byte[] output, string[] commits)
    {
        var at = 0;
        foreach (var commit in commits)
        {
            var end = output.AsSpan(at).IndexOf((byte)'\n');
            if (end < 0)
                yield break;
            var header = Encoding.UTF8.GetString(output, at, end).Split(' ');
            at += end + 1;
            if (header is not [_, var type, var length] || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || at + size > output.Length)
                continue;
            if (type == "blob")
                yield return (commit, output.AsMemory(at, size));
            at += size + 1;
        }
    }
}
