using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Text.Tests;

public sealed class WordsTests
{
    [Theory]
    [InlineData("aply", "apply")]
    [InlineData("valdiate", "validate")]
    [InlineData("APPLY", "apply")]
    [InlineData("cov", "coverage")]
    [InlineData("xyzzy", null)]
    [InlineData("", null)]
    public void The_nearest_command_is_meant(string word, string? expected) =>
        Assert.Equal(expected, EditDistance.Closest(word, ["validate", "show", "coverage", "apply", "audit"]));

    [Fact]
    public void The_order_of_candidates_does_not_matter() =>
        Assert.Equal(EditDistance.Closest("bat", ["cat", "rat"]), EditDistance.Closest("bat", ["rat", "cat"]));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    public void Distance_counts_steps(string a, string b, int steps) => Assert.Equal(steps, EditDistance.Between(a, b));

    [Fact]
    public void Distance_is_symmetric() =>
        Prop.ForAll<string, string>(static (a, b) => EditDistance.Between(a, b) == EditDistance.Between(b, a)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", 0)]
    [InlineData("The quick brown fox jumps over the lazy dog.", 10)]
    [InlineData("public sealed record Hunk(int OldStart, int OldLines);", 13)]
    public void Tokens_are_estimated_within_a_third(string text, int real) =>
        Assert.InRange(TokenEstimate.Of(text), real * 2 / 3, (real * 4 + 2) / 3);

    [Fact]
    public void A_text_has_no_more_tokens_than_characters() =>
        Prop.ForAll<string>(static t => TokenEstimate.Of(t) is >= 0 and var n && n <= (t?.Length ?? 0)).QuickCheckThrowOnFailure();
}
