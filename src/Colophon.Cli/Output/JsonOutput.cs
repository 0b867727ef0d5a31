using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Colophon.Cli.Terminals;

namespace Colophon.Cli.Output;

/// <summary>Prints one JSON document as the result.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints an indented document.</summary>
    public static void Write(Terminal terminal, Action<Utf8JsonWriter> write) => terminal.WriteLine(Render(write, Indented));

    /// <summary>Prints a document on one line and at once: one event of a stream.</summary>
    public static void WriteEvent(Terminal terminal, Action<Utf8JsonWriter> write)
    {
        terminal.WriteLine(Render(write, OneLine));
        terminal.Flush();
    }

    /// <summary>Prints a document that is written as bytes.</summary>
    public static T WriteBytes<T>(Terminal terminal, Func<IBufferWriter<byte>, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var answer = write(buffer);
        terminal.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan).TrimEnd('\n'));
        return answer;
    }

    /// <summary>Writes a member that is a list of strings.</summary>
    public static void WriteStrings(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static string Render(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
