using System.Text;
using Colophon.Models.Wires.Transport;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Models.Tests.Wires;

public sealed class SseReaderTests
{
    [Theory]
    [InlineData("data: a\n\n", "a")]
    [InlineData("data:a\n\n", "a")]
    [InlineData("data:  a\n\n", " a")]
    [InlineData("data\n\n", "")]
    [InlineData("data: a\ndata: b\n\n", "a\nb")]
    [InlineData("event: x\nid: 1\nretry: 3\ndata: a\n: comment\n\n", "a")]
    [InlineData("database: no\ndata: a\n\n", "a")]
    [InlineData("\n\n\ndata: a\n\n\n\ndata: b\n\n", "a|b")]
    [InlineData("data: a\r\n\r\ndata: b\r\rdata: c\n\r\n", "a|b|c")]
    [InlineData("data: a\n\ndata: ended by the end\n", "a|ended by the end")]
    [InlineData("data: a\n\ndata: no end of line", "a")]
    [InlineData("\uFEFFdata: a\n\n", "a")]
    [InlineData("", "")]
    public async Task Events_are_read_as_the_standard_says(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', await ReadAsync(Encoding.UTF8.GetBytes(text), 1)));

    [Fact]
    public void Whatever_is_written_is_read_back_at_any_split() => Prop.ForAll(
        ArbMap.Default.ArbFor<string[]>(),
        ArbMap.Default.ArbFor<PositiveInt>(),
        (texts, size) =>
        {
            var events = texts.Select(text => (text ?? string.Empty).ReplaceLineEndings("\n").Replace('\r', '\n').Replace("\f", "", StringComparison.Ordinal)).Select(ValidUtf8).ToArray();
            var body = string.Concat(events.Select(text => string.Concat(text.Split('\n').Select(line => $"data: {line}\n")) + "\n"));
            return ReadAsync(Encoding.UTF8.GetBytes(body), size.Get).GetAwaiter().GetResult().SequenceEqual(events, StringComparer.Ordinal);
        }).QuickCheckThrowOnFailure();

    /// <summary>Lone surrogates have no bytes; U+0085 and the like are no line ends of this format.</summary>
    private static string ValidUtf8(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static async Task<List<string>> ReadAsync(byte[] body, int size)
    {
        using var reader = new SseReader(new Dribble(body, size));
        List<string> events = [];
        while (await reader.NextAsync(CancellationToken.None))
            events.Add(Encoding.UTF8.GetString(reader.Data));
        return events;
    }

    private sealed class Dribble(byte[] body, int size) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
