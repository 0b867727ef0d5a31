using System.Security.Cryptography;
using System.Text;
using Colophon.Kernel.Files;
using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.Approving;

/// <summary>A file of a change's text.</summary>
/// <param name="Path">Relative to the change's folder, <c>/</c> between the parts.</param>
/// <param name="Sha256">SHA-256 (hex) of its normal form.</param>
/// <param name="IsTasks">Whether it is a list of tasks, so that its boxes were emptied first.</param>
/// <param name="IsLink">Whether it is a symbolic link: what it leads to may change unseen, so nobody can approve it.</param>
public sealed record TextFile(string Path, string Sha256, bool IsTasks, bool IsLink);

/// <summary>
/// The text of a change, as people approve it: every file of its folder but hidden ones, <c>.openspec.yaml</c> included. In normal form CR LF is LF, and a task's box is
/// empty: ticking changes nothing that was approved, rewording a task does.
/// </summary>
public static class ChangeText
{
    private const int MostFiles = 4096;
    private const int DeepestFolder = 64;
    private const int LargestFile = 64 << 20;

    /// <summary>Reads the files, ordered by path.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>: a file cannot be read, or there are too many.</exception>
    public static IReadOnlyList<TextFile> Read(SpecTree tree, Change change)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(change);
        var tasks = TaskFiles.Tracked(change.Directory, new SchemaLibrary(tree.Root).For(ChangeMetadata.Read(change.Directory)).Schema).ToHashSet(StringComparer.Ordinal);
        tasks.Add("tasks.md");
        var files = new List<TextFile>();
        Walk(change.Directory, "", 0, tasks, files);
        files.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return files;
    }

    /// <summary>The bytes of a file that are hashed.</summary>
    /// <param name="file">The file as it lies on disk.</param>
    /// <param name="isTasks">Whether to empty the boxes of tasks.</param>
    public static byte[] Normalise(ReadOnlySpan<byte> file, bool isTasks)
    {
        var normal = new MemoryStream(file.Length);
        foreach (var range in Lines(file))
        {
            var line = file[range];
            if (line.EndsWith("\r\n"u8))
            {
                Write(normal, line[..^2], isTasks);
                normal.WriteByte((byte)'\n');
            }
            else
            {
                Write(normal, line, isTasks);
            }
        }

        return normal.ToArray();
    }

    private static List<Range> Lines(ReadOnlySpan<byte> file)
    {
        var lines = new List<Range>();
        for (var start = 0; start < file.Length;)
        {
            var length = file[start..].IndexOf((byte)'\n');
            var end = length < 0 ? file.Length : start + length + 1;
            lines.Add(start..end);
            start = end;
        }

        return lines;
    }

    private static void Write(MemoryStream normal, ReadOnlySpan<byte> line, bool isTasks)
    {
        // Before the box stand a list mark and white space alone, so these bytes are found without decoding what is behind it.
        if (!isTasks || line.IndexOf((byte)'[') is not (>= 0 and var open) || line[open..].IndexOf((byte)']') is not (>= 0 and var length)
            || !TaskLine.TryRead(Encoding.UTF8.GetString(line).AsSpan().TrimEnd('\n'), out _))
        {
            normal.Write(line);
            return;
        }

        normal.Write(line[..(open + 1)]);
        normal.WriteByte((byte)' ');
        normal.Write(line[(open + length)..]);
    }

    private static void Walk(string directory, string prefix, int depth, HashSet<string> tasks, List<TextFile> files)
    {
        if (depth > DeepestFolder)
            throw FileText.Unreadable(directory, "its folders are nested too deep");
        foreach (var (name, kind) in Listing.Read(directory))
        {
            var (absolute, relative) = ($"{directory}/{name}", prefix + name);
            if (name[0] == '.' && relative != ChangeMetadata.FileName)
                continue;
            if (kind == EntryKind.Directory)
                Walk(absolute, relative + "/", depth + 1, tasks, files);
            else
                files.Add(kind == EntryKind.Link ? Link(absolute, relative) : Plain(absolute, relative, tasks.Contains(relative)));
            if (files.Count > MostFiles)
                throw FileText.Unreadable(directory, $"a change of more than {MostFiles} files cannot be read as a whole");
        }
    }

    private static TextFile Link(string absolute, string relative) =>
        new(relative, Hash(Encoding.UTF8.GetBytes($"link\0{new FileInfo(absolute).LinkTarget}")), IsTasks: false, IsLink: true);

    private static TextFile Plain(string absolute, string relative, bool isTasks)
    {
        try
        {
            return UntrustedFile.Read(absolute, LargestFile) is { } bytes
                ? new(relative, Hash(Normalise(bytes, isTasks)), isTasks, IsLink: false)
                : throw FileText.Unreadable(absolute, $"the file is larger than {LargestFile >> 20} MiB");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileText.Unreadable(absolute, e.Message);
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
