namespace Colophon.Architecture.Tests;

public sealed class FileSizeTests
{
    private const int Most = 500;

    /// <summary>Files that may be longer. The list may only shrink.</summary>
    private static readonly string[] Exceptions = [];

    [Fact]
    public void No_file_is_longer_than_500_lines()
    {
        var tooLong = new[] { "src", "tests", "benchmarks" }.SelectMany(Repository.Sources)
            .Select(static file => (Path: Repository.Relative(file), Lines: File.ReadLines(file).Count()))
            .Where(static file => file.Lines > Most).ToList();
        // Both ways: a file that has become short enough must leave the list.
        Assert.Equal(Exceptions.Order(StringComparer.Ordinal), tooLong.Select(static file => file.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_analyzers_settings_stay_under_60_lines() =>
        Assert.True(File.ReadLines(Path.Combine(Repository.Root, "build/analyzers.globalconfig")).Count() < 60);
}
