using System.Buffers;
using System.Text;
using Colophon.Specs.Json;
using Colophon.Specs.OpenSpec.CommandLine;

namespace Colophon.Specs.OpenSpec;

/// <summary>One run: what was asked, where the answer goes, and the exit code.</summary>
internal sealed class Session(OpenSpecHost host, ParsedCommand command)
{
    private const int FlushAt = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private readonly bool _color = host.OutputIsTerminal && IsColorful(host);
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private readonly bool _errorColor = host.ErrorIsTerminal && IsColorful(host);

    internal OpenSpecHost Host { get; } = host;

    internal ParsedCommand Command { get; } = command;

    internal bool Json => Command.Json;

    internal int ExitCode { get; set; }

    internal string Directory => Host.Directory;

    /// <summary>The registered store that the run works on; null where it is no store.</summary>
    internal string? StoreId { get; set; }

    /// <summary>A command that leads back to the same store when it is pasted.</summary>
    internal string Hint(string command) => StoreId is null ? command : $"{command} --store {StoreId}";

    /// <summary>Whether a question may be asked at all.</summary>
    internal bool IsInteractive => !Command.Has("--no-interactive") && HasSomebodyToAsk;

    /// <summary>Whether somebody sits at a terminal, whatever the options say.</summary>
    internal bool HasSomebodyToAsk => Variable("OPEN_SPEC_INTERACTIVE") != "0" && Variable("CI") is null && Host.InputIsTerminal;

    internal string? Variable(string name) => Host.Environment.GetValueOrDefault(name);

    internal void Line(string text = "")
    {
        Text(text);
        Text("\n");
    }

    internal void Text(string text)
    {
        Encoding.UTF8.GetBytes(text, _output);
        if (_output.WrittenCount > FlushAt)
            Flush();
    }

    internal void ErrorLine(string text)
    {
        Flush();
        Host.Error.Write(Encoding.UTF8.GetBytes(text + "\n"));
    }

    /// <summary>An error line that a run shows once, however often its cause is met.</summary>
    internal void WarnOnce(string text)
    {
        if (_warned.Add(text))
            ErrorLine(text);
    }

    /// <summary>What is being waited for: a note where no terminal shows a spinner; there we are done before it could be seen.</summary>
    internal void Waiting(string text)
    {
        if (!Json && !Host.ErrorIsTerminal)
            ErrorLine("- " + text);
    }

    /// <summary>A step that was waited for is done.</summary>
    internal void Succeeded(string text) => ErrorLine($"{ErrorPaint(Color.Green, "✔")} {text}");

    /// <summary>A step that was waited for failed.</summary>
    internal void Failed(string text) => ErrorLine($"{ErrorPaint(Color.Red, "✖")} {text}");

    /// <summary>A step that was waited for was not needed.</summary>
    internal void Skipped(string text) => ErrorLine($"{ErrorPaint(Color.Blue, "ℹ")} {text}");

    /// <summary>The way a command that failed says so.</summary>
    internal void Fail(OpenSpecFailure failure)
    {
        Failed($"Error: {failure.Message}");
        if (failure.Fix is { } fix)
            ErrorLine($"Fix: {fix}");
        ExitCode = 1;
    }

    /// <summary>How something that was waited for ended: the line that takes the spinner's place.</summary>
    internal void Done(bool succeeded, string text)
    {
        if (Json)
            return;
        var sign = succeeded ? "✔" : "✖";
        ErrorLine($"{(_errorColor ? $"\u001b[{(succeeded ? 32 : 31)}m{sign}\u001b[39m" : sign)} {text}");
    }

    /// <summary>The same as JSON: the command's empty answer and the status.</summary>
    internal void FailJson(OpenSpecFailure failure, string fallbackCode, Action<JsonText>? payload = null)
    {
        WriteJson(json =>
        {
            json.BeginObject();
            payload?.Invoke(json);
            failure.WriteStatus(json, fallbackCode);
            json.EndObject();
        });
        ExitCode = 1;
    }

    internal void WriteJson(Action<JsonText> write)
    {
        var json = new JsonText(_output);
        write(json);
        json.Finish();
    }

    /// <summary>Lets a writer of whole answers write into the output.</summary>
    internal void Write(Action<IBufferWriter<byte>> write) => write(_output);

    internal string Paint(Color color, string text) => _color ? $"\u001b[{(int)color}m{text}\u001b[{Close(color)}m" : text;

    internal void Flush()
    {
        if (_output.WrittenCount == 0)
            return;
        Host.Output.Write(_output.WrittenSpan);
        Host.Output.Flush();
        _output.ResetWrittenCount();
    }

    private string ErrorPaint(Color color, string text) => _errorColor ? $"\u001b[{(int)color}m{text}\u001b[{Close(color)}m" : text;

    private static int Close(Color color) => color switch { Color.Bold or Color.Dim => 22, Color.Underline => 24, _ => 39 };

    private static bool IsColorful(OpenSpecHost host) =>
        host.Environment.GetValueOrDefault("TERM") != "dumb" && string.IsNullOrEmpty(host.Environment.GetValueOrDefault("NO_COLOR"))
        && !host.Arguments.Contains("--no-color", StringComparer.Ordinal);
}

/// <summary>The CLI's colours by their numbers.</summary>
internal enum Color
{
    Bold = 1,
    Dim = 2,
    Underline = 4,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Blue = 34,
    Magenta = 35,
    Cyan = 36,
    White = 37,
    Gray = 90,
}
