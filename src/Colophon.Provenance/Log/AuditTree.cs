using System.IO.Enumeration;

namespace Colophon.Provenance.Log;

/// <summary>An entry's file by its name alone.</summary>
internal readonly record struct EntryName(long Seq, string Leaf12, string Path);

/// <summary>A stream's folder.</summary>
internal sealed record StreamFolder
{
    internal required string Change { get; init; }

    internal required string Stream { get; init; }

    internal required string Directory { get; init; }

    /// <summary>By ascending place; two of one place are a fork.</summary>
    internal required IReadOnlyList<EntryName> Entries { get; init; }

    internal required IReadOnlyList<(long Size, string Path)> Checkpoints { get; init; }

    /// <summary>Files and folders that have no business here, among them every symbolic link.</summary>
    internal required IReadOnlyList<string> Oddities { get; init; }

    internal string Key => $"{Change}/{Stream}";
}

/// <summary>Lists what lies in the log, by names alone. Hidden files (left-over temporary ones, a desktop's droppings) are passed over.</summary>
internal static class AuditTree
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, ReturnSpecialDirectories = false };

    /// <summary>Every stream's folder in a stable order; oddities above the streams are added to <paramref name="oddities"/>.</summary>
    internal static IReadOnlyList<StreamFolder> Streams(AuditLayout layout, List<string> oddities)
    {
        var streams = new List<StreamFolder>();
        // What a link leads to is not what git carries, whatever lies there today.
        oddities.AddRange(layout.Folders.Where(static f => new DirectoryInfo(f).LinkTarget is not null));
        foreach (var change in Folders(layout.Streams, oddities))
        {
            foreach (var stream in Folders(change.Path, oddities))
                streams.Add(Read(change.Name, stream.Name, stream.Path));
        }

        return streams;
    }

    internal static StreamFolder Read(string change, string stream, string directory)
    {
        var entries = new List<EntryName>();
        var checkpoints = new List<(long, string)>();
        var oddities = new List<string>();
        foreach (var file in Children(directory))
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

        entries.Sort(static (a, b) => a.Seq != b.Seq ? a.Seq.CompareTo(b.Seq) : string.CompareOrdinal(a.Leaf12, b.Leaf12));
        checkpoints.Sort();
        return new StreamFolder { Change = change, Stream = stream, Directory = directory, Entries = entries, Checkpoints = checkpoints, Oddities = oddities };
    }

    /// <summary>The heads' files in a stable order.</summary>
    internal static IReadOnlyList<string> Heads(AuditLayout layout, List<string> oddities)
    {
        var heads = new List<string>();
        foreach (var file in Children(layout.Heads))
        {
            if (file.IsPlain && file.Name.EndsWith(".note", StringComparison.Ordinal))
                heads.Add(file.Path);
            else
                oddities.Add(file.Path);
        }

        heads.Sort(StringComparer.Ordinal);
        return heads;
    }

    private static IEnumerable<Child> Folders(string directory, List<string> oddities)
    {
        foreach (var child in Children(directory).OrderBy(static c => c.Name, StringComparer.Ordinal))
        {
            if (child is { IsFolder: true, IsLink: false } && EntryFormat.IsName(child.Name))
                yield return child;
            else
                oddities.Add(child.Path);
        }
    }

    private static IEnumerable<Child> Children(string directory)
    {
        if (!Directory.Exists(directory))
            yield break;
        var visible = new FileSystemEnumerable<Child>(directory, Child.Of, All) { ShouldIncludePredicate = static (ref e) => e.FileName[0] != '.' };
        foreach (var child in visible)
            yield return child;
    }

    private readonly record struct Child(string Name, string Path, bool IsFolder, bool IsLink)
    {
        internal bool IsPlain => !IsFolder && !IsLink;

        internal static Child Of(ref FileSystemEntry entry) =>
            new(entry.FileName.ToString(), entry.ToFullPath(), entry.IsDirectory, (entry.Attributes & FileAttributes.ReparsePoint) == FileAttributes.ReparsePoint);
    }
}
