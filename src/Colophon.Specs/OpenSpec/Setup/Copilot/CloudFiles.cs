using System.Security.Cryptography;
using System.Text;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Setup.Copilot;

/// <summary>
/// The two files that let GitHub's own agent run <c>openspec</c>. They are written for those who asked; what a person changed in them is never touched.
/// </summary>
internal sealed class CloudFiles(ProjectFiles files)
{
    private const string Steps = ".github/workflows/copilot-setup-steps.yml";
    private const string Agent = ".github/agents/openspec.agent.md";

    /// <summary>An agent that people name so themselves stands in for ours.</summary>
    private const string OtherAgent = ".github/agents/openspec.md";

    private static readonly string[] s_both = [Steps, Agent];

    /// <summary>SHA-256 of the texts of older versions, which may be replaced.</summary>
    private static readonly string[] s_former =
    [
        "89B7C5E60376C9AF32D6769F303E4CD8D31BBC6E85AD7F1C6DA076395B9CBEAE",
        "DB9AF4BCDA81440AF9D8C600F98F60CADA6B8B3F36D831C03D0ACF0382EDFB27",
        "9B4D148E020FC89DE8D941539CE2E1555BC5F604FCC9199654635316BC57256A",
        "5180FBCF10C30BA63B99DC52110686C9408363F367A4880DD0E40B321707B90D",
        "30C00A5E4F7F22006B24636A53AE1C37A1A7C8832C23424A834B21AE2CA3C844",
    ];

    /// <summary>Whether one of them is there as some version wrote it.</summary>
    internal bool HasManaged() => Managed().Any();

    /// <summary>Those that are there as some version wrote them.</summary>
    internal IEnumerable<string> Managed() => s_both.Where(path => Existing(path) is { } text && IsManaged(path, text));

    /// <summary>Those that are there and are somebody's own.</summary>
    internal IEnumerable<string> Foreign() => s_both.Where(path => Existing(path) is { } text && !IsManaged(path, text));

    /// <summary>Writes what is missing and replaces what an older version wrote.</summary>
    /// <exception cref="OpenSpecFailure">Something else is in the way.</exception>
    internal void Write()
    {
        var (steps, agent, other) = (files.Inside(Steps), files.Inside(Agent), files.Inside(OtherAgent));
        AssertCreatable(steps);
        AssertCreatable(agent);
        AssertRegular(steps);
        AssertRegular(agent);
        AssertRegular(other);
        var otherExists = DiskEntry.ExistsAt(other);
        var replaced = otherExists && DiskEntry.ExistsAt(agent);
        if (replaced && !IsManaged(Agent, ProjectFiles.Read(agent)))
            throw new OpenSpecFailure($"Conflicting Copilot agent profiles: preserve either {OtherAgent} or {Agent}");
        Reconcile(Steps, steps);
        if (!otherExists)
            Reconcile(Agent, agent);
        else if (replaced)
            ProjectFiles.Delete(agent);
    }

    /// <summary>Removes what some version wrote.</summary>
    /// <returns>How many files.</returns>
    /// <exception cref="OpenSpecFailure">Something else is in their place.</exception>
    internal int Remove()
    {
        var paths = s_both.Select(path => (path, Full: files.Inside(path))).ToList();
        foreach (var (_, full) in paths)
            AssertRegular(full);
        var removed = 0;
        foreach (var (path, full) in paths)
        {
            if (!files.FileExists(full) || !IsManaged(path, ProjectFiles.Read(full)))
                continue;
            ProjectFiles.Delete(full);
            removed++;
        }

        return removed;
    }

    private string? Existing(string path)
    {
        var full = files.Inside(path);
        return files.FileExists(full) ? ProjectFiles.Read(full) : null;
    }

    private static void Reconcile(string path, string full)
    {
        if (!DiskEntry.ExistsAt(full) || IsFormer(ProjectFiles.Read(full)))
            ProjectFiles.Write(full, Current(path));
    }

    private static bool IsManaged(string path, string text) => WithoutCr(text) == Current(path) || IsFormer(text);

    private static bool IsFormer(string text) => s_former.Contains(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(WithoutCr(text)))));

    private static string WithoutCr(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string Current(string path) => PackageFiles.Text($"copilot/{path[(path.LastIndexOf('/') + 1)..]}");

    private static void AssertCreatable(string path)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var entry = DiskEntry.At(folder);
            if (entry.Failure is { } failure)
                throw new OpenSpecFailure($"{failure}, stat '{folder}'");
            if (entry is { Exists: true, IsFolder: false })
                throw new OpenSpecFailure($"Parent path is not a directory: {folder}");
            if (entry.Exists)
                return;
        }
    }

    private static void AssertRegular(string path)
    {
        var entry = DiskEntry.At(path);
        if (entry.Failure is { } failure)
            throw new OpenSpecFailure($"{failure}, stat '{path}'");
        if (entry.IsFolder)
            throw new OpenSpecFailure($"Managed Copilot path is not a regular file: {path}");
    }
}
