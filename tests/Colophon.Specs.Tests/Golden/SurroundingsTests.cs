using System.Text.Json;

namespace Colophon.Specs.Tests.Golden;

/// <summary>The commands about what surrounds a project, against what the npm CLI answered and wrote.</summary>
public sealed class SurroundingsTests
{
    [Theory]
    [InlineData("completion")]
    [InlineData("config")]
    [InlineData("schema")]
    [InlineData("diff")]
    [InlineData("stores")]
    [InlineData("worksets")]
    [InlineData("warnings")]
    public void Answers_and_files_are_those_of_the_OpenSpec_CLI(string area)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"Fixtures/openspec-surroundings/{area}.json");
        using var recorded = JsonDocument.Parse(File.ReadAllBytes(file));
        var failures = new List<string>();
        foreach (var scenario in recorded.RootElement.EnumerateArray())
        {
            using var surroundings = new Surroundings(scenario);
            failures.AddRange(surroundings.Differences());
        }

        Assert.True(failures.Count == 0, $"{failures.Count} differ:\n{string.Join("\n\n", failures.Take(10))}");
    }
}
