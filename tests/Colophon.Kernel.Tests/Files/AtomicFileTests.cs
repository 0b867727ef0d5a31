using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;

namespace Colophon.Kernel.Tests.Files;

public sealed class AtomicFileTests
{
    [Fact]
    public void Writing_replaces_the_content_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "sub/file");
        AtomicFile.Write(path, "one"u8);
        AtomicFile.Write(path, "two"u8);
        Assert.Equal("two", File.ReadAllText(path));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void What_is_written_without_waiting_for_the_disk_replaces_in_one_step_too()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "sub/file");
        AtomicFile.WriteUnflushed(path, [1]);
        using var reader = File.OpenRead(path);
        AtomicFile.WriteUnflushed(path, [2, 3]);
        // Whoever had opened the old file reads it to its end.
        Assert.Equal(1, reader.Length);
        Assert.Equal([2, 3], File.ReadAllBytes(path));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_written_through_a_link_that_lies_where_a_temporary_file_would(bool creates)
    {
        using var folder = new TemporaryFolder();
        var outside = Path.Combine(folder.Path, "outside");
        File.WriteAllText(outside, "untouched");
        var path = Path.Combine(folder.Path, "tree/tasks.md");
        AtomicFile.Write(path, "- [ ] 1.1"u8);
        // What a stranger's branch can hold: a link for every number that a process and a count may have.
        for (var i = 1; i <= 4096; i++)
            File.CreateSymbolicLink(Path.Combine(folder.Path, $"tree/{AtomicFile.TemporaryPrefix("tasks.md")}{Environment.ProcessId}-{i}{AtomicFile.TemporarySuffix}"), outside);
        if (creates)
        {
            File.Delete(path);
            AtomicFile.TryCreate(path, "- [x] 1.1"u8);
        }
        else
        {
            AtomicFile.Write(path, "- [x] 1.1"u8);
        }

        Assert.Equal("untouched", File.ReadAllText(outside));
        Assert.Equal("- [x] 1.1", File.ReadAllText(path));
        Assert.Null(new FileInfo(path).LinkTarget);
    }

    [Fact]
    public void The_mode_of_a_replaced_file_is_kept()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "run.sh");
        File.WriteAllText(path, "");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(path, mode);
        AtomicFile.Write(path, "#!/bin/sh\n"u8);
        Assert.Equal(mode, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_directory_in_the_way_is_a_typed_error_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "taken");
        Directory.CreateDirectory(path);
        Assert.Equal(KernelError.WriteFailed, Assert.Throws<KernelException>(() => AtomicFile.Write(path, "x"u8)).Error);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void Creation_happens_once()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "once");
        Assert.True(AtomicFile.TryCreate(path, "first"u8));
        Assert.False(AtomicFile.TryCreate(path, "second"u8));
        Assert.Equal("first", File.ReadAllText(path));
        Assert.Single(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void A_lock_excludes_a_second_holder_until_it_is_released()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "lock");
        using (var held = FileLock.TryAcquire(path))
        {
            Assert.NotNull(held);
            Assert.Null(FileLock.TryAcquire(path));
        }

        using var again = FileLock.TryAcquire(path);
        Assert.NotNull(again);
    }

    [Fact]
    public void A_folder_is_locked_by_one_and_nothing_is_left_in_it()
    {
        using var folder = new TemporaryFolder();
        using (var held = FileLock.TryAcquireFolder(folder.Path))
        {
            Assert.NotNull(held);
            Assert.Null(FileLock.TryAcquireFolder(folder.Path));
        }

        using var again = FileLock.TryAcquireFolder(folder.Path);
        Assert.NotNull(again);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.Equal(KernelError.WriteFailed, Assert.Throws<KernelException>(() => FileLock.TryAcquireFolder(Path.Combine(folder.Path, "missing"))).Error);
    }

    [Fact]
    public void The_longest_name_that_a_file_system_takes_can_be_written()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])[new('n', 255), string.Concat(Enumerable.Repeat("😀", 63)), new string('n', 59) + "😀"])
        {
            AtomicFile.Write(Path.Combine(folder.Path, name), "x"u8);
            Assert.Equal("x", File.ReadAllText(Path.Combine(folder.Path, name)));
        }

        Assert.Equal(3, Directory.EnumerateFiles(folder.Path).Count());
    }

    [Theory]
    [InlineData(".a.txt.2147483647-1.colophon-tmp", false)]
    [InlineData(".a.txt.link.colophon-tmp", true)]
    [InlineData("odd", true)]
    public void A_temporary_file_of_a_process_that_is_gone_is_known_by_its_name(string name, bool expected) => Assert.Equal(expected, AtomicFile.IsBeingWritten("/x/" + name));

    [Fact]
    public void A_temporary_file_of_a_living_process_is_left_alone() => Assert.True(AtomicFile.IsBeingWritten($"/x/.a.{Environment.ProcessId}-1{AtomicFile.TemporarySuffix}"));
}
