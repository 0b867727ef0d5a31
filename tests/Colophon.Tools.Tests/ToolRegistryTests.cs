using Colophon.Tools.Files;

namespace Colophon.Tools.Tests;

public sealed class ToolRegistryTests
{
    [Fact]
    public void A_tool_is_found_by_its_exact_name()
    {
        Assert.True(ToolRegistry.BuiltIn.TryGet("read", out var tool));
        Assert.IsType<ReadTool>(tool);
        Assert.False(ToolRegistry.BuiltIn.TryGet("Read", out _));
    }

    [Theory]
    [InlineData("raed", "Did you mean 'read'?")]
    [InlineData("str_replace_editor", "There is no tool called 'str_replace_editor'. The tools are:")]
    public void An_unknown_name_is_answered_with_the_names_there_are(string name, string expected)
    {
        var result = ToolRegistry.BuiltIn.Unknown(name);
        Assert.True(result.IsError);
        Assert.Contains(expected, result.Text);
        Assert.EndsWith("The tools are: read, write, edit, list, grep, shell.", result.Text);
    }

    [Fact]
    public void Two_tools_of_one_name_are_refused() => Assert.Throws<ArgumentException>(static () => ToolRegistry.BuiltIn.With(new ReadTool()));

    [Fact]
    public void A_registry_that_only_reads_holds_nothing_else() =>
        Assert.Equal(["read", "list", "grep"], ToolRegistry.BuiltIn.ReadOnly().All.Select(static tool => tool.Name));
}
