using Colophon.Cli.Errors;
using Colophon.Cli.Terminals;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Tests;

/// <summary>What one run in this process printed and ended with.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs the program inside this process, as its entry point does.</summary>
    public static async Task<CliRun> OfAsync(string directory, string[] words, string input = "", TerminalTraits? traits = null, Dictionary<string, string>? environment = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var reader = new StringReader(input);
        var terminal = new Terminal(output, error, reader, traits ?? new TerminalTraits());
        ExitCode exit;
        try
        {
            exit = await CliProgram.RunAsync(["-C", directory, .. words], terminal, environment ?? [], TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            exit = ErrorReport.Write(terminal, e, words, interrupted: false, trace: false);
        }

        return new CliRun((int)exit, output.ToString(), error.ToString());
    }
}
