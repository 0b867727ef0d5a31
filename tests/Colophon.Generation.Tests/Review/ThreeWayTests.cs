using System.Text;
using Colophon.Generation.Review;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Generation.Tests.Review;

public sealed class ThreeWayTests
{
    private static void Check(string origin, string mine, string theirs, string? expected)
    {
        static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.Replace(' ', '\n'));
        var merged = ThreeWay.Merge(Bytes(origin), Bytes(mine), Bytes(theirs));
        Assert.Equal(expected?.Replace(' ', '\n'), merged is null ? null : Encoding.UTF8.GetString(merged));
    }

    [Fact]
    public void Changes_apart_are_brought_together_and_changes_that_meet_are_not()
    {
        Check("a b c d e ", "A b c d e ", "a b c d E ", "A b c d E ");
        Check("a b c d e ", "x a b c d e ", "a b d e ", "x a b d e ");
        Check("a b c ", "A b c ", "X b c ", null);
        Check("a b c ", "a x b c ", "a y b c ", null);
        Check("a b c ", "A b c ", "a B c ", null);
        Check("a b c ", "a b c ", "a B c ", "a B c ");
        Check("", "", "x ", "x ");
        Check("a b c d", "a b c d", "a b c d e ", "a b c d e ");
    }

    [Fact]
    public void Merging_with_no_change_gives_the_other_side_and_sides_can_be_swapped()
    {
        var lines = Gen.Elements("a\n", "b\n", "c\r\n", "d").ListOf().Select(static l => string.Concat(l));
        Prop.ForAll(lines.ToArbitrary(), lines.ToArbitrary(), lines.ToArbitrary(), static (a, b, c) =>
        {
            var (origin, one, other) = (Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b), Encoding.UTF8.GetBytes(c));
            Assert.Equal(one, ThreeWay.Merge(origin, one, origin));
            Assert.Equal(one, ThreeWay.Merge(origin, origin, one));
            Assert.Equal(ThreeWay.Merge(origin, one, other), ThreeWay.Merge(origin, other, one));
        }).QuickCheckThrowOnFailure();
    }
}
