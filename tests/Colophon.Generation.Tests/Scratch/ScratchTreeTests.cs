using Colophon.Generation.Scratch;
using Colophon.Kernel.Errors;

namespace Colophon.Generation.Tests.Scratch;

public sealed class ScratchTreeTests
{
    private static readonly ProtectedPaths s_protected = new("openspec", "add-x");

    private static async Task<(ScratchTree Tree, string Folder)> MakeAsync(TestRepository user)
    {
        var folder = user.At(".colophon/state/sessions/one");
        return (await ScratchTree.CreateAsync(await user.OpenAsync(), folder, s_protected, CancellationToken.None), folder);
    }

    [Fact]
    public async Task The_copy_holds_the_tree_as_it_is_dirty_and_new_files_modes_and_links_included()
    {
        using var user = await TestRepository.CreateAsync(("a.txt", "one\n"), ("run.sh", "#!/bin/sh\n"), ("gone.txt", "x"), (".gitignore", "*.log\n.colophon/\n"));
        File.SetUnixFileMode(user.At("run.sh"), (UnixFileMode)0b111_101_101);
        user.Write("a.txt", "one\r\ntwo\r\n");
        user.Write("sub/new.bin", [0, 1, 2]);
        user.Write("noise.log", "ignored");
        File.Delete(user.At("gone.txt"));
        File.CreateSymbolicLink(user.At("link"), "a.txt");

        var (tree, _) = await MakeAsync(user);

        Assert.Equal("one\r\ntwo\r\n", File.ReadAllText(Path.Combine(tree.Root, "a.txt")));
        Assert.Equal([0, 1, 2], File.ReadAllBytes(Path.Combine(tree.Root, "sub/new.bin")));
        Assert.True((File.GetUnixFileMode(Path.Combine(tree.Root, "run.sh")) & UnixFileMode.UserExecute) != 0);
        Assert.Equal("a.txt", new FileInfo(Path.Combine(tree.Root, "link")).LinkTarget);
        Assert.False(File.Exists(Path.Combine(tree.Root, "noise.log")));
        Assert.False(File.Exists(Path.Combine(tree.Root, "gone.txt")));
        Assert.Empty((await tree.ChangesAsync(CancellationToken.None)).Edits);
    }

    [Fact]
    public async Task Every_kind_of_change_is_found_and_the_users_tree_is_untouched()
    {
        using var user = await TestRepository.CreateAsync(("keep.txt", "k"), ("edit.txt", "old\n"), ("drop.txt", "d\n"), ("from.txt", "moved\n"), ("tool.sh", "#!/bin/sh\n"));
        var (tree, _) = await MakeAsync(user);
        var before = user.Everything(".colophon/");

        File.WriteAllText(Path.Combine(tree.Root, "edit.txt"), "new\n");
        File.Delete(Path.Combine(tree.Root, "drop.txt"));
        Directory.CreateDirectory(Path.Combine(tree.Root, "deep/er"));
        File.Move(Path.Combine(tree.Root, "from.txt"), Path.Combine(tree.Root, "deep/er/to.txt"));
        File.WriteAllBytes(Path.Combine(tree.Root, "pic.bin"), [0, 255]);
        File.SetUnixFileMode(Path.Combine(tree.Root, "tool.sh"), (UnixFileMode)0b111_101_101);

        var changes = await tree.ChangesAsync(CancellationToken.None);
        Assert.Equal(
            ["deep/er/to.txt Rename", "drop.txt Delete", "edit.txt Modify", "pic.bin Create", "tool.sh Modify"],
            changes.Edits.Select(static e => $"{e.Path} {e.Action}"));
        Assert.Equal("old\n"u8.ToArray(), changes.Edits[2].Before?.Content);
        Assert.True(changes.Edits[3].IsBinary);
        Assert.True(changes.Edits[4] is { Before.Executable: false, After.Executable: true });
        Assert.Equal("from.txt", changes.Edits[0].RenamedFrom?.Value);
        Assert.Empty(changes.LeftOut);
        Assert.Equal(before, user.Everything(".colophon/"));
    }

    [Fact]
    public async Task Protected_files_escaping_links_and_nested_repositories_are_left_out_and_said()
    {
        using var user = await TestRepository.CreateAsync(("a.txt", "a"), ("openspec/changes/add-x/tasks.md", "- [ ] 1.1 Do\n"), ("openspec/changes/add-x/proposal.md", "Why\n"), ("openspec/changes/add-y/proposal.md", "Why\n"));
        var (tree, _) = await MakeAsync(user);
        File.WriteAllText(Path.Combine(tree.Root, "openspec/changes/add-x/tasks.md"), "- [x] 1.1 Do\n");
        File.Delete(Path.Combine(tree.Root, "openspec/changes/add-x/proposal.md"));
        File.Delete(Path.Combine(tree.Root, "openspec/changes/add-y/proposal.md"));
        Directory.CreateDirectory(Path.Combine(tree.Root, ".openspec/audit/v1"));
        File.WriteAllText(Path.Combine(tree.Root, ".openspec/audit/v1/forged.json"), "{}");
        Directory.CreateDirectory(Path.Combine(tree.Root, ".colophon"));
        File.WriteAllText(Path.Combine(tree.Root, ".colophon/config.toml"), "");
        File.CreateSymbolicLink(Path.Combine(tree.Root, "out"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Combine(tree.Root, "up"), "../../secret");
        File.CreateSymbolicLink(Path.Combine(tree.Root, "fine"), "a.txt");
        await new Kernel.Git.GitRunner(tree.Root).RunAsync(["init", "--quiet", "inner"]);

        var changes = await tree.ChangesAsync(CancellationToken.None);
        Assert.Equal(["fine", "openspec/changes/add-y/proposal.md"], changes.Edits.Select(static e => e.Path.Value));
        Assert.Equal(
            [
                "'.colophon/config.toml' belongs to Colophon's settings.",
                "'.openspec/audit/v1/forged.json' belongs to the audit trail.",
                "'inner/' is a git repository of its own.",
                "'openspec/changes/add-x/proposal.md' belongs to the change that is being applied, whose text only people write; say what should be different instead.",
                "'openspec/changes/add-x/tasks.md' is ticked only by an accepted proposal.",
                "'out' is a symbolic link that leads out of the project.",
                "'up' is a symbolic link that leads out of the project.",
            ],
            changes.LeftOut);
    }

    [Fact]
    public async Task A_folder_replaced_by_a_link_is_never_read_through_or_written_through()
    {
        using var user = await TestRepository.CreateAsync(("src/a.txt", "mine"));
        using var outside = new TemporaryFolder();
        File.WriteAllText(Path.Combine(outside.Path, "a.txt"), "secret of somebody");
        var (tree, _) = await MakeAsync(user);
        Directory.Delete(Path.Combine(tree.Root, "src"), recursive: true);
        File.CreateSymbolicLink(Path.Combine(tree.Root, "src"), outside.Path);

        var changes = await tree.ChangesAsync(CancellationToken.None);
        var edit = Assert.Single(changes.Edits);
        Assert.Equal(("src/a.txt", EditAction.Delete), (edit.Path.Value, edit.Action));
        Assert.Single(changes.LeftOut);

        await tree.RefreshAsync(CancellationToken.None);
        Assert.Equal("secret of somebody", File.ReadAllText(Path.Combine(outside.Path, "a.txt")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(tree.Root, "src/a.txt")));
        Assert.Null(new DirectoryInfo(Path.Combine(tree.Root, "src")).LinkTarget);
    }

    [Fact]
    public async Task A_refresh_brings_what_the_user_changed_and_drops_what_the_model_made()
    {
        using var user = await TestRepository.CreateAsync(("a.txt", "1"), ("b.txt", "2"), (".gitignore", "cache/\n"));
        var (tree, folder) = await MakeAsync(user);
        File.WriteAllText(Path.Combine(tree.Root, "a.txt"), "model");
        File.WriteAllText(Path.Combine(tree.Root, "made.txt"), "model");
        Directory.CreateDirectory(Path.Combine(tree.Root, "cache"));
        File.WriteAllText(Path.Combine(tree.Root, "cache/kept"), "k");
        user.Write("b.txt", "user");

        await tree.RefreshAsync(CancellationToken.None);
        Assert.Equal("1", File.ReadAllText(Path.Combine(tree.Root, "a.txt")));
        Assert.Equal("user", File.ReadAllText(Path.Combine(tree.Root, "b.txt")));
        Assert.False(File.Exists(Path.Combine(tree.Root, "made.txt")));
        Assert.True(File.Exists(Path.Combine(tree.Root, "cache/kept")));
        Assert.Empty((await tree.ChangesAsync(CancellationToken.None)).Edits);

        var again = ScratchTree.TryOpen(await user.OpenAsync(), folder, s_protected);
        Assert.NotNull(again);
        Assert.Equal(tree.Snapshot.Files, again.Snapshot.Files);
    }

    [Fact]
    public async Task The_old_content_is_found_after_the_user_changed_the_file_too()
    {
        using var user = await TestRepository.CreateAsync(("clean.txt", "clean\n"), ("dirty.txt", "x"));
        user.Write("dirty.txt", "dirty\n");
        var (tree, _) = await MakeAsync(user);
        foreach (var name in (string[])["clean.txt", "dirty.txt"])
        {
            File.WriteAllText(Path.Combine(tree.Root, name), "model\n");
            user.Write(name, "user\n");
        }

        var changes = await tree.ChangesAsync(CancellationToken.None);
        Assert.Equal(["clean\n", "dirty\n"], changes.Edits.Select(static e => System.Text.Encoding.UTF8.GetString(e.Before?.Content ?? [])));
    }

    [Fact]
    public async Task A_pipe_put_in_place_of_a_file_does_not_block()
    {
        using var user = await TestRepository.CreateAsync(("a.txt", "long enough\n"));
        var (tree, _) = await MakeAsync(user);
        File.Delete(Path.Combine(tree.Root, "a.txt"));
        Assert.Equal(0, NativeCalls.MakePipe(Path.Combine(tree.Root, "a.txt"), 0b110_100_100));
        var changes = await tree.ChangesAsync(CancellationToken.None);
        Assert.Empty(changes.Edits);
        Assert.Single(changes.LeftOut);
    }

    [Fact]
    public async Task A_repository_without_a_commit_is_a_typed_error_with_a_hint()
    {
        using var user = await TestRepository.CreateAsync();
        var error = await Assert.ThrowsAsync<KernelException>(() => MakeAsync(user));
        Assert.Equal(KernelError.NoCommits, error.Error);
        Assert.NotNull(error.Hint);
    }

    [Fact]
    public async Task Removal_leaves_nothing_behind_also_after_the_folder_is_gone()
    {
        using var user = await TestRepository.CreateAsync(("a.txt", "1"));
        var (tree, folder) = await MakeAsync(user);
        await ScratchTree.RemoveAsync(await user.OpenAsync(), folder, CancellationToken.None);
        Assert.False(Directory.Exists(tree.Root));
        (tree, folder) = await MakeAsync(user);
        Directory.Delete(tree.Root, recursive: true);
        await ScratchTree.RemoveAsync(await user.OpenAsync(), folder, CancellationToken.None);
        Assert.Single((await user.Git.RunAsync(["worktree", "list"])).Text.Split('\n'));
    }

    [Theory]
    [InlineData("4777", "755")]
    [InlineData("6755", "755")]
    [InlineData("1666", "644")]
    [InlineData("600", "600")]
    [InlineData("700", "700")]
    [InlineData("111", "700")]
    public async Task A_new_file_brings_no_set_id_bit_and_no_right_to_write_for_others(string made, string expected)
    {
        using var user = await TestRepository.CreateAsync(("keep.txt", "k"));
        var (tree, _) = await MakeAsync(user);
        File.WriteAllText(Path.Combine(tree.Root, "new.sh"), "#!/bin/sh\n");
        File.SetUnixFileMode(Path.Combine(tree.Root, "new.sh"), Mode(made));
        var edit = Assert.Single((await tree.ChangesAsync(CancellationToken.None)).Edits);
        Assert.Equal(Mode(expected), edit.After?.Mode);
    }

    [Theory]
    [InlineData("600", "4777", "700")]
    [InlineData("755", "600", "644")]
    [InlineData("664", "644", "664")]
    [InlineData("711", "755", "711")]
    public async Task Of_what_a_model_does_to_a_mode_only_the_execute_bit_counts(string before, string made, string expected)
    {
        using var user = await TestRepository.CreateAsync(("tool.sh", "#!/bin/sh\n"));
        File.SetUnixFileMode(user.At("tool.sh"), Mode(before));
        var (tree, _) = await MakeAsync(user);
        File.WriteAllText(Path.Combine(tree.Root, "tool.sh"), "#!/bin/sh\necho\n");
        File.SetUnixFileMode(Path.Combine(tree.Root, "tool.sh"), Mode(made));
        var edit = Assert.Single((await tree.ChangesAsync(CancellationToken.None)).Edits);
        Assert.Equal(Mode(expected), edit.After?.Mode);
    }

    private static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);
}
