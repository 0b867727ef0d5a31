using System.Text;

namespace Colophon.Specs.Tests;

public sealed class TaskListTests
{
    [Fact]
    public void Ticking_changes_exactly_one_byte()
    {
        var file = Encoding.UTF8.GetBytes("# Tasks\r\n\r\n## 1. Bäu\r\n\r\n- [ ] 1.1 First\r\n  - [ ] 1.1.1 Nested\r\n");
        var result = TaskList.Tick(file, "1.1.1");
        Assert.Equal(TickError.None, result.Error);
        Assert.NotNull(result.Bytes);
        Assert.Equal(file.Length, result.Bytes.Length);
        Assert.Equal((byte)' ', file[result.Offset]);
        Assert.Equal((byte)'x', result.Bytes[result.Offset]);
        Assert.Single(Enumerable.Range(0, file.Length), i => file[i] != result.Bytes[i]);
        Assert.True(TaskList.Parse(Encoding.UTF8.GetString(result.Bytes)).Items[1].Done);
    }

    [Theory]
    [InlineData("- [ ] 1.1 A\n- [ ] 1.1 B\n", "1.1", TickError.Ambiguous)]
    [InlineData("- [ ] 1.1 A\n- [x] 1.1 B\n", "1.1", TickError.Ambiguous)]
    [InlineData("- [ ] 1.1 A\n", "1.2", TickError.Unknown)]
    [InlineData("- [x] 1.1 A\n", "1.1", TickError.AlreadyDone)]
    [InlineData("- [] 1.1 A\n", "1.1", TickError.NoRoom)]
    [InlineData("- [\u2713] 1.1 A\n", "1.1", TickError.NoRoom)]
    [InlineData("- [ ][ ] 1.1 A\n", "1", TickError.NoRoom)]
    [InlineData("", "1", TickError.Unknown)]
    public void What_cannot_be_ticked_is_refused(string file, string id, TickError error)
    {
        var result = TaskList.Tick(Encoding.UTF8.GetBytes(file), id);
        Assert.Equal(error, result.Error);
        Assert.Null(result.Bytes);
        Assert.NotEmpty(result.Message);
    }

    [Fact]
    public void A_task_without_a_number_has_its_place_in_the_file()
    {
        var tasks = TaskList.Parse("- [ ] first\n* [X] second\n1. [ ] 2.1 third\n");
        Assert.Equal(["1", "2", "2.1"], tasks.Items.Select(item => item.Id));
        Assert.Equal(1, tasks.Completed);
        Assert.Equal("third", tasks.Items[2].Description);
    }

    [Fact]
    public void A_task_carries_its_group_and_the_indented_lines_below()
    {
        var tasks = TaskList.Parse("## 1. Build\n\n- [ ] 1.1 Do it\n  in `src/a.py`\n\n  with care\n- [ ] 1.2 Next\nnot part\n");
        Assert.Equal("1. Build", tasks.Items[0].Group);
        Assert.Equal("  in `src/a.py`\n\n  with care", tasks.Items[0].Body);
        Assert.Equal("", tasks.Items[1].Body);
    }
}
