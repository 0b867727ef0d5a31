using Colophon.Kernel.Files;

namespace Colophon.Kernel.Tests.Files;

public sealed class FolderBirthTests
{
    [Fact]
    public void A_folder_keeps_its_birth_wherever_it_goes_and_one_made_later_has_another()
    {
        using var folder = new TemporaryFolder();
        var (first, later) = (Path.Combine(folder.Path, "first"), Path.Combine(folder.Path, "later"));
        Directory.CreateDirectory(first);
        var birth = FolderBirth.Of(first);
        Assert.SkipWhen(birth.Length == 0, "The file system does not tell when a folder was made.");
        File.WriteAllText(Path.Combine(first, "file"), "x");
        Directory.SetLastWriteTimeUtc(first, DateTime.UnixEpoch);
        Directory.Move(first, first + "-moved");
        Assert.Equal(birth, FolderBirth.Of(first + "-moved"));
        // The clock of a file system moves in steps of some milliseconds.
        do
        {
            if (Directory.Exists(later))
                Directory.Delete(later);
            Directory.CreateDirectory(later);
        }
        while (FolderBirth.Of(later) == birth);
        Assert.NotEqual("", FolderBirth.Of(later));
    }

    [Fact]
    public void Of_what_is_not_there_nothing_is_told() => Assert.Equal("", FolderBirth.Of("/nowhere/at/all"));
}
