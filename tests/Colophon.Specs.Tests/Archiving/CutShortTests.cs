using System.Text;
using Colophon.Specs.Archiving;
using Colophon.Specs.Tests.Golden;

namespace Colophon.Specs.Tests.Archiving;

public sealed class CutShortTests
{
    private const string Old = "# a\n\nold\n";
    private const string New = "# a\n\nnew\n";

    [Theory]
    [InlineData(Old)]
    [InlineData(New)]
    public void An_archive_that_was_cut_short_is_finished_by_the_next_command(string found)
    {
        using var tree = CutShort(found, found == Old);
        Assert.Equal(0, DropInRun.Of(tree.Path, "list").ExitCode);
        Assert.Equal(New, File.ReadAllText($"{tree.Path}/openspec/specs/a/spec.md"));
        Assert.True(File.Exists($"{tree.Path}/openspec/changes/archive/2026-11-20-c/proposal.md"));
        Assert.False(Directory.Exists($"{tree.Path}/openspec/changes/c"));
        Assert.Equal([$"{tree.Path}/openspec/changes/archive/2026-11-20-c"], Directory.GetFileSystemEntries($"{tree.Path}/openspec/changes/archive"));
    }

    [Fact]
    public void What_somebody_wrote_meanwhile_stays_and_the_change_is_not_archived()
    {
        using var tree = CutShort("# a\n\nby hand\n", staged: true);
        Assert.Equal(0, DropInRun.Of(tree.Path, "list").ExitCode);
        Assert.Equal("# a\n\nby hand\n", File.ReadAllText($"{tree.Path}/openspec/specs/a/spec.md"));
        Assert.True(File.Exists($"{tree.Path}/openspec/changes/c/proposal.md"));
        Assert.Empty(Directory.GetFileSystemEntries($"{tree.Path}/openspec/changes/archive"));
    }

    [Fact]
    public void A_journal_that_was_not_written_to_its_end_changes_nothing()
    {
        using var tree = CutShort(Old, staged: true);
        var journal = $"{tree.Path}/openspec/changes/archive/.colophon-archive/journal";
        File.WriteAllBytes(journal, File.ReadAllBytes(journal)[..20]);
        Assert.Equal(0, DropInRun.Of(tree.Path, "list").ExitCode);
        Assert.Equal(Old, File.ReadAllText($"{tree.Path}/openspec/specs/a/spec.md"));
        Assert.True(File.Exists($"{tree.Path}/openspec/changes/c/proposal.md"));
        Assert.Empty(Directory.GetFileSystemEntries($"{tree.Path}/openspec/changes/archive"));
    }

    private static TemporaryTree CutShort(string found, bool staged)
    {
        var tree = new TemporaryTree();
        tree.Add("openspec/specs/a/spec.md", found).Add("openspec/changes/c/proposal.md", "# c\n");
        const string folder = "openspec/changes/archive/.colophon-archive";
        var mutation = new Mutation($"{tree.Path}/openspec/specs/a/spec.md", Digest(Old), Digest(New));
        var journal = new ArchiveJournal($"{tree.Path}/openspec/changes/c", $"{tree.Path}/openspec/changes/archive/2026-11-20-c", [mutation]);
        tree.Add($"{folder}/journal", journal.Write()).Add($"{folder}/0.old", Old);
        if (staged)
            tree.Add($"{folder}/0.new", New);
        return tree.Add("openspec/changes/archive/.openspec-archive.lock", "{\"by\":\"colophon\"}");
    }

    private static string Digest(string text) => Mutation.Digest(Encoding.UTF8.GetBytes(text));
}
