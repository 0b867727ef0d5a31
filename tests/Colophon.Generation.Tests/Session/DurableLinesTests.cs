using Colophon.Generation.Session;

namespace Colophon.Generation.Tests.Session;

public sealed class DurableLinesTests
{
    [Fact]
    public void A_torn_last_line_is_dropped_and_the_next_begins_cleanly()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "x/lines");
        using (var lines = DurableLines.Open(path))
        {
            lines.Add("one");
            lines.Add("two");
        }

        File.AppendAllText(path, "thr");
        Assert.Equal(["one", "two"], DurableLines.Read(path));
        using (var lines = DurableLines.Open(path))
            lines.Add("three");
        Assert.Equal(["one", "two", "three"], DurableLines.Read(path));
    }
}
