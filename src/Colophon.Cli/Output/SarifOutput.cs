using System.Text.Json;

namespace Colophon.Cli.Output;

/// <summary>What every SARIF 2.1.0 log (OASIS) of the program has alike: one run of one tool, with rules and results.</summary>
internal static class SarifOutput
{
    /// <summary>Writes a log.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="command">The command that found it; the tool's name.</param>
    /// <param name="rules">Writes each rule as an object.</param>
    /// <param name="results">Writes each result as an object.</param>
    /// <param name="run">Writes further members of the run, or null.</param>
    public static void Write(Utf8JsonWriter writer, string command, Action rules, Action results, Action? run = null)
    {
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", command);
        writer.WriteString("version", ProgramVersion.Text);
        writer.WriteStartArray("rules");
        rules();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        run?.Invoke();
        writer.WriteStartArray("results");
        results();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes a rule of which there is nothing to say but its id.</summary>
    public static void Rule(Utf8JsonWriter writer, string id)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteEndObject();
    }

    /// <summary>Writes a message object.</summary>
    public static void Text(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    /// <summary>Writes a result's only location.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="path">The file, relative.</param>
    /// <param name="line">The line from 1, or null for the whole file.</param>
    /// <param name="column">The column from 1, or null for the whole line.</param>
    public static void Location(Utf8JsonWriter writer, string path, int? line = null, int? column = null)
    {
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", Uri(path));
        writer.WriteEndObject();
        if (line is { } first)
        {
            writer.WriteStartObject("region");
            writer.WriteNumber("startLine", first);
            if (column is { } character)
                writer.WriteNumber("startColumn", character);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    /// <summary>A path as a URI reference: each part escaped.</summary>
    public static string Uri(string path) => string.Join('/', path.Split('/', Path.DirectorySeparatorChar).Select(System.Uri.EscapeDataString));
}
