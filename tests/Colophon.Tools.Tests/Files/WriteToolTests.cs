using System.Text;

namespace Colophon.Tools.Tests.Files;

public sealed class WriteToolTests
{
    [Fact]
    public async Task A_file_is_created_with_its_directories()
    {
        using var bench = new ToolBench();
        Assert.Equal("Created 'a/b/c.txt' (2 lines).", await bench.OkAsync("write", """{"path":"a/b/c.txt","content":"one\r\ntwo"}"""));
        Assert.Equal("one\r\ntwo"u8.ToArray(), bench.Bytes("a/b/c.txt"));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(bench.Root, "a/b")));
    }

    [Fact]
    public async Task A_protected_file_is_neither_written_nor_edited_and_the_model_reads_why()
    {
        using var bench = new ToolBench().With("a", "one\n").WithProtected("a", "is for people");
        Assert.Equal("'a' is for people. Nothing was changed.", await bench.ErrorAsync("write", """{"path":"a","content":"two"}"""));
        Assert.Equal("'a' is for people. Nothing was changed.", await bench.ErrorAsync("edit", """{"path":"a","old_string":"one","new_string":"two"}"""));
        Assert.Equal("one\n", bench.Read("a"));
        Assert.Contains("one", await bench.OkAsync("read", """{"path":"a"}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nb\r\n", "x\ny\n", "x\r\ny\r\n")]
    [InlineData("a\r\nb\n", "x\ny\n", "x\ny\n")]
    [InlineData("a\nb\n", "x\r\ny\r\n", "x\r\ny\r\n")]
    [InlineData("\uFEFFa\n", "x\n", "\uFEFFx\n")]
    [InlineData("\uFEFFa\n", "\uFEFFx\n", "\uFEFFx\n")]
    [InlineData("", "x\n", "x\n")]
    public async Task A_replaced_file_keeps_its_line_ends_and_mark(string before, string content, string after)
    {
        using var bench = new ToolBench().With("a", Encoding.UTF8.GetBytes(before));
        await bench.OkAsync("write", $$"""{"path":"a","content":"{{content.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}}"}""");
        Assert.Equal(after, Encoding.UTF8.GetString(bench.Bytes("a")));
    }

    [Fact]
    public async Task The_mode_of_a_script_is_kept()
    {
        using var bench = new ToolBench().With("run", "#!/bin/sh\n");
        File.SetUnixFileMode(Path.Combine(bench.Root, "run"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await bench.OkAsync("write", """{"path":"run","content":"#!/bin/sh\ntrue\n"}""");
        Assert.True(File.GetUnixFileMode(Path.Combine(bench.Root, "run")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task A_binary_file_a_folder_and_a_file_in_the_way_are_refused()
    {
        using var bench = new ToolBench().With("b", [1, 0]).With("d/f", "x").With("f", "x");
        Assert.Contains("binary", await bench.ErrorAsync("write", """{"path":"b","content":"x"}"""));
        Assert.Contains("is a directory", await bench.ErrorAsync("write", """{"path":"d","content":"x"}"""));
        Assert.Contains("Nothing was written", await bench.ErrorAsync("write", """{"path":"f/g","content":"x"}"""));
        Assert.Equal([1, 0], bench.Bytes("b"));
    }
}
