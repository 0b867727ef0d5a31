using System.Text.Json;
using System.Xml.Linq;
using Colophon.Tools.Inputs;

namespace Colophon.Tools.Tests.Inputs;

public sealed class InputShapeTests
{
    private static readonly InputShape<string> s_shape = new(
        [InputField.Text("name", "Who."), InputField.Integer("count", "How many.", 1, 9).Optional(), InputField.Flag("loud", "Whether.").Optional()],
        static values => $"{values.Text("name")}/{values.Integer("count")}/{values.Flag("loud")}");

    [Fact]
    public void The_schema_names_types_bounds_and_what_is_required() => Assert.Equal(
        """{"type":"object","properties":{"name":{"type":"string","description":"Who."},"count":{"type":"integer","description":"How many.","minimum":1,"maximum":9},"loud":{"type":"boolean","description":"Whether."}},"required":["name"],"additionalProperties":false}""",
        s_shape.Schema.GetRawText());

    [Theory]
    [InlineData("""{"name":"a"}""", "a//False")]
    [InlineData("""{"loud":true,"count":9,"name":""}""", "/9/True")]
    [InlineData("""{"name":"a","count":null,"loud":null}""", "a//False")]
    [InlineData("""{"name":"\ud83d\ude00"}""", "😀//False")]
    public void An_input_that_fits_is_bound(string json, string expected)
    {
        Assert.True(s_shape.TryBind(Parse(json), out var bound, out var problems));
        Assert.Empty(problems);
        Assert.Equal(expected, bound);
    }

    [Theory]
    [InlineData("""{}""", "'name' is required")]
    [InlineData("""{"name":null}""", "'name' must be of type string, not null")]
    [InlineData("""{"name":["a"]}""", "'name' must be of type string, not array")]
    [InlineData("""{"name":"a","loud":"yes"}""", "'loud' must be of type boolean, not string")]
    [InlineData("""{"name":"a","count":"3"}""", "'count' must be of type integer, not string")]
    [InlineData("""{"name":"a","count":0}""", "'count' must be a whole number from 1 to 9, not 0")]
    [InlineData("""{"name":"a","count":1.5}""", "'count' must be a whole number from 1 to 9, not 1.5")]
    [InlineData("""{"name":"a","count":1e99}""", "'count' must be a whole number from 1 to 9, not 1e99")]
    [InlineData("""{"name":"a","Name":"b"}""", "'Name' is not a field, the fields are name, count (optional), loud (optional)")]
    [InlineData("""{"name":"a","name":"b"}""", "'name' is given twice")]
    [InlineData("""{"name":"a\u0000"}""", "'name' holds a NUL character")]
    [InlineData("""{"name":"\ud83d"}""", "'name' holds half of a surrogate pair, which is not text")]
    [InlineData("""["a"]""", "expected an object with name, count (optional), loud (optional)")]
    [InlineData("""{"count":"x","x":1}""", "'count' must be of type integer, not string; 'x' is not a field, the fields are name, count (optional), loud (optional); 'name' is required")]
    public void An_input_that_does_not_fit_is_refused_with_every_reason(string json, string expected)
    {
        Assert.False(s_shape.TryBind(Parse(json), out _, out var problems));
        Assert.Equal(expected, string.Join("; ", problems));
    }

    [Fact]
    public void The_documentation_of_an_input_record_is_what_the_model_reads()
    {
        var documented = XDocument.Load(Path.ChangeExtension(typeof(Tool).Assembly.Location, ".xml")).Descendants("member")
            .Where(static member => member.Attribute("name")?.Value is { } name && name.StartsWith("T:", StringComparison.Ordinal) && name.EndsWith("Input", StringComparison.Ordinal))
            .SelectMany(static member => member.Elements("param").Select(static parameter => parameter.Value.Trim()));
        var shown = ToolRegistry.BuiltIn.All.SelectMany(static tool => tool.InputSchema.GetProperty("properties").EnumerateObject()
            .Select(static field => field.Value.GetProperty("description").GetString() ?? ""));
        Assert.Equal(shown.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
