using Colophon.Provenance.Attribution;

namespace Colophon.Provenance.Tests.Attribution;

public sealed class HistoryShapeTests
{
    private const string One = "def one():\n    first_thing()\n    return 1\n";
    private const string Two = "def two():\n    second_thing()\n    return 2\n";

    [Fact]
    public async Task A_merge_keeps_what_both_sides_brought()
    {
        using var project = await BranchedAsync();
        await project.GitAsync("merge", "-q", "--no-edit", "side");
        await CheckMergedAsync(project);
    }

    [Fact]
    public async Task A_squash_keeps_owners_because_entries_travel_in_the_tree()
    {
        using var project = await BranchedAsync();
        await project.GitAsync("merge", "-q", "--squash", "side");
        await project.CommitAsync();
        await CheckMergedAsync(project);
    }

    [Fact]
    public async Task A_cherry_pick_keeps_owners()
    {
        using var project = await BranchedAsync();
        await project.GitAsync("cherry-pick", "side");
        await CheckMergedAsync(project);
    }

    [Fact]
    public async Task A_rebase_keeps_owners()
    {
        using var project = await BranchedAsync();
        await project.GitAsync("checkout", "-q", "side");
        await project.GitAsync("rebase", "-q", "main");
        await CheckMergedAsync(project);
    }

    [Fact]
    public async Task An_amended_commit_keeps_owners_with_and_without_a_store()
    {
        using var project = await SampleProject.CreateAsync();
        project.Accept("a.py", One);
        await project.CommitAsync();
        Assert.Equal("AAA", await project.OwnersAsync("a.py", stored: true));
        project.Write("a.py", One + "x\n");
        await project.GitAsync("commit", "-q", "-a", "--amend", "-m", "again");
        Assert.Equal("AAAh", await project.OwnersAsync("a.py", stored: true));
        Assert.Equal("AAAh", await project.OwnersAsync("a.py"));
    }

    [Fact]
    public async Task The_answer_does_not_depend_on_the_store_the_order_of_entries_or_the_clone()
    {
        using var project = await BranchedAsync();
        await project.AttributeAsync(stored: true);
        await project.GitAsync("merge", "-q", "--no-edit", "side");
        project.Write("a.py", project.Read("a.py") + "tail\n");
        var stored = Text(await project.AttributeAsync(stored: true));
        Assert.Equal(stored, Text(await project.AttributeAsync(stored: true)));
        Assert.Equal(stored, Text(await project.AttributeAsync()));
        project.Entries.Reverse();
        Assert.Equal(stored, Text(await project.AttributeAsync()));
        await project.CommitAsync();
        var committed = Text(await project.AttributeAsync(stored: true, workingTree: false));
        using var folder = new TemporaryFolder();
        await project.GitAsync("-c", "protocol.file.allow=always", "clone", "-q", "--no-local", project.Root, folder.Path);
        var clone = await Kernel.Git.GitRepository.DiscoverAsync(folder.Path, default);
        Assert.Equal(committed, Text(await Attributor.RunAsync(clone, project.Entries, static _ => true, new AttributionOptions(), default)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-1)]
    public async Task A_damaged_store_is_made_again(int at)
    {
        using var project = await BranchedAsync();
        var before = Text(await project.AttributeAsync(stored: true));
        var file = Path.Combine(project.Store, "runs.bin");
        var bytes = File.ReadAllBytes(file);
        if (at < 0)
            bytes = bytes[..^3];
        else
            bytes[at] ^= 0x40;
        File.WriteAllBytes(file, bytes);
        Assert.Equal(before, Text(await project.AttributeAsync(stored: true)));
        Assert.Equal(before, Text(await project.AttributeAsync(stored: true)));
    }

    private static string Text(TreeAttribution attribution) =>
        string.Join('\n', attribution.Files.Select(static f => $"{f.Path} {f.Lines} {string.Join(' ', f.Runs)}"));

    private static async Task CheckMergedAsync(SampleProject project)
    {
        var (owners, text) = (await project.OwnersAsync("a.py"), project.Read("a.py"));
        Assert.Equal("# head\n" + One + "# middle\n" + Two, text);
        Assert.Equal("hAAAhBBB", owners);
        Assert.Equal("hAAAhBBB", await project.OwnersAsync("a.py", stored: true));
    }

    /// <summary>Main wrote One above the middle, side wrote Two below it, each by a model in a stream of its own.</summary>
    private static async Task<SampleProject> BranchedAsync()
    {
        var project = await SampleProject.CreateAsync();
        project.Write("a.py", "# head\n# middle\n");
        await project.CommitAsync();
        await project.GitAsync("checkout", "-q", "-b", "side");
        await project.GitAsync("checkout", "-q", "main");
        project.Accept("a.py", "# head\n" + One + "# middle\n", "s1");
        await project.CommitAsync();
        await project.GitAsync("checkout", "-q", "side");
        project.Accept("a.py", "# head\n# middle\n" + Two, "s2");
        await project.CommitAsync();
        await project.GitAsync("checkout", "-q", "main");
        return project;
    }
}
