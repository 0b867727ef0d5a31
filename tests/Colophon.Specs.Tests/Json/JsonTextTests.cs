using System.Buffers;
using System.Text;
using System.Text.Json;
using Colophon.Specs.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Specs.Tests.Json;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("a\"b\\c/d", "\"a\\\"b\\\\c/d\"")]
    [InlineData("\b\f\n\r\t\u0000\u001f", "\"\\b\\f\\n\\r\\t\\u0000\\u001f\"")]
    [InlineData("é<&>'\u2028\u007f\ufeff日", "\"é<&>'\u2028\u007f\ufeff日\"")]
    public void Only_what_JavaScript_escapes_is_escaped(string text, string expected) =>
        Assert.Equal(expected, Write(json => json.Text(text)));

    // No theory: a lone surrogate does not survive an attribute.
    [Fact]
    public void A_lone_surrogate_is_escaped_and_a_pair_is_not() =>
        Assert.Equal("\"😀\\ud83d!\\ude00\"", Write(json => json.Text("😀\ud83d!\ude00")));

    [Fact]
    public void Nothing_stays_on_one_line_and_the_rest_is_indented_by_two() =>
        Assert.Equal(
            "{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [\n    \"x\",\n    {\n      \"n\": -1,\n      \"f\": true\n    }\n  ]\n}",
            Write(json =>
            {
                json.BeginObject();
                json.Name("a");
                json.BeginArray();
                json.EndArray();
                json.Name("b");
                json.BeginObject();
                json.EndObject();
                json.Name("c");
                json.BeginArray();
                json.Text("x");
                json.BeginObject();
                json.Number("n", -1);
                json.Flag("f", true);
                json.EndObject();
                json.EndArray();
                json.EndObject();
            }));

    [Fact]
    public void Any_text_reads_back() =>
        Prop.ForAll<string>(text => text is null || text.Any(char.IsSurrogate) || JsonDocument.Parse(Write(json => json.Text(text))).RootElement.GetString() == text)
            .QuickCheckThrowOnFailure();

    private static string Write(Action<JsonText> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new JsonText(output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
