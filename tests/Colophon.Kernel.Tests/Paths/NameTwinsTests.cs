using Colophon.Kernel.Paths;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Kernel.Tests.Paths;

public sealed class NameTwinsTests
{
    private static readonly string[] s_letters = ["a", "A", "e", "\u00e9", "e\u0301", "E\u0301", "\u00f6", "o\u0308", "\u3042", "\u3044", "/"];

    [Fact]
    public void One_pass_finds_twins_where_comparing_every_pair_does()
    {
        var names = Gen.Elements(s_letters).ListOf().Where(static l => l.Count < 4).Select(static l => string.Concat(l)).ListOf().Where(static l => l.Count < 9);
        Prop.ForAll(names.ToArbitrary(), static all => (NameTwins.First(all) is not null) == Pairwise(all)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("B", "a", "b", "B")]
    [InlineData("e\u0301", "\u00e9", "e\u0301")]
    [InlineData(null, "\u3042", "\u3044")]
    public void The_later_one_is_told(string? twin, params string[] names) => Assert.Equal(twin, NameTwins.First(names));

    private static bool Pairwise(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return Enumerable.Range(0, all.Length).Any(i => Enumerable.Range(0, i).Any(k => NameTwins.AreTwins(all[k], all[i])));
    }
}
