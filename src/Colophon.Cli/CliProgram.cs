using System.Collections;
using System.Runtime.InteropServices;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands;
using Colophon.Cli.Errors;
using Colophon.Cli.OpenSpec;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Kernel.Errors;

namespace Colophon.Cli;

/// <summary>From words to an exit code: the one place that catches what nobody else did.</summary>
internal static class CliProgram
{
    /// <summary>Runs the program on its process's own terminal.</summary>
    public static async Task<int> RunAsync(string[] words)
    {
        var environment = ReadEnvironment();
        if (DropIn.WordsFor(words, Environment.GetCommandLineArgs()[0]) is { } openSpec)
            return DropIn.Run(openSpec, environment);
        var terminal = ProcessTerminal.Open(environment, noColor: words.Contains("--no-color", StringComparer.Ordinal));
        using var interrupt = new CancellationTokenSource();
        using var interruptSignal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, interrupt));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Interrupt(context, interrupt));
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Interrupt(context, interrupt));
        ExitCode exit;
        try
        {
            exit = await RunAsync(words, terminal, environment, interrupt.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            exit = ErrorReport.Write(terminal, e, words, interrupt.IsCancellationRequested, environment.ContainsKey("COLOPHON_TRACE"));
        }

        return FlushLast(terminal) ? (int)exit : (int)ExitCode.InputOutput;
    }

    /// <summary>Runs the program on any terminal; errors are thrown.</summary>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> words, Terminal terminal, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        if (words is ["version", ..])
            words = [.. words.Skip(1), GlobalOptions.Version.Name];
        if (words is ["help", ..])
            words = [.. words.Skip(1), GlobalOptions.Help.Name];
        var line = CommandLineParser.Parse(CommandList.All, words);
        if (line.Has(GlobalOptions.Version))
        {
            WriteVersion(terminal, line.Has(GlobalOptions.Json));
            return ExitCode.Done;
        }

        if (line.Command is not { } command)
        {
            HelpWriter.WriteProgram(terminal, CommandList.Families, line.Argument(0));
            return ExitCode.Done;
        }

        if (line.Has(GlobalOptions.Help))
        {
            HelpWriter.WriteCommand(terminal, command);
            return ExitCode.Done;
        }

        var standing = DirectoryOf(line);
        var directory = GlobalOptions.For(command).Contains(GlobalOptions.Root) && line.Value(GlobalOptions.Root) is { } root ? Existing(Path.GetFullPath(root, standing), GlobalOptions.Root) : standing;
        return await command.RunAsync(new Invocation(line, terminal, directory, environment, TimeProvider.System) { Standing = standing }, cancellationToken).ConfigureAwait(false);
    }

    private static string DirectoryOf(ParsedLine line)
    {
        // The one place that looks at the process's current directory: from here on it is passed along.
        return Existing(Path.GetFullPath(line.Value(GlobalOptions.Directory) ?? "."), GlobalOptions.Directory);
    }

    private static string Existing(string directory, OptionSpec option) => Directory.Exists(directory)
        ? directory
        : throw new CliException(CliError.NoSuchFolder, $"The folder '{directory}' does not exist.", $"Check the path given to {option.Name}.");

    private static void WriteVersion(Terminal terminal, bool json)
    {
        if (!json)
        {
            terminal.WriteLine($"colophon {ProgramVersion.Text}");
            return;
        }

        JsonOutput.Write(terminal, static writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("version", ProgramVersion.Text);
            writer.WriteEndObject();
        });
    }

    /// <summary>The first signal asks the work to end cleanly; a second one ends the process at once.</summary>
    private static void Interrupt(PosixSignalContext context, CancellationTokenSource interrupt)
    {
        if (interrupt.IsCancellationRequested)
            return;
        context.Cancel = true;
        try
        {
            interrupt.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work has ended by itself in the meantime.
        }
    }

    /// <summary>Whoever read our output may have gone, as <c>head</c> does: that is no failure of ours to shout about.</summary>
    private static bool FlushLast(Terminal terminal)
    {
        try
        {
            terminal.Flush();
            return true;
        }
        catch (IOException e)
        {
            ErrorReport.WriteLost(terminal, e);
            return false;
        }
    }

    private static Dictionary<string, string> ReadEnvironment()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            environment[(string)entry.Key] = entry.Value as string ?? "";
        return environment;
    }
}
