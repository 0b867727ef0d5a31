using System.Text;
using Colophon.Kernel.Buffers;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Kernel.Tests.Buffers;

public sealed class HeadTailBufferTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("short", "short")]
    [InlineData("0123456789abcdef", "0123456789abcdef")]
    [InlineData("0123456789abcdefg", "01234567\n[... 1 bytes left out ...]\n9abcdefg")]
    [InlineData("0123456\u00e9xxxxxxxxxxxxxxxxxxxxx7654321", "0123456\n[... 22 bytes left out ...]\nx7654321")]
    [InlineData("01234567xxxxxxxx\u20ac7654321", "01234567\n[... 11 bytes left out ...]\n7654321")]
    public void The_middle_is_cut_between_characters(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var chunk = 1; chunk <= bytes.Length + 1; chunk++)
        {
            var buffer = new HeadTailBuffer(16);
            foreach (var piece in bytes.Chunk(chunk))
                buffer.Append(piece);
            Assert.Equal(expected, buffer.ToString());
            Assert.Equal(bytes.Length, buffer.TotalBytes);
        }
    }

    [Fact]
    public void However_it_is_split_the_start_and_the_end_are_kept() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyString>(),
        ArbMap.Default.ArbFor<PositiveInt>(),
        (text, chunk) =>
        {
            var clean = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text.Get, 9))));
            var buffer = new HeadTailBuffer(32);
            foreach (var piece in Encoding.UTF8.GetBytes(clean).Chunk(chunk.Get))
                buffer.Append(piece);
            var shown = buffer.ToString();
            if (!buffer.IsCut)
                return shown == clean;
            var parts = shown.Split("\n[... ");
            var tail = parts[^1][(parts[^1].IndexOf("...]\n", StringComparison.Ordinal) + 5)..];
            return clean.StartsWith(string.Join("\n[... ", parts[..^1]), StringComparison.Ordinal) && clean.EndsWith(tail, StringComparison.Ordinal);
        }));
}
