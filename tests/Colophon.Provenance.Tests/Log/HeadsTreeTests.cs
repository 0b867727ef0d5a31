using Colophon.Provenance.Log;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Provenance.Tests.Log;

/// <summary>The memory of the heads gives the root that the format's definition gives.</summary>
public sealed class HeadsTreeTests
{
    [Fact]
    public void Whatever_moves_or_comes_the_root_is_that_of_all_heads_in_order()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "heads.tree");
        var step = Gen.Zip(Gen.Choose(0, 40), Gen.Choose(1, 9)).Select(static s => (Stream: s.Item1, Size: s.Item2));
        Check.QuickThrowOnFailure(Prop.ForAll(step.ArrayOf().ToArbitrary(), steps =>
        {
            File.Delete(path);
            var truth = new Dictionary<string, StreamHead>(StringComparer.Ordinal);
            foreach (var some in steps.Chunk(5))
            {
                using var tree = HeadsTree.Open(path);
                foreach (var (stream, size) in some)
                {
                    var head = new StreamHead($"change-{stream % 7}/s{stream}", size, new string((char)('a' + (size % 6)), 64));
                    tree.Set(truth[head.Key] = head);
                }

                if (!tree.Root().AsSpan().SequenceEqual(HeadsNote.Root(truth.Values)) || tree.Count != truth.Count || truth.Values.Any(h => tree.Find(h.Key) != h) || tree.Find("change-0/none") is not null)
                    return false;
                tree.Renew();
                tree.Save();
            }

            return true;
        }));
    }

    [Fact]
    public void What_moved_since_the_file_was_made_is_told_apart_from_it()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "heads.tree");
        StreamHead[] heads = [.. Enumerable.Range(0, 21).Select(static i => new StreamHead($"c/s{i}", 1, new string('a', 64)))];
        Keep(path, heads);
        using var tree = HeadsTree.Open(path);
        var moved = heads[13] with { Size = 2 };
        tree.Set(moved);
        Assert.Equal([moved], tree.Updates.Values);
        Assert.Equal(HeadsNote.Root([.. heads.Where(h => h.Key != moved.Key), moved]), tree.Root());
        Assert.False(tree.HasNew);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("another start")]
    [InlineData("empty")]
    public void A_file_that_cannot_be_relied_on_is_an_empty_tree(string how)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "heads.tree");
        Keep(path, [new StreamHead("c/s", 1, new string('a', 64))]);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, how switch { "cut" => bytes[..^9], "empty" => [], _ => [.. bytes[..39], .. "a-past-start-"u8, .. bytes[52..]] });
        using var tree = HeadsTree.Open(path);
        Assert.Equal((0, ""), (tree.Count, tree.Id));
        Assert.Null(tree.Find("c/s"));
    }

    private static void Keep(string path, IEnumerable<StreamHead> heads)
    {
        using var tree = HeadsTree.Open(path);
        foreach (var head in heads)
            tree.Set(head);
        tree.Renew();
        tree.Save();
    }
}
