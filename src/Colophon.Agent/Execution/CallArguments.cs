using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Colophon.Agent.Conversations;

namespace Colophon.Agent.Execution;

/// <summary>Reads the arguments of a call; where they are not JSON, the model is shown the place.</summary>
internal static class CallArguments
{
    private const int Around = 30;

    internal static bool TryParse(AssistantPart.Call call, [NotNullWhen(true)] out JsonDocument? arguments, [NotNullWhen(false)] out string? refusal)
    {
        (arguments, refusal) = (null, null);
        try
        {
            arguments = JsonDocument.Parse(string.IsNullOrWhiteSpace(call.Arguments) ? "{}" : call.Arguments);
            return true;
        }
        catch (JsonException e)
        {
            refusal = Explain(call, e);
            return false;
        }
    }

    private static string Explain(AssistantPart.Call call, JsonException e)
    {
        var (line, column) = (e.LineNumber ?? 0, e.BytePositionInLine ?? 0);
        var text = call.Arguments.Split('\n')[(int)Math.Min(line, call.Arguments.AsSpan().Count('\n'))];
        var at = CharacterIndex(text, column);
        var from = Boundary(text, Math.Max(0, at - Around));
        var to = Boundary(text, Math.Min(text.Length, at + Around));
        var near = $"{text[from..at]}⟦here⟧{text[at..to]}";
        var place = string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, position {at + 1}");
        return $"Nothing was done: the arguments of '{call.Name}' are not valid JSON at {place}: {near}\nSend the whole call again, with quotes, backslashes and line ends inside strings escaped.";
    }

    /// <summary>The parser counts UTF-8 bytes, a reader characters.</summary>
    private static int CharacterIndex(string text, long bytes)
    {
        var index = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
                break;
            index += rune.Utf16SequenceLength;
        }

        return Math.Min(index, text.Length);
    }

    private static int Boundary(string text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) ? index - 1 : index;
}
