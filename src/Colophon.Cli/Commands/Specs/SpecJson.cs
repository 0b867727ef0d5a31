using System.Text.Json;
using Colophon.Specs;
namespace Colophon.Cli.Commands.Specs;
/// <summary>Stand-in until Specs' own writers land.</summary>
internal static class SpecJson
{
    public static void WriteChanges(Utf8JsonWriter writer, SpecTree tree) { writer.WriteStartObject(); writer.WriteEndObject(); }
    public static void WriteSpecs(Utf8JsonWriter writer, SpecTree tree) { writer.WriteStartObject(); writer.WriteEndObject(); }
    public static void WriteChange(Utf8JsonWriter writer, SpecTree tree, string name) { writer.WriteStartObject(); writer.WriteEndObject(); }
    public static void WriteSpec(Utf8JsonWriter writer, SpecTree tree, string name) { writer.WriteStartObject(); writer.WriteEndObject(); }
    public static void WriteReport(Utf8JsonWriter writer, SpecTree tree, ValidationReport report) { writer.WriteStartObject(); writer.WriteEndObject(); }
}
