using Colophon.Kernel.Words;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Kernel.Tests.Words;

public sealed class EditDistanceTests
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
    [InlineData("ab", "ba", 2)]
    [InlineData("Show", "show", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Levenshteins_distance_counts_letter_case_and_both_halves_of_a_swap(string a, string b, int steps) => Assert.Equal(steps, EditDistance.Levenshtein(a, b));

    [Fact]
    public void A_word_that_nobody_types_is_never_meant() =>
        Assert.Null(EditDistance.Closest(new string('a', 200_000), [new string('a', 200_001), "show"]));
}
