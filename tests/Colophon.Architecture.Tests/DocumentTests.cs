using System.Text.RegularExpressions;

namespace Colophon.Architecture.Tests;

/// <summary>The documents say what is so.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Architecture = File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md"));

    [Fact]
    public void The_map_is_short() => Assert.InRange(Architecture.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 500, 4000);

    [Fact]
    public void Every_invariant_names_a_test_that_exists()
    {
        var tests = Repository.Sources("tests").SelectMany(static file => TestName().Matches(File.ReadAllText(file)).Select(m => $"{Path.GetFileNameWithoutExtension(file)}.{m.Groups["name"].Value}")).ToHashSet(StringComparer.Ordinal);
        var invariants = Architecture.Split("\n\n").Where(static p => p.Contains("*Architecture Invariant", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(invariants);
        foreach (var invariant in invariants)
        {
            var named = NamedTest().Matches(invariant).Select(static m => m.Groups["name"].Value).ToList();
            Assert.True(named.Count > 0, "names no test: " + invariant);
            Assert.All(named, name => Assert.True(tests.Contains(name), $"there is no test {name}"));
        }
    }

    [Fact]
    public void Every_folder_and_file_the_map_names_exists()
    {
        foreach (Match match in NamedPath().Matches(Architecture))
        {
            var path = Path.Combine(Repository.Root, match.Groups["path"].Value);
            Assert.True(File.Exists(path) || Directory.Exists(path), $"ARCHITECTURE.md names {match.Groups["path"].Value}");
        }
    }

    [GeneratedRegex(@"public (async )?(Task|void) (?<name>\w+)\(", RegexOptions.ExplicitCapture)]
    private static partial Regex TestName();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+Tests\.\w+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"`(?<path>(src|tests|build|samples|docs|benchmarks)/[\w./-]*)`", RegexOptions.ExplicitCapture)]
    private static partial Regex NamedPath();
}
