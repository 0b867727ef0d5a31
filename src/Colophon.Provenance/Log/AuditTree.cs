using System.IO.Enumeration;
using Colophon.Provenance.Anchors;

namespace Colophon.Provenance.Log;

/// <summary>A stream's folder.</summary>
internal sealed record StreamFolder
{
    internal required string Change { get; init; }

    internal required string Stream { get; init; }

    internal required string Directory { get; init; }

    /// <summary>By ascending place, each once, files of their own before segments; two of one place are a fork.</summary>
    internal required IReadOnlyList<EntryName> Entries { get; init; }

    internal IReadOnlyList<SegmentFile> Segments { get; init; } = [];

    internal required IReadOnlyList<(long Size, string Path)> Checkpoints { get; init; }

    /// <summary>Files and folders that have no business here, among them every symbolic link.</summary>
    internal required IReadOnlyList<string> Oddities { get; init; }

    internal string Key => $"{Change}/{Stream}";
}

/// <summary>Lists what lies in the log, by names alone. Hidden files (left-over temporary ones, a desktop's droppings) are passed over.</summary>
internal static class AuditTree
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    /// <summary>Every stream's folder in a stable order; oddities above the streams are added to <paramref name="oddities"/>.</summary>
    internal static IReadOnlyList<StreamFolder> Streams(AuditLayout layout, List<string> oddities)
    {
        var streams = new List<StreamFolder>();
        foreach (var change in Names(layout, layout.Streams, layout.Segments, oddities))
        {
            foreach (var stream in Names(layout, Path.Combine(layout.Streams, change), Path.Combine(layout.Segments, change), oddities))
                streams.Add(Read(layout, change, stream));
        }

        return streams;
    }

    /// <summary>The streams of one change, without a look at all others.</summary>
    internal static IReadOnlyList<StreamFolder> Of(AuditLayout layout, string change)
    {
        string[] folders = [Path.Combine(layout.Streams, change), Path.Combine(layout.Segments, change)];
        return EntryFormat.IsName(change) ? [.. Names(layout, folders[0], folders[1], []).Select(stream => Read(layout, change, stream))] : [];
    }

    /// <summary>Every stream's change and name in a stable order, without looking into them.</summary>
    internal static IEnumerable<(string Change, string Stream)> Keys(AuditLayout layout) =>
        from change in Names(layout, layout.Streams, layout.Segments, [])
        from stream in Names(layout, Path.Combine(layout.Streams, change), Path.Combine(layout.Segments, change), [])
        select (change, stream);

    internal static StreamFolder Read(AuditLayout layout, string change, string stream)
    {
        var directory = layout.Stream(change, stream);
        var entries = new List<EntryName>();
        var checkpoints = new List<(long, string)>();
        var oddities = new List<string>();
        foreach (var file in Children(layout, directory))
        {
            if (!file.IsPlain)
                oddities.Add(file.Path);
            else if (AuditLayout.TryEntryName(file.Name, out var seq, out var leaf12))
                entries.Add(new EntryName(seq, leaf12, file.Path));
            else if (AuditLayout.TryCheckpointName(file.Name, out var size))
                checkpoints.Add((size, file.Path));
            else
                oddities.Add(file.Path);
        }

        var segments = Segments(layout, change, stream, oddities);
        Unpack(segments, directory, entries);
        entries.Sort(static (a, b) => a.Seq != b.Seq ? a.Seq.CompareTo(b.Seq) : string.CompareOrdinal(a.Leaf12, b.Leaf12));
        checkpoints.Sort();
        return new StreamFolder { Change = change, Stream = stream, Directory = directory, Entries = entries, Segments = segments, Checkpoints = checkpoints, Oddities = oddities };
    }

    private static List<SegmentFile> Segments(AuditLayout layout, string change, string stream, List<string> oddities)
    {
        var segments = new List<SegmentFile>();
        var contents = new List<(SegmentName Name, string Path)>();
        foreach (var file in Children(layout, Path.Combine(layout.Segments, change, stream)))
        {
            var name = default(SegmentName);
            if (file.IsPlain && file.Name.EndsWith(SegmentFile.LeavesSuffix, StringComparison.Ordinal)
                && SegmentName.TryParse(change, stream, file.Name.AsSpan(0, file.Name.Length - SegmentFile.LeavesSuffix.Length), out name) && SegmentFile.Open(layout, name) is { } segment)
                segments.Add(segment);
            else if (file.IsPlain && file.Name.EndsWith(SegmentFile.ContentSuffix, StringComparison.Ordinal)
                && SegmentName.TryParse(change, stream, file.Name.AsSpan(0, file.Name.Length - SegmentFile.ContentSuffix.Length), out name))
                contents.Add((name, file.Path));
            else
                oddities.Add(file.Path);
        }

        // A writer makes the leaves first, so content without them lost them.
        oddities.AddRange(contents.Where(c => !segments.Exists(s => s.Name == c.Name)).Select(static c => c.Path));
        segments.Sort(static (a, b) => (a.Name.First, a.Name.Last).CompareTo((b.Name.First, b.Name.Last)));
        return segments;
    }

    // What lies there twice (a crash before the files went, two branches that packed differently) counts once, from where it can be read.
    private static void Unpack(List<SegmentFile> segments, string directory, List<EntryName> entries)
    {
        if (segments.Count == 0)
            return;
        var known = entries.Select(static e => (e.Seq, e.Leaf12)).ToHashSet();
        foreach (var segment in segments.OrderBy(static s => s.ContentPath is null))
        {
            for (var seq = segment.Name.First; seq <= segment.Name.Last; seq++)
            {
                var leaf = Convert.ToHexStringLower(segment.Leaf(seq));
                if (known.Add((seq, leaf[..12])))
                    entries.Add(new EntryName(seq, leaf[..12], Path.Combine(directory, AuditLayout.EntryName(seq, leaf)), segment));
            }
        }
    }

    /// <summary>The heads' files in a stable order.</summary>
    internal static IReadOnlyList<string> Heads(AuditLayout layout, List<string> oddities)
    {
        var heads = new List<string>();
        foreach (var file in Children(layout, layout.Heads))
        {
            if (file.IsPlain && file.Name.EndsWith(".note", StringComparison.Ordinal))
                heads.Add(file.Path);
            else
                oddities.Add(file.Path);
        }

        heads.Sort(StringComparer.Ordinal);
        return heads;
    }

    /// <summary>The disclosures' files in a stable order.</summary>
    internal static IReadOnlyList<string> Disclosures(AuditLayout layout, List<string> oddities)
    {
        var files = new List<string>();
        foreach (var folder in Children(layout, layout.Disclosures))
        {
            if (!folder.IsFolder || folder.IsLink || !EntryFormat.IsHex(folder.Name, 1))
                oddities.Add(folder.Path);
            else
                files.AddRange(Sort(Children(layout, folder.Path), f => f.IsPlain && EntryFormat.IsHex(f.Name, MerkleHash.Length) && f.Name.StartsWith(folder.Name, StringComparison.Ordinal), oddities));
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>What lies above the streams, the heads and the disclosures and does not belong there: links in the place of folders, other files.</summary>
    internal static IEnumerable<string> Aliens(AuditLayout layout)
    {
        // What a link leads to is not what git carries, whatever lies there today.
        List<string> aliens = [.. layout.Folders.Where(static f => new DirectoryInfo(f).LinkTarget is not null)];
        _ = Sort(Children(layout, layout.Version), c => c.IsFolder && (c.IsLink || layout.IsOwn(c.Path)), aliens);
        _ = Sort(Children(layout, layout.Trust), static c => c is { IsPlain: true } ? AuditLayout.IsVersionName(c.Name) : c is { IsLink: false, Name: AuditLayout.Pending }, aliens);
        _ = Sort(Children(layout, Path.Combine(layout.Trust, AuditLayout.Pending)), static c => c.IsPlain && AuditLayout.IsVersionName(c.Name), aliens);
        _ = Sort(Children(layout, layout.Anchors), static c => c.IsPlain && (c.Name.EndsWith(AuditAnchors.TokenSuffix, StringComparison.Ordinal) || c.Name.EndsWith(AuditAnchors.StatementSuffix, StringComparison.Ordinal)), aliens);
        return aliens.Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Sort(IEnumerable<Child> children, Func<Child, bool> belongs, List<string> oddities)
    {
        var here = children.ToLookup(belongs, static c => c.Path);
        oddities.AddRange(here[false]);
        return here[true];
    }

    private static IEnumerable<string> Names(AuditLayout layout, string streams, string segments, List<string> oddities) =>
        Folders(layout, streams, oddities).Concat(Folders(layout, segments, oddities)).Select(static f => f.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<Child> Folders(AuditLayout layout, string directory, List<string> oddities)
    {
        foreach (var child in Children(layout, directory))
        {
            if (child is { IsFolder: true, IsLink: false } && EntryFormat.IsName(child.Name))
                yield return child;
            else
                oddities.Add(child.Path);
        }
    }

    private static IReadOnlyList<Child> Children(AuditLayout layout, string directory)
    {
        if (BoundedFile.Look(directory) is not { } found || !found.HasFlag(FileAttributes.Directory) || layout.IsThroughLink(directory))
            return [];
        try
        {
            return [.. new FileSystemEnumerable<Child>(directory, Child.Of, All) { ShouldIncludePredicate = static (ref e) => e.FileName[0] != '.' }];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (UnauthorizedAccessException e)
        {
            throw BoundedFile.Denied(directory, e);
        }
    }

    private readonly record struct Child(string Name, string Path, bool IsFolder, bool IsLink)
    {
        internal bool IsPlain => !IsFolder && !IsLink;

        internal static Child Of(ref FileSystemEntry entry) =>
            new(entry.FileName.ToString(), entry.ToFullPath(), entry.IsDirectory, (entry.Attributes & FileAttributes.ReparsePoint) == FileAttributes.ReparsePoint);
    }
}
