using Colophon.Text.Diff;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Text.Tests.Diff;

public sealed class LineDiffTests
{
    private static readonly Gen<string> Line = Gen.Elements("", "{", "}", "  x", "x", "return a;", "int b", "\t", "y\0", "ä");
    private static readonly Gen<string> Eol = Gen.Elements("\n", "\n", "\r\n", "\r");

    /// <summary>Texts of repeated lines with any line ends and any last line.</summary>
    internal static Gen<string> Texts { get; } =
        from lines in Gen.Zip(Line, Eol).ListOf()
        from tail in Gen.Elements("", "", "tail", "\r")
        select string.Concat(lines.Select(static l => l.Item1 + l.Item2)) + tail;

    [Fact]
    public void What_only_comes_ends_where_it_ends()
    {
        string[] before = ["one", "{", "}", "", "two", "{", "}", "", "x"];
        string[] after = ["zero", "one", "{", "}", "", "new", "{", "}", "", "two", "{", "}", "", "x"];
        Assert.Equal([new Hunk(0, 0, 0, 1), new Hunk(4, 0, 5, 4)], LineDiff.Compute(before, after));
        Assert.Equal([new Hunk(0, 1, 0, 0), new Hunk(5, 4, 4, 0)], LineDiff.Compute(after, before));
    }

    [Fact]
    public void Applying_every_hunk_gives_the_new_text() =>
        Prop.ForAll(Pairs(), static p =>
        {
            var count = PatchHunks.Of(p.Before, p.After).Count;
            return PatchHunks.Apply(p.Before, p.After, Enumerable.Range(0, count)) == p.After;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Applying_no_hunk_gives_the_old_text() =>
        Prop.ForAll(Pairs(), static p => PatchHunks.Apply(p.Before, p.After, []) == p.Before).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_texts_have_no_hunks() =>
        Prop.ForAll(Texts.ToArbitrary(), static t => PatchHunks.Of(t, t).Count == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_subset_of_hunks_applies_and_touches_only_its_ranges() =>
        Prop.ForAll(Pairs(), ArbMap.Default.ArbFor<int>(), static (p, seed) =>
        {
            var hunks = PatchHunks.Of(p.Before, p.After, context: 0);
            var chosen = Enumerable.Range(0, hunks.Count).Where(i => ((seed >> (i % 31)) & 1) == 1).ToArray();
            var lines = LineText.Split(PatchHunks.Apply(p.Before, p.After, chosen, context: 0)).Lines.Count;
            var expected = LineText.Split(p.Before).Lines.Count + chosen.Sum(i => hunks[i].Changes.Sum(static c => c.NewLines - c.OldLines));
            return lines == expected;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Unchanged_lines_between_hunks_are_equal_on_both_sides() =>
        Prop.ForAll(Gen.Choose(0, 4).ArrayOf().ToArbitrary(), Gen.Choose(0, 4).ArrayOf().ToArbitrary(), static (a, b) => IsValid(a, b)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_fallback_is_valid_where_every_line_is_common()
    {
        var random = new Random(7);
        for (var run = 0; run < 20; run++)
        {
            var a = Enumerable.Range(0, 3000).Select(_ => random.Next(3)).ToArray();
            var b = Enumerable.Range(0, 3000).Select(_ => random.Next(3)).ToArray();
            Assert.True(IsValid(a, b));
        }
    }

    [Fact]
    public void Hashes_and_strings_give_the_same_hunks() =>
        Prop.ForAll(Pairs(), static p =>
        {
            var (a, b) = (LineText.Split(p.Before).Lines, LineText.Split(p.After).Lines);
            var keys = LineDiff.Compute(a.Select(static l => LineKey.Of(l)).ToArray(), b.Select(static l => LineKey.Of(l)).ToArray());
            return keys.SequenceEqual(LineDiff.Compute(a, b, new DiffOptions { IgnoreWhitespace = true }));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rare_lines_anchor_the_diff()
    {
        string[] before = ["void a()", "{", "    one", "}", "", "void b()", "{", "    two", "}"];
        string[] after = ["void a()", "{", "    one", "}", "", "void c()", "{", "    new", "}", "", "void b()", "{", "    two", "}"];
        Assert.Equal([new Hunk(5, 0, 5, 5)], LineDiff.Compute(before, after));
    }

    [Fact]
    public void White_space_can_be_ignored()
    {
        Assert.Empty(LineDiff.Compute(["if (x) {"], ["\tif(x){\r"], new DiffOptions { IgnoreWhitespace = true }));
        Assert.Equal([new Hunk(0, 1, 0, 1)], LineDiff.Compute(["if (x) {"], ["\tif(x){"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public void A_large_text_of_few_distinct_lines_stays_valid_and_cheap(int alphabet)
    {
        // 10^10 steps if this were quadratic: the suite would not end.
        var random = new Random(alphabet);
        var a = Enumerable.Range(0, 100_000).Select(_ => random.Next(alphabet)).ToArray();
        var b = Enumerable.Range(0, 100_000).Select(_ => random.Next(alphabet)).ToArray();
        Assert.True(IsValid(a, b));
    }

    [Fact]
    public void Two_large_files_with_nothing_in_common_are_one_hunk() =>
        Assert.Equal(
            [new Hunk(0, 200_000, 0, 200_000)],
            LineDiff.Compute(Enumerable.Range(0, 200_000).ToArray(), Enumerable.Range(200_000, 200_000).ToArray()));

    internal static Arbitrary<(string Before, string After)> Pairs() =>
        (from before in Texts from after in Gen.OneOf(Texts, Edited(before)) select (before, after)).ToArbitrary();

    private static Gen<string> Edited(string text) =>
        from at in Gen.Choose(0, text.Length)
        from cut in Gen.Choose(0, 8)
        from insert in Texts
        select text[..at] + insert + text[Math.Min(text.Length, at + cut)..];

    private static bool IsValid(int[] a, int[] b)
    {
        var (i, j) = (0, 0);
        foreach (var hunk in LineDiff.Compute(a, b))
        {
            if (hunk.OldStart - i != hunk.NewStart - j || !a.AsSpan(i, hunk.OldStart - i).SequenceEqual(b.AsSpan(j, hunk.NewStart - j)))
                return false;
            if (hunk.OldLines == 0 && hunk.NewLines == 0)
                return false;
            (i, j) = (hunk.OldEnd, hunk.NewEnd);
        }

        return a.AsSpan(i).SequenceEqual(b.AsSpan(j));
    }
}
