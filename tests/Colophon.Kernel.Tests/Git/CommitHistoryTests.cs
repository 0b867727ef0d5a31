using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;

namespace Colophon.Kernel.Tests.Git;

public sealed class CommitHistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private GitRepository _repository = new("", "", "");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Parents_come_before_children_and_a_root_adds_its_files()
    {
        await StartAsync();
        var first = await CommitAsync(("a.txt", "one\n"));
        var second = await CommitAsync(("a.txt", "two\n"), ("b.txt", "b\n"));
        var commits = await ReadAsync(second);
        Assert.Equal([first, second], commits.Select(static c => c.Id));
        Assert.Empty(commits[0].Parents);
        Assert.Equal("A a.txt", Told(commits[0].Changes));
        Assert.Equal("M a.txt, A b.txt", Told(commits[1].Changes));
        Assert.False(commits[0].IsCut);
    }

    [Fact]
    public async Task A_merge_has_the_changes_against_every_parent()
    {
        await StartAsync();
        await CommitAsync(("a.txt", "one\n"));
        await GitAsync("checkout", "-q", "-b", "side");
        await CommitAsync(("s.txt", "side\n"));
        await GitAsync("checkout", "-q", "main");
        await CommitAsync(("m.txt", "main\n"));
        await GitAsync("merge", "-q", "--no-edit", "side");
        var commits = await ReadAsync(await GitAsync("rev-parse", "HEAD"));
        Assert.Equal(4, commits.Count);
        Assert.Equal("A s.txt | A m.txt", Told(commits[3].Changes));
    }

    [Fact]
    public async Task Renames_odd_names_and_empty_commits_are_read()
    {
        await StartAsync();
        await CommitAsync(("with space/ä\"\n:1.txt", "a long enough text to be found again\n"));
        await GitAsync("commit", "-q", "--allow-empty", "-m", "empty");
        await GitAsync("mv", "with space/ä\"\n:1.txt", "plain.txt");
        var commits = await ReadAsync(await CommitAsync());
        Assert.Equal("", Told(commits[1].Changes));
        var rename = Assert.Single(commits[2].Changes[0]);
        Assert.Equal(('R', "plain.txt", "with space/ä\"\n:1.txt"), (rename.Status, rename.Path, rename.OldPath));
        Assert.True(rename.IsFile);
    }

    [Fact]
    public async Task Known_history_is_not_walked_and_unknown_ids_are_passed_over()
    {
        await StartAsync();
        var first = await CommitAsync(("a.txt", "one\n"));
        var second = await CommitAsync(("a.txt", "two\n"));
        var listed = await CommitHistory.ListAsync(_repository, second, [first, new string('1', 40)], default);
        Assert.Equal([second], listed.Select(static c => c[0]));
    }

    [Fact]
    public async Task A_commit_at_the_edge_of_a_shallow_clone_says_so()
    {
        await StartAsync();
        await CommitAsync(("a.txt", "one\n"));
        var second = await CommitAsync(("a.txt", "two\n"));
        File.WriteAllText(Path.Combine(_repository.GitDirectory, "shallow"), second + "\n");
        var commit = Assert.Single(await ReadAsync(second));
        Assert.True(commit.IsCut);
        Assert.Equal("A a.txt", Told(commit.Changes));
    }

    [Fact]
    public async Task Nothing_replaces_what_a_commit_holds()
    {
        await StartAsync();
        var first = await CommitAsync(("a.txt", "one\n"));
        var second = await CommitAsync(("a.txt", "two\n"));
        await GitAsync("replace", second, first);
        Assert.Equal(2, (await ReadAsync(second)).Count);
    }

    [Fact]
    public async Task A_walk_can_be_given_up()
    {
        await StartAsync();
        await CommitAsync(("a.txt", "one\n"));
        var second = await CommitAsync(("a.txt", "two\n"));
        await foreach (var commit in CommitHistory.ReadAsync(_repository, await CommitHistory.ListAsync(_repository, second, [], default), default))
        {
            Assert.NotEmpty(commit.Id);
            break;
        }
    }

    [Fact]
    public async Task A_commit_that_is_not_there_is_an_error()
    {
        await StartAsync();
        await CommitAsync(("a.txt", "one\n"));
        var error = await Assert.ThrowsAsync<KernelException>(() => ReadAsync(new string('1', 40)));
        Assert.Equal(KernelError.GitFailed, error.Error);
    }

    [Fact]
    public async Task The_working_tree_shows_staged_changed_deleted_and_untracked_files_but_not_ignored_ones()
    {
        await StartAsync();
        var head = await CommitAsync(("a.txt", "one\n"), ("b.txt", "b\n"), (".gitignore", "*.log\n"));
        Write("a.txt", "changed\n");
        File.Delete(Path.Combine(_repository.Root, "b.txt"));
        Write("staged.txt", "s\n");
        await GitAsync("add", "staged.txt");
        Write("new/n.txt", "n\n");
        Write("x.log", "x\n");
        var changes = await CommitHistory.WorkingTreeAsync(_repository, head, default);
        Assert.Equal(["A new/n.txt", "A staged.txt", "D b.txt", "M a.txt"], changes.Select(static c => $"{c.Status} {c.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_reader_gives_blobs_of_any_size_and_null_for_what_is_none()
    {
        await StartAsync();
        var big = string.Concat(Enumerable.Range(0, 40_000).Select(static i => $"line {i}\n"));
        await CommitAsync(("big.txt", big), ("empty.txt", ""));
        await using var reader = new BlobReader(_repository);
        async Task<string?> TextAsync(string id) => await reader.ReadAsync(id, default) is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
        Assert.Equal(big, await TextAsync(await GitAsync("rev-parse", "HEAD:big.txt")));
        Assert.Equal("", await TextAsync(await GitAsync("rev-parse", "HEAD:empty.txt")));
        Assert.Null(await TextAsync(new string('1', 40)));
        Assert.Null(await TextAsync(await GitAsync("rev-parse", "HEAD")));
        Assert.Null(await TextAsync("HEAD:big.txt\nx"));
        Assert.Equal("", await TextAsync(await GitAsync("rev-parse", "HEAD:empty.txt")));
    }

    [Fact]
    public async Task Blobs_that_were_asked_for_ahead_are_read_in_that_order_and_no_other()
    {
        await StartAsync();
        await CommitAsync(("a.txt", "a\n"), ("b.txt", new string('b', 200_000)));
        var (a, b, none) = (await GitAsync("rev-parse", "HEAD:a.txt"), await GitAsync("rev-parse", "HEAD:b.txt"), new string('1', 40));
        await using var reader = new BlobReader(_repository);
        async Task<int?> LengthAsync(string id) => (await reader.ReadAsync(id, default))?.Length;
        string[] many = [.. Enumerable.Repeat(b, BlobReader.MostAhead - 2), none, a];
        await reader.AskAsync(many, default);
        Assert.Null(await LengthAsync("no id"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await reader.AskAsync([a], default));
        foreach (var id in many)
            Assert.Equal(id == none ? null : id == a ? 2 : 200_000, await LengthAsync(id));
        Assert.Equal(2, await LengthAsync(a));
        await reader.AskAsync([a, b], default);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await LengthAsync(b));
    }

    [Fact]
    public async Task In_a_partial_clone_what_is_missing_is_told_and_never_fetched()
    {
        await StartAsync();
        await GitAsync("config", "uploadpack.allowFilter", "true");
        var lines = string.Concat(Enumerable.Range(0, 50).Select(static i => $"line {i}\n"));
        await CommitAsync(("a.txt", lines));
        var first = await GitAsync("rev-parse", "HEAD:a.txt");
        await GitAsync("mv", "a.txt", "b.txt");
        var head = await CommitAsync(("b.txt", lines + "more\n"));
        using var copy = new TemporaryFolder();
        await GitAsync("-c", "protocol.file.allow=always", "clone", "-q", "--filter=blob:none", "file://" + _repository.Root, copy.Path);
        Assert.Null(_repository.Partial);
        _repository = await GitRepository.DiscoverAsync(copy.Path, default);
        Assert.NotNull(_repository.Partial);
        var commits = await ReadAsync(head);
        Assert.Equal(["A b.txt", "D a.txt"], commits[1].Changes[0].Select(static c => $"{c.Status} {c.Path}").Order(StringComparer.Ordinal));
        await using var reader = new BlobReader(_repository);
        Assert.Null(await reader.ReadAsync(first, default));
        Assert.NotNull(await reader.ReadAsync(await GitAsync("rev-parse", "HEAD:b.txt"), default));
        Assert.Empty(await CommitHistory.WorkingTreeAsync(_repository, head, default));
    }

    [Fact]
    public async Task In_a_clone_without_trees_the_error_names_the_partial_clone_and_what_brings_the_rest()
    {
        await StartAsync();
        await GitAsync("config", "uploadpack.allowFilter", "true");
        await CommitAsync(("a/a.txt", "one\n"));
        var head = await CommitAsync(("a/a.txt", "two\n"));
        using var copy = new TemporaryFolder();
        await GitAsync("-c", "protocol.file.allow=always", "clone", "-q", "--filter=tree:0", "--no-checkout", "file://" + _repository.Root, copy.Path);
        _repository = await GitRepository.DiscoverAsync(copy.Path, default);
        var error = await Assert.ThrowsAsync<KernelException>(() => ReadAsync(head));
        Assert.Equal(KernelError.GitFailed, error.Error);
        Assert.Contains("partial clone", error.Message, StringComparison.Ordinal);
        Assert.Contains("git fetch --refetch --no-filter", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_without_a_working_tree_says_so()
    {
        await new GitRunner(_folder.Path).RunAsync(["init", "-q", "--bare"]);
        var error = await Assert.ThrowsAsync<KernelException>(() => GitRepository.DiscoverAsync(_folder.Path, default));
        Assert.Equal(KernelError.NotARepository, error.Error);
        Assert.Contains("has no working tree", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_were_added_come_with_their_commit_and_blob()
    {
        await StartAsync();
        var first = await CommitAsync(("log/a.json", "one\n"), ("other/b.json", "b\n"));
        var second = await CommitAsync(("log/a.json", "two\n"), ("log/c d.json", "c\n"));
        var added = new List<AddedBlob>();
        await foreach (var file in AddedBlob.ListAsync(_repository, [second], ["log/"], default))
            added.Add(file);
        Assert.Equal([new AddedBlob(second, "log/c d.json", await GitAsync("rev-parse", "HEAD:log/c d.json")), new AddedBlob(first, "log/a.json", await GitAsync("rev-parse", first + ":log/a.json"))], added);
    }

    private async Task StartAsync()
    {
        await new GitRunner(_folder.Path).RunAsync(["init", "-q", "-b", "main"]);
        _repository = await GitRepository.DiscoverAsync(_folder.Path, default);
        await GitAsync("config", "user.name", "t");
        await GitAsync("config", "user.email", "t@example.org");
    }

    private async Task<List<HistoryCommit>> ReadAsync(string tip)
    {
        var commits = new List<HistoryCommit>();
        await foreach (var commit in CommitHistory.ReadAsync(_repository, await CommitHistory.ListAsync(_repository, tip, [], default), default))
            commits.Add(commit);
        return commits;
    }

    private async Task<string> GitAsync(params string[] arguments) => (await _repository.Git.RunAsync(arguments)).Text;

    private async Task<string> CommitAsync(params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
            Write(path, text);
        await GitAsync("add", "-A");
        await GitAsync("commit", "-q", "-m", "c");
        return await GitAsync("rev-parse", "HEAD");
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_repository.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? file);
        File.WriteAllText(file, text);
    }

    private static string Told(IEnumerable<IReadOnlyList<TreeChange>> changes) =>
        string.Join(" | ", changes.Select(static p => string.Join(", ", p.Select(static c => $"{c.Status} {c.Path}"))));
}
