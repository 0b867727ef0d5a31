using Colophon.Provenance.Log;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Provenance.Tests.Log;

public sealed class PayloadTests
{
    [Fact]
    public void Any_text_comes_back_from_a_canonical_payload() => Prop.ForAll<NonNull<string>, NonNull<string>, NonNegativeInt>((text, key, number) =>
    {
        if (HasLoneSurrogate(text.Get) || HasLoneSurrogate(key.Get))
            return;
        var predicate = Some() with
        {
            Spec = new SpecReference { Task = text.Get, Description = key.Get, Requirements = [new RequirementReference(text.Get, new string('b', 64))] },
            Metadata = new Dictionary<string, string> { [key.Get] = text.Get },
            DurationMs = number.Get,
        };
        var payload = PayloadWriter.Write(predicate);
        var read = PayloadReader.Read(payload);
        Assert.True(read.IsCanonical, read.Fault);
        Assert.Equal(text.Get, read.Predicate?.Spec?.Task);
        Assert.Equal(text.Get, read.Predicate?.Metadata[key.Get]);
        Assert.Equal(number.Get, read.Predicate?.DurationMs);
        Assert.Equal(payload, PayloadWriter.Write(read.Predicate ?? predicate));
        Assert.DoesNotContain((byte)'\n', payload);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_lone_surrogate_is_replaced_before_it_is_signed() =>
        Assert.Equal("\ufffd", PayloadReader.Read(PayloadWriter.Write(Some() with { Spec = new SpecReference { Task = "\ud800" } })).Predicate?.Spec?.Task);

    [Fact]
    public void A_number_that_languages_read_differently_is_refused_before_it_is_signed() => Assert.Equal(
        ProvenanceError.DraftInvalid,
        Assert.Throws<ProvenanceException>(() => PayloadWriter.Write(Some() with { DurationMs = 1L << 60 })).Error);

    [Fact]
    public void Fuzzed_payloads_never_throw()
    {
        var good = PayloadWriter.Write(Some() with { Files = [Project.Change("a/b", "a\n", "b\n")], Seen = [new EntryReference("c", "s", 2, new string('c', 64))] });
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var bad = good.AsSpan(0, random.Next(4) == 0 ? random.Next(good.Length) : good.Length).ToArray();
            for (var flips = random.Next(1, 4); flips > 0 && bad.Length > 0; flips--)
                bad[random.Next(bad.Length)] = (byte)random.Next(32, 127);
            var result = PayloadReader.Read(bad);
            Assert.True(result.Predicate is null != result.Fault is null);
        }
    }

    [Theory]
    [InlineData("\"seq\":1", "\"seq\":0")]
    [InlineData("\"seq\":1", "\"seq\":2")]
    [InlineData("\"seq\":1", "\"seq\":-1")]
    [InlineData("\"kind\":\"generation\"", "\"kind\":\"Generation\"")]
    [InlineData("\"kind\":\"generation\"", "\"kind\":\"decision\"")]
    [InlineData("\"stream\":\"s1\"", "\"stream\":\"..\"")]
    [InlineData("\"recordedAt\":\"2026-01-01T00:00:00.000Z\"", "\"recordedAt\":\"yesterday\"")]
    [InlineData("\"durationMs\":0,", "")]
    public void A_payload_that_contradicts_itself_is_refused(string said, string instead)
    {
        var payload = System.Text.Encoding.UTF8.GetString(PayloadWriter.Write(Some()));
        Assert.Contains(said, payload, StringComparison.Ordinal);
        Assert.NotNull(PayloadReader.Read(System.Text.Encoding.UTF8.GetBytes(payload.Replace(said, instead, StringComparison.Ordinal))).Fault);
    }

    [Fact]
    public void A_compact_range_has_the_root_of_the_whole_tree() => Prop.ForAll<PositiveInt>(static size =>
    {
        var leaves = Enumerable.Range(0, size.Get % 200).Select(static i => Pae.Leaf(BitConverter.GetBytes(i))).ToArray();
        var range = new CompactRange();
        foreach (var leaf in leaves)
            range.Append(leaf);
        Assert.Equal(Naive(leaves), range.Root());
    }).QuickCheckThrowOnFailure();

    private static byte[] Naive(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length <= 1)
            return leaves.Length == 0 ? MerkleHash.Empty : leaves[0];
        var split = 1;
        while (split * 2 < leaves.Length)
            split *= 2;
        return MerkleHash.Node(Naive(leaves[..split]), Naive(leaves[split..]));
    }

    private static bool HasLoneSurrogate(string text) => text.EnumerateRunes().Any(static r => r == System.Text.Rune.ReplacementChar);

    private static Predicate Some() => new()
    {
        Kind = EntryKind.Generation,
        Id = new string('1', 32),
        Change = "c",
        Actor = new Actor { Name = "Ada", KeyId = new string('a', 64) },
        Repo = new string('2', 32),
        Stream = "s1",
        Seq = 1,
        RecordedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };
}
