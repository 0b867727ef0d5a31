using System.IO.Compression;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Tests.Log;

/// <summary>Packed content that was made to cost its reader much.</summary>
public sealed class SegmentFileTests
{
    [Fact]
    public void What_cannot_be_unpacked_is_not_tried_for_every_entry()
    {
        using var folder = new TemporaryFolder();
        var segment = Make(folder, [1, 2, 3]);
        var fault = Assert.Throws<IOException>(() => segment.Entry(1)).Message;
        File.WriteAllBytes(segment.ContentPath ?? "", Packed("a\nb\na\nb\n"));
        Assert.Equal(fault, Assert.Throws<IOException>(() => segment.Entry(2)).Message);
        Assert.Null(segment.Hold());
    }

    [Fact]
    public void What_is_held_is_not_unpacked_again()
    {
        using var folder = new TemporaryFolder();
        var segment = Make(folder, Packed("a\nb\na\nb\n"));
        var held = segment.Hold();
        File.WriteAllBytes(segment.ContentPath ?? "", [1, 2, 3]);
        Assert.Equal("a\nb\n"u8.ToArray(), segment.Entry(2).ToArray());
        GC.KeepAlive(held);
    }

    [Theory]
    [InlineData(SegmentFile.MostEntries, SegmentFile.MostEntries)]
    [InlineData(SegmentFile.MostEntries + 1, SegmentFile.MostEntries + 1)]
    [InlineData(100_000, SegmentFile.MostEntries + 1)]
    public void Content_is_not_taken_apart_into_more_entries_than_a_segment_has(int packed, int told) =>
        Assert.Equal(told, SegmentContent.Of(Packed(new string('\n', 2 * packed))).Entries.Count);

    private static SegmentFile Make(TemporaryFolder folder, byte[] content)
    {
        var layout = new AuditLayout(folder.Path, []);
        var name = new SegmentName("c", "s", 1, 2);
        var leaves = layout.SegmentPath(name, SegmentFile.LeavesSuffix);
        Directory.CreateDirectory(Path.GetDirectoryName(leaves) ?? "");
        File.WriteAllBytes(leaves, new byte[2 * MerkleHash.Length]);
        File.WriteAllBytes(layout.SegmentPath(name, SegmentFile.ContentSuffix), content);
        return SegmentFile.Open(layout, name) ?? throw new InvalidOperationException("The segment was not opened.");
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(System.Text.Encoding.ASCII.GetBytes(text));
        return packed.ToArray();
    }
}
