using Colophon.Cli.Terminals;

namespace Colophon.Cli.Tests.Terminals;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("plain\ttext\n", "plain\ttext\n")]
    [InlineData("\e[2J\e]0;title\a", "␛[2J␛]0;title␇")]
    [InlineData("over\rwritten", "over␍written")]
    [InlineData("abc\u202edef\u200f", "abc\ufffddef\ufffd")]
    [InlineData("c1 \u009b31m", "c1 \ufffd31m")]
    public void Text_from_outside_cannot_move_the_cursor_or_hide_itself(string text, string shown) => Assert.Equal(shown, Terminal.Safe(text));

    [Theory]
    [InlineData(60)]
    [InlineData(30)]
    public void A_table_fits_the_width_and_cuts_its_widest_columns(int width)
    {
        var table = new Table("name", "note");
        table.Add("short", new string('x', 80));
        table.Add("y", "z");
        var lines = Render(table.Write, new() { Width = width });
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.EndsWith("…", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("short  x", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Colour_is_used_only_where_it_is_wanted()
    {
        Assert.Equal(["+a"], Render(static t => DiffView.Write(t, "+a\n"), new()));
        Assert.Equal(["\e[32m+a\e[0m"], Render(static t => DiffView.Write(t, "+a\n"), new() { Color = true }));
    }

    [Fact]
    public void A_cut_never_splits_a_pair() => Assert.Equal("…", Wrapping.Cut("\U0001f600\U0001f600", 2));

    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("incomprehensible a", 4, "incomprehensible|a")]
    [InlineData("", 5, "")]
    public void Text_is_wrapped_at_blanks(string text, int width, string lines) => Assert.Equal(lines, string.Join('|', Wrapping.Wrap(text, width)));

    private static string[] Render(Action<Terminal> write, TerminalTraits traits)
    {
        using var output = new StringWriter { NewLine = "\n" };
        write(new Terminal(output, TextWriter.Null, TextReader.Null, traits));
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
