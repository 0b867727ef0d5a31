using Colophon.Specs.Ordering;

namespace Colophon.Specs.Tests.Ordering;

public sealed class RootOrderTests
{
    // Sorted by ICU 78.2 with localeCompare in en-US.
    private static readonly string[] s_sorted =
    [
        "_a", "-a", ".a", "(a)", "[a]", "1", "10", "9", "a", "A", "a#", "a%", "a+", "a=a日", "a~", "aa", "ab", "aB", "Ab", "ab_c", "ab-c", "ab.c", "ab/c", "ab1",
        "ab10", "ab2", "add_x", "add-x", "Add-x", "addx", "ae", "æ", "af", "b", "B", "b-01", "b-1", "c", "e", "é", "É", "eé", "ez", "f", "ia", "ıa", "ja", "l", "ł",
        "m", "n", "ŋ", "o", "ø", "oe", "œ", "of", "p", "spec", "Spec", "SPEC", "specs", "ss", "ß", "st", "z", "Z", "αβ", "аб", "кир", "本",
    ];

    [Fact]
    public void Names_sort_as_the_root_collation_sorts_them()
    {
        var random = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            var shuffled = s_sorted.OrderBy(_ => random.Next()).ToArray();
            Array.Sort(shuffled, RootOrder.Compare);
            Assert.Equal(s_sorted, shuffled);
        }
    }

    [Fact]
    public void Every_pair_compares_the_same_both_ways()
    {
        foreach (var one in s_sorted)
        {
            foreach (var other in s_sorted)
                Assert.Equal(Math.Sign(RootOrder.Compare(one, other)), -Math.Sign(RootOrder.Compare(other, one)));
        }
    }
}
