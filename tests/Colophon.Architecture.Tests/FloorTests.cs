namespace Colophon.Architecture.Tests;

/// <summary>References go strictly downward; projects on one floor do not know each other.</summary>
public sealed class FloorTests
{
    private static readonly Dictionary<string, int> Floors = new(StringComparer.Ordinal)
    {
        ["Colophon.Kernel"] = 0,
        ["Colophon.Text"] = 1,
        ["Colophon.Models"] = 2,
        ["Colophon.Security"] = 2,
        ["Colophon.Specs"] = 2,
        ["Colophon.Provenance"] = 2,
        ["Colophon.Tools"] = 3,
        ["Colophon.Agent"] = 4,
        ["Colophon.Generation"] = 5,
        ["Colophon.Engine"] = 6,
        ["Colophon.Cli"] = 8,
    };

    [Fact]
    public void Every_project_has_a_floor() => Assert.Equal(Floors.Keys.Order(StringComparer.Ordinal), Repository.Projects("src"));

    [Fact]
    public void References_go_strictly_downward()
    {
        foreach (var project in Repository.Projects("src"))
        {
            foreach (var reference in Repository.References(project))
                Assert.True(Floors[reference] < Floors[project], $"{project} (floor {Floors[project]}) refers to {reference} (floor {Floors[reference]})");
        }
    }

    [Fact]
    public void The_program_sees_the_engine_only() => Assert.Equal(["Colophon.Engine"], Repository.References("Colophon.Cli"));

    [Fact]
    public void No_project_is_without_tests()
    {
        foreach (var project in Repository.Projects("src"))
        {
            var folder = Path.Combine(Repository.Root, "tests", project + ".Tests");
            Assert.True(
                Directory.Exists(folder) && Repository.Sources(folder).Any(static file => File.ReadAllText(file) is var text && (text.Contains("[Fact", StringComparison.Ordinal) || text.Contains("[Theory", StringComparison.Ordinal))),
                $"{project} has no tests");
        }
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Colophon.slnx"));
        foreach (var project in Repository.Projects("src").Concat(Repository.Projects("tests")).Concat(Repository.Projects("benchmarks")))
            Assert.Contains($"/{project}.csproj\"", solution, StringComparison.Ordinal);
    }
}
