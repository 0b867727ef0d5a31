using System.Text;
using System.Text.RegularExpressions;
using Colophon.Specs.Approving;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Specs.Tests.Approving;

public sealed partial class ChangeTextTests
{
    private const string Tasks = "## 1. Work\n\n- [ ] 1.1 Do it\n- [x] 1.2 Do more\n  with care\n";

    [Fact]
    public void The_text_is_every_file_but_hidden_ones_and_the_metadata()
    {
        using var tree = Tree().Add("openspec/changes/c/.openspec.yaml", "schema: spec-driven\n").Add("openspec/changes/c/.notes", "x").Add("openspec/changes/c/.git/x", "x").Add("openspec/changes/c/deep/er/x.png", [1, 2]);
        Assert.Equal([".openspec.yaml", "deep/er/x.png", "proposal.md", "specs/a/spec.md", "tasks.md"], Read(tree).Select(static f => f.Path));
        Assert.Equal(["tasks.md"], Read(tree).Where(static f => f.IsTasks).Select(static f => f.Path));
    }

    [Theory]
    [InlineData("- [ ] 1.1 Do it", "- [x] 1.1 Do it", true)]
    [InlineData("- [ ] 1.1 Do it", "- [X] 1.1 Do it", true)]
    [InlineData("- [x] 1.2 Do more", "- [ ] 1.2 Do more", true)]
    [InlineData("Do it", "Do it well", false)]
    [InlineData("with care", "without care", false)]
    [InlineData("## 1. Work", "## 1. Play", false)]
    [InlineData("- [ ] 1.1 Do it", "* [ ] 1.1 Do it", false)]
    [InlineData("\n", "\r\n", true)]
    public void Ticking_changes_nothing_and_rewording_does(string old, string now, bool same)
    {
        using var tree = Tree();
        var before = Read(tree);
        tree.Add("openspec/changes/c/tasks.md", Tasks.Replace(old, now, StringComparison.Ordinal));
        Assert.Equal(same, before.SequenceEqual(Read(tree)));
    }

    [Fact]
    public void A_box_in_any_other_file_is_text()
    {
        using var tree = Tree().Add("openspec/changes/c/design.md", "- [ ] x\n");
        var before = Read(tree);
        tree.Add("openspec/changes/c/design.md", "- [x] x\n");
        Assert.NotEqual(before, Read(tree));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told_apart()
    {
        Assert.NotEqual(ChangeText.Normalise([0xff, (byte)'\n'], isTasks: true), ChangeText.Normalise([0xfe, (byte)'\n'], isTasks: true));
        Assert.Equal("- [ ] a\xff"u8.ToArray(), ChangeText.Normalise("- [x] a\xff"u8, isTasks: true));
    }

    [Fact]
    public void A_link_is_told_as_one()
    {
        using var tree = Tree();
        File.CreateSymbolicLink(Path.Combine(tree.Path, "openspec/changes/c/design.md"), "proposal.md");
        Assert.Equal("design.md", Read(tree).Single(static f => f.IsLink).Path);
    }

    [Fact]
    public void Ticking_never_changes_the_text_whatever_the_file() => Prop.ForAll(
        Gen.ListOf(Gen.Elements("- [ ] 1.1 a", "- [x] 1.2 b", "* [] c", "  1. [ ] d\r", "- [-] e", "- [ ](f)", "text [ ]", "\u3000- [ ] g", "- [\u00e9] h", "```", "+ [ \t] i")).ToArbitrary(),
        static lines =>
        {
            var file = Encoding.UTF8.GetBytes(string.Join('\n', lines));
            var normal = ChangeText.Normalise(file, isTasks: true);
            Assert.Equal(normal, ChangeText.Normalise(normal, isTasks: true));
            Assert.Equal(AsDocumented(Encoding.UTF8.GetString(file)), Encoding.UTF8.GetString(normal));
            foreach (var task in TaskList.Parse(Encoding.UTF8.GetString(file)).Items)
            {
                if (TaskList.Tick(file, task.Id).Bytes is { } ticked)
                    Assert.Equal(normal, ChangeText.Normalise(ticked, isTasks: true));
            }
        }).QuickCheckThrowOnFailure();

    // The rule of docs/audit-log.md, as another verifier would write it.
    private static string AsDocumented(string text) => string.Join('\n', text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(static line =>
        DocumentedTask().IsMatch(line) ? line[..(line.IndexOf('[') + 1)] + " " + line[line.IndexOf(']', line.IndexOf('['))..] : line));

    [GeneratedRegex(@"^\s*(?:[-*+]|\d{1,9}[.)])\s*\[(?:\s*[^\]]?\s*\](?![(\[])|\s+\])")]
    private static partial Regex DocumentedTask();

    private static TemporaryTree Tree() => new TemporaryTree().Add("openspec/changes/c/proposal.md", "# C\n").Add("openspec/changes/c/specs/a/spec.md", "## ADDED Requirements\n").Add("openspec/changes/c/tasks.md", Tasks);

    private static IReadOnlyList<TextFile> Read(TemporaryTree tree) => ChangeText.Read(tree.Open(), tree.Open().Change("c"));
}
