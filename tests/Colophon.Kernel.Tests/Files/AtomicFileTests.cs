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
}
