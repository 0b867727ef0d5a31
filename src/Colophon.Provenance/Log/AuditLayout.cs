using System.Globalization;

namespace Colophon.Provenance.Log;

/// <summary>Where the parts of the log lie.</summary>
/// <param name="root">The top of the working tree.</param>
/// <param name="archives">Folders outside it that packed entries were moved to.</param>
internal sealed class AuditLayout(string root, IReadOnlyList<string>? archives = null)
{
    internal string Audit { get; } = Path.Combine(root, ".openspec", "audit");

    internal string Version => Path.Combine(Audit, "v1");

    internal string Streams => Path.Combine(Version, "s");

    internal string Heads => Path.Combine(Version, "heads");

    internal string Trust => Path.Combine(Version, "trust");

    internal string Anchors => Path.Combine(Version, "anchors");

    internal string Segments => Path.Combine(Version, "seg");

    internal string Disclosures => Path.Combine(Version, "disc");

    /// <summary>The folders that every log has, outermost first.</summary>
    internal IReadOnlyList<string> Folders => [Path.Combine(root, ".openspec"), Audit, Version, Streams, Heads, Trust, Segments, Anchors, Disclosures];

    /// <summary>Whether a path is one of the folders that belong into <see cref="Version"/>.</summary>
    internal bool IsOwn(string path) => path == Streams || path == Heads || path == Trust || path == Segments || path == Disclosures || path == Anchors;

    /// <summary>Whether a folder of the log is, or lies behind, a symbolic link: nothing there belongs to the log.</summary>
    internal bool IsThroughLink(string folder)
    {
        for (var at = folder; at is not null && at.Length > root.Length; at = Path.GetDirectoryName(at))
        {
            if (new DirectoryInfo(at).LinkTarget is not null)
                return true;
        }

        return false;
    }

    /// <summary>A path of the log as git names it: relative to the top of the working tree.</summary>
    internal string Relative(string path) =>
        path.Length > root.Length && path[root.Length] == '/' && path.StartsWith(root, StringComparison.Ordinal) ? path[(root.Length + 1)..] : Path.GetRelativePath(root, path).Replace('\\', '/');

    internal string Stream(string change, string stream) => Path.Combine(Streams, change, stream);

    internal string SegmentPath(SegmentName name, string suffix) => Path.Combine(Segments, name.Change, name.Stream, name.Range + suffix);

    /// <summary>Where a segment's content may be, the tree first.</summary>
    internal IEnumerable<string> SegmentPaths(SegmentName name)
    {
        yield return SegmentPath(name, SegmentFile.ContentSuffix);
        foreach (var archive in archives ?? [])
            yield return ArchivePath(archive, name);
    }

    internal static string ArchivePath(string archive, SegmentName name) => Path.Combine(archive, name.Change, name.Stream, name.Range + SegmentFile.ContentSuffix);

    /// <summary>The folder of a change of trust that waits for signatures.</summary>
    internal const string Pending = "pending";

    /// <summary>Whether a file is named like a version of the trust file.</summary>
    internal static bool IsVersionName(string name) =>
        name.EndsWith(".json", StringComparison.Ordinal) && long.TryParse(name.AsSpan(0, name.Length - 5), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 && name == VersionName(version);

    internal static string VersionName(long version) => $"{version:D4}.json";

    internal static string EntryName(long seq, string leaf) => $"{seq:D8}-{leaf[..12]}.json";

    internal static string CheckpointName(long size) => $"ckpt-{size:D8}.note";

    /// <summary>Takes an entry's file name apart.</summary>
    internal static bool TryEntryName(string name, out long seq, out string leaf12)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        (seq, leaf12) = (0, "");
        if (dash < 8 || !name.EndsWith(".json", StringComparison.Ordinal) || name.Length != dash + 18 || !long.TryParse(name.AsSpan(0, dash), out seq) || seq < 1)
            return false;
        leaf12 = name.Substring(dash + 1, 12);
        return EntryFormat.IsHex(leaf12, 6) && name == $"{seq:D8}-{leaf12}.json";
    }

    /// <summary>Takes a checkpoint's file name apart.</summary>
    internal static bool TryCheckpointName(string name, out long size)
    {
        size = 0;
        return name.StartsWith("ckpt-", StringComparison.Ordinal) && name.EndsWith(".note", StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(5, name.Length - 10), out size) && size > 0 && name == CheckpointName(size);
    }
}
