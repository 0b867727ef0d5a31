using Colophon.Generated;
using Colophon.Provenance.Attribution;

namespace Colophon.Provenance.Tests.Attribution;

/// <summary>Made-up histories whose truth is known: what attribution says is compared with who really wrote each line.</summary>
public sealed class AccuracyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Owners_are_right_for_nearly_all_lines_and_a_person_is_hardly_ever_taken_for_a_model(int seed)
    {
        using var folder = new TemporaryFolder();
        var history = new GeneratedHistory(new HistoryPlan { Seed = seed, Commits = 400, Files = 40, Lines = 6000 });
        var repository = await history.CreateAsync(folder.Path);
        var attribution = await Attributor.RunAsync(repository, history.Entries, static _ => true, new AttributionOptions(), default);
        var (right, wronged, all, distinct, distinctRight) = (0, 0, 0, 0, 0);
        foreach (var file in attribution.Files)
        {
            foreach (var run in file.Runs)
            {
                var said = run.Owner.Kind == OwnerKind.Model ? run.Owner.Entry : null;
                foreach (var line in history.Files[file.Path].Skip(run.Start - 1).Take(run.Count))
                {
                    right += line.Owner == said ? 1 : 0;
                    wronged += line.Owner is null && said is not null ? 1 : 0;
                    distinct += line.Text.Contains('=') ? 1 : 0;
                    distinctRight += line.Text.Contains('=') && line.Owner == said ? 1 : 0;
                }

                all += run.Count;
            }
        }

        // What is wrong are lines such as "}" that stand in both an inserted and a standing block: equal texts cannot be told apart.
        Assert.Equal(history.Files.Sum(static f => f.Value.Count), all);
        Assert.True(distinctRight >= 0.998 * distinct, $"{distinctRight} of {distinct} distinct lines are right");
        Assert.True(right >= 0.97 * all, $"{right} of {all} lines are right");
        Assert.True(wronged <= 0.01 * all, $"{wronged} of {all} lines are wrongly a model's");
    }

    [Fact]
    public async Task A_store_filled_at_every_commit_gives_what_a_fresh_run_gives()
    {
        using var folder = new TemporaryFolder();
        var history = new GeneratedHistory(new HistoryPlan { Seed = 3, Commits = 120, Files = 12, Lines = 2000 });
        var repository = await history.CreateAsync(folder.Path);
        var commits = (await repository.Git.RunAsync(["rev-list", "--topo-order", "--reverse", "HEAD"])).Text.Split('\n');
        using var store = new TemporaryFolder();
        var options = new AttributionOptions { StoreDirectory = store.Path, WorkingTree = false };
        for (var i = 9; i < commits.Length; i += 10)
        {
            await repository.Git.RunAsync(["update-ref", "refs/heads/main", commits[i]]);
            var stored = await Attributor.RunAsync(repository, history.Entries, static _ => true, options, default);
            var fresh = await Attributor.RunAsync(repository, history.Entries, static _ => true, options with { StoreDirectory = null }, default);
            Assert.Equal(Text(fresh), Text(stored));
        }
    }

    private static string Text(TreeAttribution attribution) =>
        string.Join('\n', attribution.Files.Select(static f => $"{f.Path} {f.Lines} {string.Join(' ', f.Runs)}"));
}
