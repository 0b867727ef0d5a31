using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Errors;

/// <summary>Tells the user of an error: what, the code, what to do. Never a stack trace, unless <c>COLOPHON_TRACE</c> is set.</summary>
internal static class ErrorReport
{
    // A message repeats what was typed or read, which may be of any length; nobody reads more of it.
    private const int LongestMessage = 1500;

    /// <summary>Prints the error and says what to exit with.</summary>
    /// <param name="terminal">Where it is printed.</param>
    /// <param name="exception">What happened.</param>
    /// <param name="words">The command line: it says in which form the error is wanted.</param>
    /// <param name="interrupted">Whether the user asked for the end.</param>
    /// <param name="trace">Whether to print what only a maintainer reads.</param>
    public static ExitCode Write(Terminal terminal, Exception exception, IReadOnlyList<string> words, bool interrupted, bool trace)
    {
        if (exception is OperationCanceledException && interrupted)
        {
            Say(terminal, "interrupted");
            return ExitCode.Interrupted;
        }

        var error = Typed(exception);
        var command = CommandLineParser.FindCommand(CommandList.All, words).Command;
        var exit = command?.ExitOf(error.ExitCode) ?? error.ExitCode;
        try
        {
            if (words.TakeWhile(static w => w != "--").Contains(GlobalOptions.Json.Name, StringComparer.Ordinal))
                WriteJson(terminal, error, exit, command is { StreamsJson: true });
            else
                WriteText(terminal, error);
            if (trace)
                terminal.Note(exception.ToString());
        }
        catch (IOException)
        {
            // Nobody listens any more; the exit code is all that is left to tell.
        }

        return exit;
    }

    /// <summary>Tells that the last of the output could not be written, unless its reader has only gone.</summary>
    public static void WriteLost(Terminal terminal, IOException exception)
    {
        if (DescriptorStream.IsReaderGone(exception))
            return;
        try
        {
            WriteText(terminal, Typed(exception));
        }
        catch (IOException)
        {
            // The exit code is all that is left to tell.
        }
    }

    private static void Say(Terminal terminal, string text)
    {
        try
        {
            terminal.Note(text);
        }
        catch (IOException)
        {
            // Both streams may be one pipe that nobody reads any more.
        }
    }

    private static ColophonException Typed(Exception exception) => exception switch
    {
        ColophonException known => known,
        AggregateException { InnerExceptions: [var only] } => Typed(only),
        IOException or UnauthorizedAccessException => new CliException(CliError.InputOutput, exception.Message, "Check the path, the room on the disk and what you may write; nothing was half-written.", exception),
        OperationCanceledException => new CliException(CliError.Internal, "The operation was given up.", null, exception),
        _ => new CliException(
            CliError.Internal,
            $"A mistake in Colophon itself: {exception.GetType().Name}: {exception.Message}",
            "Run it again with COLOPHON_TRACE=1 and report what it prints.",
            exception),
    };

    private static void WriteText(Terminal terminal, ColophonException error)
    {
        terminal.Note($"{terminal.PaintNote(Style.Red, $"error {error.Code}:")} {Shown(error.Message)}");
        if (error.Hint is { } hint)
            terminal.Note($"{terminal.PaintNote(Style.Cyan, "hint:")} {Shown(hint)}");
    }

    private static string Shown(string text) =>
        Terminal.Safe(Clean(text) is var clean && clean.Length <= LongestMessage ? clean : Wrapping.Cut(clean, LongestMessage * 2 / 3) + clean[^(LongestMessage / 3)..]);

    /// <summary>A message repeats what a provider, a file or a command line said.</summary>
    private static string Clean(string text) => SecretScan.Without(text);

    private static void WriteJson(Terminal terminal, ColophonException error, ExitCode exit, bool oneLine)
    {
        if (oneLine)
            JsonOutput.WriteEvent(terminal, writer => WriteJson(writer, error, exit));
        else
            JsonOutput.Write(terminal, writer => WriteJson(writer, error, exit));
    }

    private static void WriteJson(Utf8JsonWriter writer, ColophonException error, ExitCode exit)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("code", error.Code);
        writer.WriteString("message", Clean(error.Message));
        writer.WriteString("hint", error.Hint is { } hint ? Clean(hint) : null);
        writer.WriteNumber("exitCode", (int)exit);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
