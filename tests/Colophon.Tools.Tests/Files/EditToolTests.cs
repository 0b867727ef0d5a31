using System.Text;

namespace Colophon.Tools.Tests.Files;

public sealed class EditToolTests
{
    [Fact]
    public async Task An_edit_replaces_the_one_occurrence()
    {
        using var bench = new ToolBench().With("a.py", "one\ntwo\nthree\n");
        Assert.Equal("Edited 'a.py': 1 replacement (line 2).", await bench.OkAsync("edit", """{"path":"a.py","old_string":"two","new_string":"2"}"""));
        Assert.Equal("one\n2\nthree\n", bench.Read("a.py"));
    }

    [Fact]
    public async Task An_ambiguous_edit_names_the_lines_and_changes_nothing()
    {
        using var bench = new ToolBench().With("a", "x\ny\nx\n");
        Assert.Contains("2 times in 'a' (lines 1, 3)", await bench.ErrorAsync("edit", """{"path":"a","old_string":"x","new_string":"z"}"""));
        Assert.Equal("x\ny\nx\n", bench.Read("a"));
    }

    [Fact]
    public async Task Replace_all_replaces_every_occurrence()
    {
        using var bench = new ToolBench().With("a", "x\ny\nx\n");
        Assert.Contains("2 replacements (lines 1, 3)", await bench.OkAsync("edit", """{"path":"a","old_string":"x","new_string":"zz","replace_all":true}"""));
        Assert.Equal("zz\ny\nzz\n", bench.Read("a"));
    }

    [Fact]
    public async Task Crlf_and_the_byte_order_mark_are_kept()
    {
        using var bench = new ToolBench().With("a", "\uFEFFone\r\ntwo\r\nthree\r\n"u8.ToArray());
        await bench.OkAsync("edit", """{"path":"a","old_string":"two\nthree","new_string":"2\n2b\n3"}""");
        Assert.Equal("\uFEFFone\r\n2\r\n2b\r\n3\r\n"u8.ToArray(), bench.Bytes("a"));
    }

    [Theory]
    [InlineData("a\r\nb\nc\r\n", "b", "B", "a\r\nB\nc\r\n")]
    [InlineData("a\r\nb\nc\r\n", "b\nc", "B\nC", "a\r\nB\nC\r\n")]
    [InlineData("a\r\nb\nc\r\n", "a\nb", "A\nB", "A\r\nB\nc\r\n")]
    [InlineData("a\r\nb\r\nc", "c", "c\nd", "a\r\nb\r\nc\r\nd")]
    [InlineData("a\r\nb\r\n", "a\n", "", "b\r\n")]
    [InlineData("a\r\nb\r\n", "\nb", "", "a\r\n")]
    [InlineData("a\rb\r\n", "b", "c", "a\rc\r\n")]
    public async Task Lines_outside_the_match_keep_their_bytes(string before, string sought, string replacement, string after)
    {
        using var bench = new ToolBench().With("a", Encoding.UTF8.GetBytes(before));
        await bench.OkAsync("edit", $$"""{"path":"a","old_string":{{Quote(sought)}},"new_string":{{Quote(replacement)}}}""");
        Assert.Equal(after, Encoding.UTF8.GetString(bench.Bytes("a")));
    }

    [Fact]
    public async Task A_difference_in_white_space_is_named_with_the_text_that_stands_there()
    {
        using var bench = new ToolBench().With("a", "def f():\n\treturn 1\n");
        var text = await bench.ErrorAsync("edit", """{"path":"a","old_string":"def f():\n    return 1","new_string":"x"}""");
        Assert.Contains("Only white space differs from line 1 to 2, which read:\ndef f():\n\treturn 1", text);
    }

    [Fact]
    public async Task The_nearest_text_is_quoted()
    {
        using var bench = new ToolBench().With("a", "alpha\nint total = compute(a, b);\nomega\n");
        var text = await bench.ErrorAsync("edit", """{"path":"a","old_string":"int total = compute(a);","new_string":"x"}""");
        Assert.Contains("The nearest text is line 2, which reads:\nint total = compute(a, b);", text);
    }

    [Fact]
    public async Task Line_numbers_copied_from_read_are_explained()
    {
        using var bench = new ToolBench().With("a", "alpha\n");
        Assert.Contains("leave the numbers and tabs out", await bench.ErrorAsync("edit", """{"path":"a","old_string":"     1\talpha","new_string":"x"}"""));
    }

    [Theory]
    [InlineData("", "x", "old_string is empty")]
    [InlineData("alpha", "alpha", "are the same")]
    public async Task An_edit_that_means_nothing_is_refused(string sought, string replacement, string expected)
    {
        using var bench = new ToolBench().With("a", "alpha\n");
        Assert.Contains(expected, await bench.ErrorAsync("edit", $$"""{"path":"a","old_string":"{{sought}}","new_string":"{{replacement}}"}"""));
    }

    [Fact]
    public async Task Binary_and_undecodable_files_are_not_touched()
    {
        using var bench = new ToolBench().With("b", [1, 0, 2]).With("l", [0x61, 0xE9, 0x62]);
        Assert.Contains("binary", await bench.ErrorAsync("edit", """{"path":"b","old_string":"a","new_string":"b"}"""));
        Assert.Contains("not valid UTF-8", await bench.ErrorAsync("edit", """{"path":"l","old_string":"a","new_string":"b"}"""));
        Assert.Equal([0x61, 0xE9, 0x62], bench.Bytes("l"));
    }

    [Fact]
    public async Task A_file_that_does_not_exist_gets_the_nearest_name()
    {
        using var bench = new ToolBench().With("src/main.py", "x");
        Assert.Contains("Did you mean 'src/main.py'?", await bench.ErrorAsync("edit", """{"path":"src/mian.py","old_string":"a","new_string":"b"}"""));
    }

    private static string Quote(string text) => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
