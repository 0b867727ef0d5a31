namespace Colophon.Tools.Tests.Search;

public sealed class GrepToolTests
{
    [Fact]
    public async Task Matches_are_printed_with_path_and_line()
    {
        using var bench = new ToolBench().With("b.py", "x\nimport os\r\n").With("a/a.py", "import re\n");
        Assert.Equal("a/a.py:1:import re\nb.py:2:import os\n", await bench.OkAsync("grep", """{"pattern":"^import \\w+$"}"""));
    }

    [Fact]
    public async Task Context_is_printed_once_and_apart()
    {
        using var bench = new ToolBench().With("a", "1\n2\nhit\n4\nhit\n6\n7\n8\n9\nhit\n");
        Assert.Equal(
            "a-2-2\na:3:hit\na-4-4\na:5:hit\na-6-6\n--\na-9-9\na:10:hit\n",
            await bench.OkAsync("grep", """{"pattern":"hit","context":1}"""));
    }

    [Fact]
    public async Task A_glob_a_path_and_the_case_narrow_the_search()
    {
        using var bench = new ToolBench().With("src/a.py", "Needle\n").With("src/a.txt", "needle\n").With("other.py", "needle\n");
        Assert.Equal("src/a.py:1:Needle\n", await bench.OkAsync("grep", """{"pattern":"needle","path":"src","glob":"*.py","ignore_case":true}"""));
        Assert.Equal("src/a.txt:1:needle\n", await bench.OkAsync("grep", """{"pattern":"needle","path":"src/a.txt"}"""));
    }

    [Fact]
    public async Task Binary_files_are_left_out()
    {
        using var bench = new ToolBench().With("b", "needle\0"u8.ToArray());
        Assert.Equal("No line matches 'needle'.", await bench.OkAsync("grep", """{"pattern":"needle"}"""));
    }

    [Fact]
    public async Task The_answer_is_bounded()
    {
        using var bench = new ToolBench().With("a", string.Concat(Enumerable.Repeat("needle " + new string('x', 2000) + "\n", 5000)));
        var text = await bench.OkAsync("grep", """{"pattern":"needle"}""");
        Assert.InRange(text.Length, 1000, 45_000);
        Assert.Contains("[stopped after", text);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_named_as_not_searched()
    {
        using var bench = new ToolBench().With("a", "needle\n");
        using (var file = File.Create(Path.Combine(bench.Root, "huge")))
            file.SetLength(20 * 1024 * 1024);
        Assert.Equal("a:1:needle\n[not searched, too large or not readable: huge]\n", await bench.OkAsync("grep", """{"pattern":"needle"}"""));
    }

    [Theory]
    [InlineData("b\\b")]
    [InlineData("^b")]
    [InlineData("b$")]
    [InlineData("b\\z")]
    [InlineData("\\Ab")]
    [InlineData("\\bb\\b")]
    [InlineData("[^a]$")]
    [InlineData("(?i)B")]
    [InlineData("\\x62|zz")]
    public async Task An_anchor_means_the_line_and_not_the_file(string pattern)
    {
        using var bench = new ToolBench().With("f", "a\r\nb\r\na\r\n");
        Assert.Contains("f:2:b\n", await bench.OkAsync("grep", $$"""{"pattern":"{{pattern.Replace("\\", "\\\\", StringComparison.Ordinal)}}"}"""));
    }

    [Fact]
    public async Task A_broken_pattern_is_explained() =>
        Assert.Contains("not a valid regular expression", await new ToolBench().ErrorAsync("grep", """{"pattern":"f("}"""));

    [Fact]
    public async Task Patterns_that_need_the_other_engine_work_and_are_limited_in_time()
    {
        using var bench = new ToolBench().With("a", "foobar\nfoobaz\n" + new string('a', 5000) + "!\n");
        Assert.Equal("a:2:foobaz\n", await bench.OkAsync("grep", """{"pattern":"foo(?!bar)"}"""));
        Assert.Contains("takes too long", await bench.ErrorAsync("grep", """{"pattern":"^(?=(a+)+$)x|(a+)+b\\1"}"""));
    }

    [Fact]
    public async Task A_pattern_that_explodes_elsewhere_is_linear_here()
    {
        using var bench = new ToolBench().With("a", new string('a', 100_000) + "!\n");
        Assert.StartsWith("No line matches", await bench.OkAsync("grep", """{"pattern":"^(a+)+$"}"""));
    }
}
