using Colophon.Provenance.Log;

namespace Colophon.Provenance.Tests.Log;

/// <summary>What a writer remembers of the streams: nothing is looked at twice, and nothing that git brought is missed.</summary>
public sealed class StreamTipsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _writes;

    public StreamTipsTests() => GitWrites();

    private string Index => Path.Combine(_folder.Path, "index");

    private AuditLayout Layout => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_stands_at_the_first_look_is_news_and_not_in_the_heads_yet()
    {
        Put("a", "s1", 2, checkpoint: 1);
        var tips = Open();
        Assert.Equal(["a/s1"], tips.News().Select(static t => t.Key));
        Assert.Equal([(2L, 1L)], tips.Moved().Select(static t => (t.Seq, t.Checkpoint)));
    }

    [Fact]
    public void What_was_named_and_taken_is_not_told_again()
    {
        Put("a", "s1", 2, checkpoint: 1);
        var first = Open();
        first.Named([.. first.News()]);
        first.Save(areHeadsTaken: true);
        var second = Open();
        Assert.Empty(second.News());
        Assert.Empty(second.Moved());
        Assert.Equal(["a/s1"], second.All().Select(static t => t.Key));
        GitWrites();
        Assert.Empty(Open().News());
        Assert.Empty(Open().Moved());
    }

    [Fact]
    public void A_stream_that_git_made_longer_is_told_again()
    {
        Put("a", "s1", 2, checkpoint: 1);
        Put("b", "s2", 1, checkpoint: 1);
        Settle();
        Put("a", "s1", 3, checkpoint: 3);
        Put("c", "s3", 1, checkpoint: 1);
        GitWrites();
        Assert.Equal(["a/s1", "c/s3"], Open().News().Select(static t => t.Key).Order(StringComparer.Ordinal));
        Assert.Equal([(3L, 3L), (1L, 1L)], Open().Moved().OrderBy(static t => t.Key, StringComparer.Ordinal).Select(static t => (t.Seq, t.Checkpoint)));
    }

    [Fact]
    public void A_change_that_came_without_git_is_found_by_its_folder()
    {
        Put("a", "s1", 1, checkpoint: 1);
        Settle();
        Put("b", "s2", 1, checkpoint: 1);
        Assert.Equal(["b/s2"], Open().News().Select(static t => t.Key));
    }

    [Fact]
    public void Asked_for_one_stream_its_own_folder_is_looked_at()
    {
        Put("a", "s1", 1, checkpoint: 1);
        Settle();
        Put("a", "s1", 7, checkpoint: 1);
        Assert.Equal(7, Open().Of("a", "s1").Seq);
    }

    [Fact]
    public void What_a_killed_seal_noted_is_taken_into_the_heads_by_the_next()
    {
        Put("a", "s1", 1, checkpoint: 1);
        Settle();
        var killed = Open();
        killed.Sealed("a", "s1", 1, new string('1', 64));
        killed.Save(areHeadsTaken: false);
        Assert.Equal(["a/s1"], Open().Moved().Select(static t => t.Key));
    }

    [Fact]
    public void Of_a_long_log_only_the_newest_heads_are_news_at_the_first_look()
    {
        for (var i = 0; i < 40; i++)
            Put("a", $"s{i:D2}", 1, checkpoint: 1);
        Assert.Equal(32, Open().News().Count);
        Assert.Equal(40, Open().Moved().Count);
    }

    [Fact]
    public void More_streams_than_are_noted_apart_are_all_remembered()
    {
        Settle();
        for (var i = 0; i < 300; i++)
        {
            var tips = Open();
            _ = tips.Moved();
            Put("a", $"s{i:D3}", 1, checkpoint: 1);
            tips.Wrote("a", $"s{i:D3}", 1, new string('1', 64));
            tips.Sealed("a", $"s{i:D3}", 1, new string('1', 64));
            tips.Named([.. tips.News()]);
            tips.Save(areHeadsTaken: true);
        }

        Assert.Equal(300, Open().All().Count);
        GitWrites();
        Assert.Empty(Open().News());
    }

    private StreamTips Open() => new(Layout, Index, Path.Combine(_folder.Path, "tips"));

    private void Settle()
    {
        var tips = Open();
        tips.Named([.. tips.News()]);
        tips.Save(areHeadsTaken: true);
        Assert.Empty(Open().News());
    }

    private void GitWrites()
    {
        File.AppendAllText(Index, "x");
        File.SetLastWriteTimeUtc(Index, new DateTime(2026, 1, 1, 0, ++_writes, 0, DateTimeKind.Utc));
    }

    private void Put(string change, string stream, long seq, long checkpoint)
    {
        var folder = Directory.CreateDirectory(Layout.Stream(change, stream)).FullName;
        File.WriteAllText(Path.Combine(folder, AuditLayout.EntryName(seq, new string('1', 64))), "{}");
        File.WriteAllText(Path.Combine(folder, AuditLayout.CheckpointName(checkpoint)), "x");
    }
}
