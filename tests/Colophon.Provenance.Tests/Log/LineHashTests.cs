using Colophon.Provenance.Log;

namespace Colophon.Provenance.Tests.Log;

public sealed class LineHashTests
{
    [Fact]
    public void White_space_does_not_change_a_lines_name() => Assert.Equal(LineHash.Of("if(x){"), LineHash.Of("\tif (x)  {\v"));

    [Fact]
    public void The_hash_is_the_head_of_sha_256() => Assert.Equal(0xba7816bf8f01cfeaUL, LineHash.Of("a b c"));

    [Fact]
    public void Packed_hashes_come_back() => Assert.Equal([1UL, ulong.MaxValue], LineHash.Unpack(LineHash.Pack([1UL, ulong.MaxValue]))!);

    [Theory]
    [InlineData("AAAA")]
    [InlineData("???")]
    public void What_is_not_whole_hashes_is_no_list(string packed) => Assert.Null(LineHash.Unpack(packed));

    [Theory]
    [InlineData("", 0, "none")]
    [InlineData("a", 1, "none")]
    [InlineData("a\nb", 2, "lf")]
    [InlineData("a\r\nb\r\n", 2, "crlf")]
    [InlineData("a\r\nb\n", 2, "mixed")]
    [InlineData("a\0\n", 1, "binary")]
    public void A_digest_counts_lines_and_names_their_ends(string text, int lines, string eol)
    {
        var digest = FileDigest.Of(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal((lines, eol), (digest.Lines, digest.Eol));
    }

    [Fact]
    public void The_blob_id_is_gits() => Assert.Equal("ce013625030ba8dba906f756967f9e9ca394464a", FileDigest.Of("hello\n"u8).GitBlob);
}
