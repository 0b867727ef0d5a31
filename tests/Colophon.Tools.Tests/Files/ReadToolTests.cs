using System.Text;

namespace Colophon.Tools.Tests.Files;

public sealed class ReadToolTests
{
    [Theory]
    [InlineData("one\ntwo\n", "     1\tone\n     2\ttwo\n")]
    [InlineData("one\r\ntwo", "     1\tone\n     2\ttwo\n")]
    [InlineData("\uFEFFone\n", "     1\tone\n")]
    [InlineData("\n\n", "     1\t\n     2\t\n")]
    [InlineData("", "'a' is empty.")]
    public async Task Lines_are_shown_with_their_numbers(string content, string expected)
    {
        using var bench = new ToolBench().With("a", Encoding.UTF8.GetBytes(content));
        Assert.Equal(expected, await bench.OkAsync("read", """{"path":"a"}"""));
    }

    [Fact]
    public async Task A_range_is_shown_with_how_to_go_on()
    {
        using var bench = new ToolBench().With("a", "1\n2\n3\n4\n5\n");
        Assert.Equal("     2\t2\n     3\t3\n[lines 2-3 of 5; read on with offset 4]\n", await bench.OkAsync("read", """{"path":"a","offset":2,"limit":2}"""));
        Assert.Equal("     5\t5\n", await bench.OkAsync("read", """{"path":"a","offset":5}"""));
        Assert.Equal("'a' has only 5 lines; offset 6 is past its end.", await bench.ErrorAsync("read", """{"path":"a","offset":6}"""));
    }

    [Fact]
    public async Task Long_files_and_long_lines_are_cut_and_said()
    {
        using var bench = new ToolBench().With("long", string.Concat(Enumerable.Repeat("x\n", 5000))).With("wide", new string('y', 1999) + "😀" + new string('z', 500_000));
        Assert.EndsWith("  2000\tx\n[lines 1-2000 of 5000; read on with offset 2001]\n", await bench.OkAsync("read", """{"path":"long"}"""));
        var wide = await bench.OkAsync("read", """{"path":"wide"}""");
        Assert.EndsWith("y [+500002 characters]\n", wide);
        Assert.InRange(wide.Length, 2000, 2100);
    }

    [Fact]
    public async Task The_whole_answer_is_bounded()
    {
        using var bench = new ToolBench().With("a", string.Concat(Enumerable.Repeat(new string('x', 1000) + "\n", 300)));
        Assert.InRange((await bench.OkAsync("read", """{"path":"a"}""")).Length, 50_000, 62_000);
    }

    [Fact]
    public async Task Binary_files_images_and_folders_are_named_as_such()
    {
        using var bench = new ToolBench().With("b", [1, 2, 0, 3]).With("i", [0x89, 0x50, 0x4E, 0x47, 0x0D]).With("d/f", "x");
        Assert.Equal("'b' is a binary file of 4 bytes, which cannot be shown as text.", await bench.ErrorAsync("read", """{"path":"b"}"""));
        Assert.Equal("'i' is a PNG image of 5 bytes, which this tool cannot show.", await bench.ErrorAsync("read", """{"path":"i"}"""));
        Assert.Equal("'d' is a directory: use list.", await bench.ErrorAsync("read", """{"path":"d"}"""));
    }

    [Fact]
    public async Task A_file_that_is_not_utf8_is_shown_and_said()
    {
        using var bench = new ToolBench().With("a", [0x61, 0xE9, 0x0A]);
        Assert.StartsWith("     1\ta\uFFFD\n[not valid UTF-8", await bench.OkAsync("read", """{"path":"a"}"""));
    }

    [Fact]
    public async Task A_huge_file_is_not_read()
    {
        using var bench = new ToolBench();
        using (var file = File.Create(Path.Combine(bench.Root, "huge")))
            file.SetLength(20 * 1024 * 1024);
        Assert.Contains("too many to read whole", await bench.ErrorAsync("read", """{"path":"huge"}"""));
    }

    [Fact]
    public async Task A_missing_file_gets_the_nearest_name()
    {
        using var bench = new ToolBench().With("src/main.py", "x");
        Assert.Equal("'src/mian.py' does not exist. Did you mean 'src/main.py'?", await bench.ErrorAsync("read", """{"path":"src/mian.py"}"""));
        Assert.Equal("'scr/main.py' does not exist.", await bench.ErrorAsync("read", """{"path":"scr/main.py"}"""));
    }
}
