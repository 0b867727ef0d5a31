using System.Runtime.InteropServices;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Paths;

namespace Colophon.Kernel.Tests.Files;

public sealed partial class AnchoredFileTests
{
    [Fact]
    public void What_was_located_is_what_is_written_even_where_a_link_was_put_in_the_way()
    {
        using var folder = new TemporaryFolder();
        var (root, outside) = (Directory.CreateDirectory(Path.Combine(folder.Path, "in")), Directory.CreateDirectory(Path.Combine(folder.Path, "out")));
        root.CreateSubdirectory("a/b");
        using var file = AnchoredFile.Locate(new Workspace(root.FullName), WorkspacePath.Parse("a/b/f"));
        Directory.Move(Path.Combine(root.FullName, "a/b"), Path.Combine(root.FullName, "moved"));
        Directory.CreateSymbolicLink(Path.Combine(root.FullName, "a/b"), outside.FullName);
        AtomicFile.Write(file.Location, "x"u8);
        Assert.Empty(outside.EnumerateFileSystemInfos());
        Assert.Equal("x", File.ReadAllText(Path.Combine(root.FullName, "moved/f")));
    }

    [Fact]
    public void A_link_put_in_place_of_the_file_is_not_followed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "f"), "inside");
        using var file = AnchoredFile.Locate(new Workspace(folder.Path), WorkspacePath.Parse("f"));
        File.Delete(Path.Combine(folder.Path, "f"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "f"), "/etc/hostname");
        Assert.Equal(KernelError.PathEscapes, Assert.Throws<KernelException>(() => file.OpenRead()).Error);
        AtomicFile.Write(file.Location, "replaced"u8);
        Assert.Null(new FileInfo(Path.Combine(folder.Path, "f")).LinkTarget);
    }

    [Fact]
    public void Links_that_stay_inside_are_followed_and_missing_directories_made()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "real"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "alias"), "real");
        using (var file = AnchoredFile.Locate(new Workspace(folder.Path), WorkspacePath.Parse("alias/x/y/f"), createDirectories: true))
            AtomicFile.Write(file.Location, "x"u8);
        Assert.Equal("x", File.ReadAllText(Path.Combine(folder.Path, "real/x/y/f")));
    }

    [Fact]
    public void A_directory_a_pipe_and_a_missing_file_are_typed_errors()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "d"));
        Assert.Equal(0, MakePipe(Path.Combine(folder.Path, "pipe"), 0x180));
        foreach (var path in new[] { "d", "pipe", "missing", "missing/f" })
        {
            Assert.Equal(KernelError.ReadFailed, Assert.Throws<KernelException>(() =>
            {
                using var file = AnchoredFile.Locate(new Workspace(folder.Path), WorkspacePath.Parse(path));
                using var handle = file.OpenRead();
            }).Error);
        }
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}
