using System.IO.Enumeration;

namespace Colophon.Specs.Layout;

/// <summary>What a directory entry is, links not followed.</summary>
internal enum EntryKind
{
    File,
    Directory,
    Link,
}

/// <summary>One entry of a directory.</summary>
internal readonly record struct Entry(string Name, EntryKind Kind);

/// <summary>Directory listings ordered by name, links told apart from what they lead to.</summary>
internal static class Listing
{
    private static readonly EnumerationOptions s_everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    /// <summary>The entries, or an empty list where the directory is missing.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>: it exists and cannot be listed.</exception>
    internal static List<Entry> Read(string directory)
    {
        try
        {
            var entries = new List<Entry>(new FileSystemEnumerable<Entry>(directory, Describe, s_everything));
            entries.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return entries;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpecException(SpecError.Unreadable, $"Cannot list '{directory}': {e.Message}", "Check the folder's permissions.", e)
            {
                Subject = directory,
                WhileListing = true,
            };
        }
    }

    private static Entry Describe(ref FileSystemEntry entry)
    {
        var kind = entry.Attributes.HasFlag(FileAttributes.ReparsePoint) ? EntryKind.Link
            : entry.IsDirectory ? EntryKind.Directory
            : EntryKind.File;
        return new Entry(entry.FileName.ToString(), kind);
    }
}
