using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Tools.Tests;

public sealed class BadInputTests
{
    private static readonly Gen<string> s_value = Gen.OneOf(
        Gen.Elements("null", "true", "-1", "1e400", "[]", "{}"),
        Gen.Elements("", "a", "../x", "/etc", "a/b", "(", "**", "[!", "{a", "link/x", ".git/x", "t", "tex", "\n", "(?<=t)e", "\uFEFF").Select(static text => JsonSerializer.Serialize(text)),
        Gen.Elements("\"\\u0000\"", "\"\\ud800\""),
        Gen.Choose(0, 0x2FFF).ArrayOf().Select(static codes => JsonSerializer.Serialize(string.Concat(codes.Select(static code => (char)code)))));

    private static readonly Gen<(string Tool, string Json)> s_call =
        from tool in Gen.Elements("read", "write", "edit", "list", "grep")
        let required = ToolRegistry.BuiltIn.All.Single(t => t.Name == tool).InputSchema.GetProperty("required").EnumerateArray().Select(static name => name.GetString() ?? "").ToArray()
        from values in s_value.ArrayOf(required.Length)
        from extra in Gen.Elements("path", "glob", "offset", "limit", "context", "replace_all", "x").Zip(s_value).ArrayOf(1)
        from odd in Gen.Choose(0, 3)
        let fields = required.Zip(values).Concat(odd == 0 ? extra : [])
        select (tool, $"{{{string.Join(',', fields.Select(static field => $"\"{field.Item1}\":{field.Item2}"))}}}");

    [Fact]
    public void Whatever_a_model_sends_is_answered_and_nothing_outside_is_touched()
    {
        using var bench = new ToolBench().With("a", "text\n");
        Directory.CreateSymbolicLink(Path.Combine(bench.Root, "link"), bench.Outside);
        Prop.ForAll(s_call.ToArbitrary(), async call =>
        {
            var result = await bench.CallAsync(call.Tool, call.Json);
            Assert.NotEmpty(result.Text);
            Assert.Empty(Directory.EnumerateFileSystemEntries(bench.Outside));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Fact]
    public async Task A_tree_that_cannot_be_written_is_said()
    {
        if (!Directory.Exists("/sys/kernel"))
            Assert.Skip("There is no /sys here.");
        using var input = JsonDocument.Parse("""{"path":"made-by-a-test","content":"x"}""");
        var context = new ToolContext { Workspace = new Kernel.Paths.Workspace("/sys/kernel") };
        var result = await new Tools.Files.WriteTool().InvokeAsync(input.RootElement, context, TestContext.Current.CancellationToken);
        Assert.True(result.IsError);
        Assert.Matches("^'made-by-a-test' could not be written: (permission denied|the tree is read-only)\\. Nothing was written\\.$", result.Text);
    }
}
