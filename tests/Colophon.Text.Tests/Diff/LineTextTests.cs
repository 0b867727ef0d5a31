using System.Text;
using Colophon.Text.Diff;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Text.Tests.Diff;

public sealed class LineTextTests
{
    [Fact]
    public void A_text_is_put_together_again_exactly() =>
        Prop.ForAll(LineDiffTests.Texts.ToArbitrary(), static t => LineText.Split(t).ToString() == t).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", EolStyle.None, true, 0)]
    [InlineData("a", EolStyle.None, false, 1)]
    [InlineData("a\n", EolStyle.Lf, true, 1)]
    [InlineData("a\r\nb", EolStyle.CrLf, false, 2)]
    [InlineData("a\r\nb\n", EolStyle.Mixed, true, 2)]
    [InlineData("a\rb\n", EolStyle.Lf, true, 1)]
    [InlineData("\n\n", EolStyle.Lf, true, 2)]
    public void Line_ends_are_facts(string text, EolStyle eol, bool newline, int lines)
    {
        var split = LineText.Split(text);
        Assert.Equal((eol, newline, lines), (split.Eol, split.EndsWithNewline, split.Lines.Count));
    }

    [Fact]
    public void Most_lines_choose_the_terminator() => Assert.Equal("\r\n", LineText.Split("a\r\nb\r\nc\n").PreferredTerminator);

    [Fact]
    public void A_key_is_the_same_for_text_and_bytes_and_ignores_white_space() =>
        Prop.ForAll(LineDiffTests.Texts.ToArbitrary(), static t =>
        {
            var lines = LineText.Split(t).Lines;
            var bytes = Encoding.UTF8.GetBytes(t);
            return LineKey.OfLines(bytes).SequenceEqual(lines.Select(static l => LineKey.Of("\t " + l + "  ")));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_key_is_the_start_of_the_sha256_of_what_is_not_white_space() =>
        Assert.Equal(0xba7816bf8f01cfeaUL, LineKey.Of(" a b\tc\r\n"u8));

    [Fact]
    public void A_very_long_line_has_a_key() => Assert.Equal(LineKey.Of(new string('x', 100_000)), LineKey.Of(Encoding.ASCII.GetBytes(new string('x', 100_000))));
}
