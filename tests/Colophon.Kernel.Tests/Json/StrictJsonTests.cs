using System.Text;
using System.Text.Json;
using Colophon.Kernel.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Kernel.Tests.Json;

public sealed class StrictJsonTests
{
    private static readonly StrictJsonOptions AnyNumber = new() { IntegersOnly = false };

    private static string Vectors => Path.Combine(AppContext.BaseDirectory, "Vectors/jcs");

    public static TheoryData<string, string> Refused()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Vectors, "negative.json")));
        var data = new TheoryData<string, string>();
        foreach (var vector in document.RootElement.GetProperty("vectors").EnumerateArray())
            data.Add(vector.GetProperty("why").GetString() ?? "", vector.GetProperty("inputHex").GetString() ?? "");
        return data;
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_two_readers_could_take_differently_is_refused(string why, string hex)
    {
        using var result = StrictJson.Parse(Convert.FromHexString(hex), new StrictJsonOptions { MaxDepth = 128 });
        Assert.True(result.Diagnostic is not null && result.Document is null, why);
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":[true,false,null,\"x\"]}", true)]
    [InlineData("{\"b\":1,\"a\":1}", false)]
    [InlineData(" {}", false)]
    [InlineData("[-0]", false)]
    [InlineData("[0]", true)]
    [InlineData("[-9007199254740991]", true)]
    [InlineData("\"\\u001f\"", true)]
    [InlineData("\"\\u001F\"", false)]
    [InlineData("\"\\n\\\\\\\"\"", true)]
    [InlineData("\"\\u000a\"", false)]
    [InlineData("\"\\/\"", false)]
    [InlineData("\"\\u00e4\"", false)]
    [InlineData("\"\\ud83d\\ude00\"", false)]
    [InlineData("{\"\ud83d\ude00\":1,\"\uffee\":2}", true)]
    [InlineData("{\"\uffee\":2,\"\ud83d\ude00\":1}", false)]
    [InlineData("{\"\":1,\"a\":{\"\\n\":1,\" \":2}}", true)]
    public void Canonical_bytes_are_told_from_others_in_one_pass(string json, bool canonical)
    {
        var facts = StrictJson.Check(Encoding.UTF8.GetBytes(json), StrictJsonOptions.ForSigning);
        Assert.Null(facts.Diagnostic);
        Assert.Equal(canonical, facts.IsCanonical);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1 2]")]
    [InlineData("\"")]
    [InlineData("\"\\")]
    [InlineData("\"\\u12")]
    [InlineData("\"\\u+123\"")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("tru")]
    [InlineData("[1.0]")]
    [InlineData("\"a\tb\"")]
    public void Malformed_text_gets_a_diagnostic(string json) =>
        Assert.NotNull(StrictJson.Check(Encoding.UTF8.GetBytes(json), StrictJsonOptions.ForSigning).Diagnostic);

    [Fact]
    public void Too_long_is_refused_before_it_is_read() =>
        Assert.NotNull(StrictJson.Check(new byte[100], new StrictJsonOptions { MaxBytes = 99 }).Diagnostic);

    [Fact]
    public void Whatever_the_bytes_are_the_answer_agrees_with_the_platforms_reader() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            var facts = StrictJson.Check(bytes, AnyNumber);
            if (facts.Diagnostic is not null)
                return;
            using var document = JsonDocument.Parse(bytes);
            Assert.Equal(facts.IsCanonical, CanonicalJson.ToBytes(document.RootElement).AsSpan().SequenceEqual(bytes));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cut_and_flipped_documents_never_throw()
    {
        var random = new Random(7);
        var original = File.ReadAllBytes(Path.Combine(Vectors, "input/weird.json"));
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = original.AsSpan(0, random.Next(original.Length + 1)).ToArray();
            for (var flips = random.Next(4); flips > 0 && bytes.Length > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            using var result = StrictJson.Parse(bytes, AnyNumber);
            if (result.Document is { } document)
                Assert.Equal(result.IsCanonical, CanonicalJson.ToBytes(document.RootElement).AsSpan().SequenceEqual(bytes));
        }
    }
}
