using System.Text;
using Colophon.Kernel.Files;

namespace Colophon.Generation.Scratch;

/// <summary>What the scratch tree was filled with: the state every proposal is measured against. Kept in the session's folder.</summary>
internal sealed record Snapshot
{
    private const string Magic = "colophon-snapshot-1";

    /// <summary>The commit that was checked out.</summary>
    public required string Commit { get; init; }

    /// <summary>The scratch tree's own git directory. Git is pointed at it by hand: the <c>.git</c> file in the tree is within the model's reach.</summary>
    public required string GitDirectory { get; init; }

    /// <summary>The files by path.</summary>
    public required IReadOnlyDictionary<string, SnapshotEntry> Files { get; init; }

    internal void Save(string path)
    {
        var text = new StringBuilder().Append(Magic).Append('\t').Append(Commit).Append('\t').Append(GitDirectory).Append('\n');
        foreach (var entry in Files.Values)
            text.Append(entry.Format()).Append('\n');
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(text.Append("end\n").ToString()));
    }

    /// <summary>Reads a snapshot; null where it is missing or damaged.</summary>
    internal static Snapshot? TryLoad(string path)
    {
        if (!File.Exists(path))
            return null;
        var lines = File.ReadAllLines(path);
        if (lines.Length < 2 || lines[0].Split('\t') is not [Magic, var commit, var git] || lines[^1] != "end")
            return null;
        var files = new Dictionary<string, SnapshotEntry>(StringComparer.Ordinal);
        foreach (var line in lines.AsSpan(1, lines.Length - 2))
        {
            if (SnapshotEntry.TryParse(line) is not { } entry)
                return null;
            files[entry.Path.Value] = entry;
        }

        return new Snapshot { Commit = commit, GitDirectory = git, Files = files };
    }
}
