using Colophon.Generated;
using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution;

namespace Colophon.Provenance.Tests.Attribution;

/// <summary>Made-up histories of every shape whose truth is known, with the goals that <c>./bench accuracy</c> prints figures beside.</summary>
public sealed class TruthTests
{
    private static readonly TrueHistoryPlan Small = new() { Steps = 160, Files = 10, LinesPerFile = 90 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Lines_that_stand_once_have_their_writer(int seed) =>
        CheckAsync(Small with { Seed = seed }, static s => s is { Right: >= 0.999, Precision: 1, Coverage: <= 0.001 });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task Lines_as_code_has_them_have_their_writer(int seed) =>
        CheckAsync(new TrueHistoryPlan { Seed = seed, Steps = 200, Style = LineStyle.Realistic }, static s => s is { Right: >= 0.98, Precision: >= 0.985, Coverage: <= 0.01 });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Entries_committed_after_their_code_speak_for_it(int seed) =>
        CheckAsync(Small with { Seed = seed, Late = 30 }, static s => s is { Right: >= 0.91, Precision: >= 0.99, LateRecall: >= 0.8 });

    [Fact]
    public async Task The_answer_is_the_same_in_a_fresh_clone_in_another_order_and_from_a_store_filled_as_entries_arrive()
    {
        using var folder = new TemporaryFolder();
        var history = new TrueHistory(Small with { Seed = 4, Style = LineStyle.Realistic, Late = 30 });
        var repository = await history.CreateAsync(folder.Path);
        using var store = new TemporaryFolder();
        var options = new AttributionOptions { StoreDirectory = store.Path, WorkingTree = false };
        var commits = (await repository.Git.RunAsync(["rev-list", "--first-parent", "--reverse", "HEAD"])).Text.Split('\n');
        var last = "";
        for (var i = 12; i < commits.Length + 12; i += 13)
        {
            var head = commits[Math.Min(i, commits.Length - 1)];
            await repository.Git.RunAsync(["update-ref", "refs/heads/main", head]);
            var here = (await repository.Git.RunAsync(["ls-tree", "-r", "--name-only", head, ".openspec/audit"])).Text.Split('\n').Select(Path.GetFileName).ToHashSet();
            var entries = history.Entries.Where(e => here.Contains($"{e.Predicate.Seq:D8}-{e.Leaf[..12]}.json")).ToArray();
            last = Text(await Attributor.RunAsync(repository, entries, static _ => true, options, default));
            Assert.Equal(Text(await Attributor.RunAsync(repository, entries, static _ => true, options with { StoreDirectory = null }, default)), last);
        }

        using var copy = new TemporaryFolder();
        await repository.Git.RunAsync(["-c", "protocol.file.allow=always", "clone", "-q", "--no-local", folder.Path, copy.Path]);
        var clone = await GitRepository.DiscoverAsync(copy.Path, default);
        Assert.Equal(last, Text(await Attributor.RunAsync(clone, [.. history.Entries.Reverse()], static _ => true, new AttributionOptions(), default)));
    }

    private static string Text(TreeAttribution attribution) =>
        string.Join('\n', attribution.Files.Select(static f => $"{f.Path} {f.Lines} {string.Join(' ', f.Runs)}"));

    private static async Task CheckAsync(TrueHistoryPlan plan, Func<TrueScore, bool> isEnough)
    {
        using var folder = new TemporaryFolder();
        var history = new TrueHistory(plan);
        var repository = await history.CreateAsync(folder.Path);
        var attribution = await Attributor.RunAsync(repository, history.Entries, static _ => true, new AttributionOptions(), default);
        var score = TrueScore.Of(attribution, history);
        Assert.Equal(history.Tree.Files.Keys, attribution.Files.Select(static f => f.Path));
        Assert.True(isEnough(score), $"{plan}: {score}");
    }
}
