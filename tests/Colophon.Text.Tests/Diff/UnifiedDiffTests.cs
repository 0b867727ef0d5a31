using Colophon.Text.Diff;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Text.Tests.Diff;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void A_formatted_diff_applies_byte_for_byte() =>
        Prop.ForAll(LineDiffTests.Pairs(), static p =>
        {
            var (before, after) = (p.Before.Replace('\0', 'n'), p.After.Replace('\0', 'n'));
            return UnifiedDiff.Apply(before, UnifiedDiff.Format("f", before, after)) == after;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_change_is_written_as_git_writes_it() =>
        Assert.Equal(
            """
            diff --git a/src/a.txt b/src/a.txt
            --- a/src/a.txt
            +++ b/src/a.txt
            @@ -1,3 +1,4 @@
             one
            -two
            +TWO
            +2
             three
            \ No newline at end of file

            """.ReplaceLineEndings("\n"),
            UnifiedDiff.Format("src/a.txt", "one\ntwo\nthree", "one\nTWO\n2\nthree"));

    [Fact]
    public void A_new_file_starts_from_nothing() =>
        Assert.Equal(
            "diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+x\n",
            UnifiedDiff.Format("n", null, "x\n"));

    [Fact]
    public void A_deleted_file_ends_in_nothing() =>
        Assert.EndsWith("--- a/n\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-x\n-y\n", UnifiedDiff.Format("n", "x\ny\n", null), StringComparison.Ordinal);

    [Fact]
    public void A_rename_without_a_change_has_no_hunks() =>
        Assert.Equal("diff --git a/o b/n\nrename from o\nrename to n\n", UnifiedDiff.Format("n", "x\n", "x\n", renamedFrom: "o"));

    [Fact]
    public void Binary_content_is_said_as_such() =>
        Assert.Equal("diff --git a/i b/i\nBinary files a/i and b/i differ\n", UnifiedDiff.Format("i", "a\0b", "a\0c"));

    [Fact]
    public void Carriage_returns_are_kept() =>
        Assert.Contains("-b\r\n+c\r\n", UnifiedDiff.Format("w", "a\r\nb\r\n", "a\r\nc\r\n"), StringComparison.Ordinal);

    [Fact]
    public void Neighbouring_changes_share_a_hunk_and_distant_ones_do_not()
    {
        var lines = Enumerable.Range(0, 30).Select(static i => $"{i}\n").ToArray();
        var before = string.Concat(lines);
        lines[3] = "x\n";
        lines[9] = "y\n";
        lines[25] = "z\n";
        Assert.Equal([2, 1], PatchHunks.Of(before, string.Concat(lines)).Select(static h => h.Changes.Count));
    }

    [Theory]
    [InlineData("@@ -1 +1 @@\n-other\n+b\n")]
    [InlineData("@@ -1,2 +1 @@\n-a\n")]
    [InlineData("@@ -9 +9 @@\n-a\n+b\n")]
    [InlineData("@@ -1 +1 @@\n?a\n")]
    [InlineData("@@ -x +1 @@\n-a\n+b\n")]
    public void A_diff_that_does_not_fit_gives_nothing(string diff) => Assert.Null(UnifiedDiff.Apply("a\n", diff));

    [Fact]
    public void Garbage_never_throws() =>
        Prop.ForAll(
            Gen.Elements("@@ -1 +1 @@\n", "@@ -0,0 +1,2 @@\n", "@@ ", "+", "-", " ", "\n", "a\n", "\\ No newline\n", "\r").ListOf().ToArbitrary(),
            static parts => (UnifiedDiff.Apply("a\nb\n", string.Concat(parts)) ?? "").Length >= 0).QuickCheckThrowOnFailure();

    [Fact]
    public void An_unknown_hunk_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => PatchHunks.Apply("a\n", "b\n", [1]));
}
