using Colophon.Kernel.Paths;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Kernel.Tests.Paths;

public sealed class PathGlobTests
{
    [Theory]
    [InlineData("*.py", "a.py", true)]
    [InlineData("*.py", "src/deep/a.py", true)]
    [InlineData("*.py", "a.pyc", false)]
    [InlineData("src/*.py", "src/a.py", true)]
    [InlineData("src/*.py", "src/b/a.py", false)]
    [InlineData("./src/*.py", "src/a.py", true)]
    [InlineData("src/**/*.py", "src/a.py", true)]
    [InlineData("src/**/*.py", "src/b/c/a.py", true)]
    [InlineData("**/test_*", "x/y/test_a", true)]
    [InlineData("src/**", "src/a/b", true)]
    [InlineData("*.{ts,tsx}", "a.tsx", true)]
    [InlineData("*.{ts,tsx}", "a.js", false)]
    [InlineData("[a-c]?.txt", "bz.txt", true)]
    [InlineData("[!a-c]?.txt", "bz.txt", false)]
    [InlineData("a+b.(txt)", "a+b.(txt)", true)]
    [InlineData("{", "{", true)]
    [InlineData("[", "[", true)]
    public void A_pattern_matches(string pattern, string path, bool expected)
    {
        Assert.True(PathGlob.TryParse(pattern, out var glob));
        Assert.Equal(expected, glob.Matches(path));
    }

    [Fact]
    public void No_pattern_throws() => Prop.ForAll<NonNull<string>, NonNull<string>>(static (pattern, path) =>
    {
        if (PathGlob.TryParse(pattern.Get, out var glob))
            _ = glob.Matches(path.Get);
    }).QuickCheckThrowOnFailure();
}
