using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Errors;

/// <summary>Tells the user of an error: what, the code, what to do. Never a stack trace, unless <c>COLOPHON_TRACE</c> is set.</summary>
internal static class ErrorReport
{
    /// <summary>Prints the error and says what to exit with.</summary>
    public static ExitCode Write(Terminal terminal, Exception exception, bool json, bool interrupted, bool trace)
    {
        if (exception is OperationCanceledException && interrupted)
        {
            terminal.Note("interrupted");
            return ExitCode.Interrupted;
        }

        var error = Typed(exception);
        try
        {
            if (json)
                WriteJson(terminal, error);
            else
                WriteText(terminal, error);
            if (trace)
                terminal.Note(exception.ToString());
        }
        catch (IOException)
        {
            // Nobody listens any more; the exit code is all that is left to tell.
        }

        return error.ExitCode;
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
        terminal.Note($"{terminal.PaintNote(Style.Red, $"error {error.Code}:")} {Terminal.Safe(error.Message)}");
        if (error.Hint is { } hint)
            terminal.Note($"{terminal.PaintNote(Style.Cyan, "hint:")} {Terminal.Safe(hint)}");
    }

    private static void WriteJson(Terminal terminal, ColophonException error) => JsonOutput.Write(terminal, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("code", error.Code);
        writer.WriteString("message", error.Message);
        writer.WriteString("hint", error.Hint);
        writer.WriteNumber("exitCode", (int)error.ExitCode);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });
}
