using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Text.Tests;

public sealed class TokenEstimateTests
{
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
