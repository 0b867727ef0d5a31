using Colophon.Security.Redaction;

namespace Colophon.Engine.Tests;

public sealed class StreamedTextTests
{
    private const string Token = "ghp_" + "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZaC4e";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void What_is_shown_in_pieces_is_the_text_without_secrets(int size)
    {
        var key = "-----BEGIN OPENSSH " + "PRIVATE KEY-----\n" + string.Concat(Enumerable.Repeat("aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZaC4eF6gH8jK3mP5qR7sT9uV2wX4zB6cD\n", 4)) + "-----END OPENSSH " + "PRIVATE KEY-----\n";
        var text = $"First line\nsecond with {Token} in it\n{key}and the last, without an end";
        var shown = new StreamedText(ScanOptions.Default);
        var all = string.Concat(text.Chunk(size).Select(piece => shown.Add(new string(piece)))) + shown.End();
        Assert.StartsWith("First line\nsecond with [redacted:github-token] in it\n", all, StringComparison.Ordinal);
        Assert.EndsWith("and the last, without an end", all, StringComparison.Ordinal);
        Assert.DoesNotContain("aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZaC4e", all, StringComparison.Ordinal);
        Assert.Equal("x", shown.Add("x") + shown.End());
    }

    [Fact]
    public void A_long_text_without_line_ends_is_shown_all_the_same()
    {
        var shown = new StreamedText(ScanOptions.Default);
        var text = string.Concat(Enumerable.Repeat("word ", 20_000));
        var during = string.Concat(text.Chunk(100).Select(piece => shown.Add(new string(piece))));
        Assert.True(during.Length > text.Length / 2);
        Assert.Equal(text, during + shown.End());
    }
}
