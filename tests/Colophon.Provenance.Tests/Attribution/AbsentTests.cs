using Colophon.Generated;
using Colophon.Provenance.Attribution;

namespace Colophon.Provenance.Tests.Attribution;

/// <summary>Entries that commits brought and whose bytes are nowhere: what they may have written is nobody's, never a person's.</summary>
public sealed class AbsentTests
{
    [Fact]
    public async Task Lines_that_came_with_a_lost_entry_are_unknown_in_every_file_of_the_commit()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\ndef one():\n");
        project.Write("b.py", "mine\n");
        var commit = await project.CommitAsync();
        project.Write("a.py", "import os\ndef one():\n# later\n");
        await project.CommitAsync();
        Assert.Equal("hAh", await project.OwnersAsync("a.py", stored: true));
        project.Entries.Clear();
        Assert.Equal("h?h", await project.OwnersAsync("a.py", stored: true));
        Assert.Equal("?", await project.OwnersAsync("b.py", stored: true));
        var lost = (await project.AttributeAsync()).Files.Single(static f => f.Path == "b.py").Runs.Single().Owner;
        Assert.Equal(new LineOwner(OwnerKind.Unknown, null, commit, null, new UnknownCause(UnknownReason.EntryUnreadable, "2 entries of this commit are not here: cannot be read")), lost);
    }

    [Fact]
    public async Task What_another_entry_of_the_commit_or_a_parent_explains_keeps_its_owner()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write("a.py", "import os\n");
        await project.CommitAsync();
        project.Accept("a.py", "import os\none\n", "s1");
        project.Accept("b.py", "two\n", "s2");
        await project.CommitAsync();
        project.Entries.RemoveAll(static e => e.Predicate.Stream == "s2");
        Assert.Equal("hA", await project.OwnersAsync("a.py"));
        Assert.Equal("?", await project.OwnersAsync("b.py"));
    }

    [Fact]
    public async Task An_entry_that_comes_back_speaks_again_also_from_a_store()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", "one\n");
        await project.CommitAsync();
        var entries = project.Entries.ToArray();
        project.Entries.Clear();
        Assert.Equal("?", await project.OwnersAsync("a.py", stored: true));
        Assert.Equal("?", await project.OwnersAsync("a.py", stored: true));
        project.Entries.AddRange(entries);
        Assert.Equal("A", await project.OwnersAsync("a.py", stored: true));
    }

    [Fact]
    public async Task Files_of_the_log_that_are_no_entries_make_nothing_unknown()
    {
        using var project = await SampleProject.CreateAsync();
        project.Write(".openspec/audit/v1/trust/0001.json", "{}\n");
        project.Write(".openspec/audit/v1/s/_security/s1/00000001-0123456789ab.json", "denied\n");
        project.Write(".openspec/audit/v1/s/add-cli/s1/ckpt-00000001.note", "note\n");
        project.Write("a.py", "mine\n");
        await project.CommitAsync();
        Assert.Equal("h", await project.OwnersAsync("a.py"));
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(3, 100)]
    public async Task No_line_of_a_model_is_a_persons_and_no_other_line_changes_hands_whatever_entries_are_lost(int seed, int percent)
    {
        var (lines, unknown, changed) = await LoseAsync(new TrueHistoryPlan { Seed = seed, Steps = 120, Files = 8, LinesPerFile = 80 }, percent);
        Assert.Empty(changed);
        Assert.InRange(unknown, 1, lines);
    }

    [Theory]
    [InlineData(12, 46)]
    [InlineData(18, 64)]
    public async Task In_code_only_lines_that_repeat_may_be_taken_for_those_beside_them(int seed, int percent)
    {
        var (lines, _, changed) = await LoseAsync(new TrueHistoryPlan { Seed = seed, Steps = 120, Files = 8, LinesPerFile = 80, Style = LineStyle.Realistic }, percent);
        Assert.True(changed.Count <= 0.01 * lines, $"{changed.Count} of {lines} lines changed hands");
    }

    /// <summary>Attributes a made-up history with all of its entries and with a part of them.</summary>
    private static async Task<(int Lines, int Unknown, List<string> Changed)> LoseAsync(TrueHistoryPlan plan, int percent)
    {
        using var folder = new TemporaryFolder();
        var history = new TrueHistory(plan);
        var repository = await history.CreateAsync(folder.Path);
        var random = new Random(plan.Seed);
        var left = history.Entries.Where(_ => random.Next(100) >= percent).ToArray();
        var whole = await Attributor.RunAsync(repository, history.Entries, static _ => true, new AttributionOptions(), default);
        var part = await Attributor.RunAsync(repository, left, static _ => true, new AttributionOptions(), default);
        var (lines, unknown, changed) = (0, 0, new List<string>());
        foreach (var (before, after) in whole.Files.Zip(part.Files))
        {
            foreach (var (was, now, line) in Lines(before).Zip(Lines(after), Enumerable.Range(1, before.Lines)))
            {
                (lines, unknown) = (lines + 1, unknown + (now.Kind == OwnerKind.Unknown ? 1 : 0));
                // A person's line may have lost the word for whose it took the place of, nothing else.
                if (now.Kind != OwnerKind.Unknown && now with { Overrides = null } != was with { Overrides = null })
                    changed.Add($"{before.Path}:{line} was {was}, is {now}");
            }
        }

        return (lines, unknown, changed);
    }

    private static IEnumerable<LineOwner> Lines(AttributedFile file) => file.Runs.SelectMany(static r => Enumerable.Repeat(r.Owner, r.Count));
}
