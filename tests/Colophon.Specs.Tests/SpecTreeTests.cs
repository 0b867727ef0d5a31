using System.Buffers;
using Colophon.Specs.Json;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.Tests;

public sealed class SpecTreeTests
{
    [Fact]
    public void A_folder_without_openspec_says_so()
    {
        using var folder = new TemporaryTree();
        Assert.Equal(SpecError.NoTree, Assert.Throws<SpecException>(folder.Open).Error);
        Assert.Null(SpecTree.Find(folder.Path));
    }

    [Fact]
    public void An_openspec_that_is_a_file_or_empty_is_malformed()
    {
        using var file = new TemporaryTree().Add("openspec", "no folder");
        Assert.Equal(SpecError.TreeMalformed, Assert.Throws<SpecException>(file.Open).Error);
        using var empty = new TemporaryTree().AddFolder("openspec");
        Assert.Equal(SpecError.TreeMalformed, Assert.Throws<SpecException>(empty.Open).Error);
    }

    [Fact]
    public void A_loop_of_links_is_malformed()
    {
        using var folder = new TemporaryTree();
        File.CreateSymbolicLink(Path.Combine(folder.Path, "a"), Path.Combine(folder.Path, "b"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "b"), Path.Combine(folder.Path, "a"));
        Assert.Equal(SpecError.TreeMalformed, Assert.Throws<SpecException>(() => SpecTree.Open(Path.Combine(folder.Path, "a"))).Error);
    }

    [Fact]
    public void The_nearest_tree_is_found_from_below()
    {
        using var folder = new TemporaryTree().AddFolder("openspec/changes/x").AddFolder("src/deep/openspec");
        Assert.Equal(folder.Path, SpecTree.Find(Path.Combine(folder.Path, "src/deep"))?.Root);
    }

    [Fact]
    public void An_unknown_change_suggests_the_nearest()
    {
        using var folder = new TemporaryTree().AddFolder("openspec/changes/add-login").AddFolder("openspec/changes/remove-cache").AddFolder("openspec/changes/archive/2026-01-01-x");
        var tree = folder.Open();
        Assert.Equal(["add-login", "remove-cache"], tree.Changes);
        var error = Assert.Throws<SpecException>(() => tree.Change("add-logn"));
        Assert.Equal(SpecError.ChangeNotFound, error.Error);
        Assert.Equal("COL1011", error.Code);
        Assert.Equal("Did you mean 'add-login'?", error.Hint);
        Assert.Equal(SpecError.SpecNotFound, Assert.Throws<SpecException>(() => tree.Spec("nothing")).Error);
        Assert.Equal(ChangeState.Archived, tree.Change("2026-01-01-x").State);
        Assert.Throws<SpecException>(() => tree.Change("../changes/add-login"));
        Assert.Throws<SpecException>(() => Validation.Change(tree, "archive"));
    }

    [Fact]
    public void A_change_is_read_whole()
    {
        using var folder = new TemporaryTree()
            .Add("openspec/specs/auth/spec.md", "# auth\n\n## Purpose\nLets people in.\n\n## Requirements\n\n### Requirement: Sign in\nThe system SHALL let people in.\n")
            .Add("openspec/changes/add-x/proposal.md", "\uFEFF# Change: Sign out\r\n\r\n## Why\r\nPeople stay.\r\n\r\n## What Changes\r\n- out\r\n")
            .Add("openspec/changes/add-x/design.md", "how\r\n")
            .Add("openspec/changes/add-x/tasks.md", "## 1. Go\r\n\r\n- [x] 1.1 A\r\n- [ ] 1.2 B\r\n  more\r\n")
            .Add("openspec/changes/add-x/specs/auth/spec.md",
                "## MODIFIED Requirements\n\n### Requirement: Sign in\nThe system MUST let people in.\n\n#### Scenario: Ok\n- **WHEN** x\n\n"
                + "## ADDED Requirements\n\n### Requirement: Sign-in\nMUST\n\n### Requirement: Sign out ##\nMUST\n\n## REMOVED Requirements\n\n- `### Requirement: Old`\n\n"
                + "## RENAMED Requirements\n- FROM: `### Requirement: A`\n- TO: `### Requirement: B`\n");
        var change = folder.Open().Change("add-x");
        Assert.Equal(("add-x", "add-x", "People stay.", "- out"), (change.Name, change.Title, change.Proposal?.Why, change.Proposal?.WhatChanges));
        Assert.Equal("how\n", change.Design);
        Assert.Equal((ChangeState.InProgress, 1, 2, 50, true, false), (change.State, change.CompletedTasks, change.TotalTasks, change.Percentage, change.CanApply, change.CanArchive));
        Assert.Equal("  more", change.Tasks.Find("1.2").Body);
        var delta = Assert.Single(change.Deltas);
        Assert.Equal(["Sign-in", "Sign out"], delta.Added.Select(requirement => requirement.Name));
        Assert.Equal(["auth/sign-in", "auth/sign-out"], delta.Added.Select(requirement => requirement.Id));
        Assert.StartsWith("auth/sign-in-", delta.Modified[0].Id);
        Assert.Equal("Old", delta.Removed[0].Name);
        Assert.Equal(new RequirementRename("A", "B"), delta.Renamed[0]);
        Assert.Equal(new Scenario("Ok", "- **WHEN** x", 6), delta.Modified[0].Scenarios[0]);
        Assert.Contains("# Capability: auth", change.DeltaMarkdown, StringComparison.Ordinal);
        Assert.Empty(change.Diagnostics);
    }

    [Fact]
    public void A_hash_ignores_white_space_at_line_ends_and_blank_lines_but_not_words()
    {
        static string HashOf(string body)
        {
            using var folder = new TemporaryTree().Add("openspec/specs/a/spec.md", $"## Purpose\nP\n## Requirements\n### Requirement: R\n{body}");
            return folder.Open().Spec("a").Requirements[0].Hash;
        }

        var hash = HashOf("It MUST work.\n\n#### Scenario: S\n- x\n");
        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, HashOf("It MUST work.  \r\n\r\n\r\n#### Scenario: S\t\r\n- x\r\n\r\n"));
        Assert.NotEqual(hash, HashOf("It MUST  work.\n\n#### Scenario: S\n- x\n"));
    }

    [Fact]
    public void Undecodable_bytes_are_a_diagnostic()
    {
        using var folder = new TemporaryTree().Add("openspec/changes/c/tasks.md", [.. "- [ ] 1.1 "u8, 0xFF, 0xFE, .. "\n"u8]);
        var change = folder.Open().Change("c");
        Assert.Equal("\uFFFD\uFFFD", change.Tasks.Items[0].Description);
        Assert.Contains(change.Diagnostics, diagnostic => diagnostic.Path == "openspec/changes/c/tasks.md" && diagnostic.Message.Contains("UTF-8", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_of_the_file_and_a_finding_of_the_validation()
    {
        using var folder = new TemporaryTree().AddFolder("openspec/changes/c/tasks.md").AddFolder("openspec/changes/c/proposal.md");
        var tree = folder.Open();
        var error = Assert.Throws<SpecException>(() => tree.Change("c"));
        Assert.Equal(SpecError.Unreadable, error.Error);
        Assert.NotNull(error.Hint);
        Assert.False(Validation.All(tree).Valid);
    }

    [Fact]
    public void Linked_folders_are_not_followed_and_loops_end()
    {
        using var folder = new TemporaryTree().Add("openspec/specs/a/spec.md", "## Purpose\nP\n## Requirements\n").AddFolder("openspec/changes/c/specs");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "openspec/specs/a/loop"), Path.Combine(folder.Path, "openspec/specs"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "openspec/changes/c/specs/loop"), Path.Combine(folder.Path, "openspec/changes"));
        var tree = folder.Open();
        Assert.Equal(["a"], tree.Specs);
        Assert.Empty(tree.Change("c").Deltas);
        Assert.NotNull(Validation.All(tree));
    }

    [Fact]
    public void Many_links_to_an_ancestor_do_not_make_a_walk_without_end()
    {
        using var folder = new TemporaryTree().Add("openspec/changes/c/a/b.txt", "");
        foreach (var name in (string[])["l1", "l2", "l3", "l4"])
            Directory.CreateSymbolicLink(Path.Combine(folder.Path, "openspec/changes/c/a", name), Path.Combine(folder.Path, "openspec"));
        var tree = folder.Open();
        Assert.NotNull(Validation.All(tree));
        OpenSpecJson.WriteChanges(tree, new ArrayBufferWriter<byte>());
    }

    [Theory]
    [InlineData("specs/**/*.md")]
    [InlineData("**/tasks.md")]
    public void A_glob_follows_links_to_no_folder_twice(string pattern)
    {
        using var folder = new TemporaryTree().Add("specs/a/tasks.md", "").Add("specs/b/x.md", "");
        foreach (var name in (string[])["l1", "l2", "l3", "l4"])
        {
            Directory.CreateSymbolicLink(Path.Combine(folder.Path, "specs/a", name), folder.Path);
            Directory.CreateSymbolicLink(Path.Combine(folder.Path, "specs/b", name), Path.Combine(folder.Path, "specs"));
        }

        Assert.Contains("specs/a/tasks.md", OutputPattern.Find(folder.Path, pattern));
    }

    [Fact]
    public void A_duplicate_task_number_is_a_diagnostic_and_cannot_be_found()
    {
        using var folder = new TemporaryTree().Add("openspec/changes/c/tasks.md", "- [ ] 1.1 a\n- [ ] 1.1 b\n");
        var change = folder.Open().Change("c");
        Assert.Contains(change.Diagnostics, diagnostic => diagnostic.Line == 2);
        Assert.Equal(SpecError.TaskAmbiguous, Assert.Throws<SpecException>(() => change.Tasks.Find("1.1")).Error);
        Assert.Equal(SpecError.TaskNotFound, Assert.Throws<SpecException>(() => change.Tasks.Find("9.9")).Error);
    }
}
