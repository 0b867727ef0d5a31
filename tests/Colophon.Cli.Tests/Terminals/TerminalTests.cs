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
        var lines = Render(table.Write, new() { Columns = width });
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
    public void A_table_is_never_cut_where_no_terminal_reads_it()
    {
        var table = new Table("name", "note");
        table.Add("short", new string('x', 5000));
        Assert.EndsWith(new string('x', 5000), Render(table.Write, new())[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_ends_with_its_last_cell()
    {
        var table = new Table("name", "note", "");
        table.Add("short", "x", "");
        table.Add("longer", "", "");
        Assert.Equal(["name    note", "short   x", "longer"], Render(table.Write, new()));
    }

    [Theory]
    [InlineData("plain", 5)]
    [InlineData("日本語", 6)]
    [InlineData("ｆｕｌｌ", 8)]
    [InlineData("한국", 4)]
    [InlineData("e\u0301a\u0308", 2)]
    [InlineData("\U0001f600", 2)]
    [InlineData("\U0001f468\u200d\U0001f469\u200d\U0001f467", 2)]
    [InlineData("\U0001f44d\U0001f3fd", 2)]
    [InlineData("\U0001f1e9\U0001f1ea", 2)]
    [InlineData("\u2764\ufe0f", 2)]
    [InlineData("a\u200bb", 2)]
    [InlineData("…·—", 3)]
    public void A_text_takes_the_columns_that_a_terminal_draws(string text, int columns) => Assert.Equal(columns, DisplayWidth.Of(text));

    [Fact]
    public void Columns_stand_below_one_another_whatever_the_script()
    {
        var table = new Table("name", "note");
        table.Add("日本語の名前", "x");
        table.Add("Ame\u0301lie", "x");
        table.Add("\U0001f468\u200d\U0001f469\u200d\U0001f467 team", "x");
        var lines = Render(table.Write, new());
        Assert.All(lines.Skip(1), line => Assert.Equal(14, DisplayWidth.Of(line.AsSpan(0, line.IndexOf('x', StringComparison.Ordinal)))));
    }

    [Theory]
    [InlineData("\U0001f600\U0001f600", 2, "…")]
    [InlineData("日本語", 5, "日本…")]
    [InlineData("日本語", 4, "日…")]
    [InlineData("e\u0301e\u0301e\u0301", 2, "e\u0301…")]
    [InlineData("日本語", 6, "日本語")]
    public void A_cut_leaves_whole_characters_that_fit(string text, int width, string cut) => Assert.Equal(cut, Wrapping.Cut(text, width));

    [Theory]
    [InlineData("src/日本/a.cs", 7, "…/a.cs")]
    [InlineData("src/日本/a.cs", 8, "…本/a.cs")]
    [InlineData("a.cs", 4, "a.cs")]
    public void A_path_keeps_its_end(string path, int width, string cut) => Assert.Equal(cut, Wrapping.CutBeginning(path, width));

    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("incomprehensible a", 4, "incomprehensible|a")]
    [InlineData("日本 語 x", 6, "日本|語 x")]
    [InlineData("", 5, "")]
    public void Text_is_wrapped_at_blanks(string text, int width, string lines) => Assert.Equal(lines, string.Join('|', Wrapping.Wrap(text, width)));

    private static string[] Render(Action<Terminal> write, TerminalTraits traits)
    {
        using var output = new StringWriter { NewLine = "\n" };
        write(new Terminal(output, TextWriter.Null, TextReader.Null, traits));
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
