using Colophon.Cli.CommandLine;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Hooks;

/// <summary>Tells what was done about the hook.</summary>
internal static class HookOutput
{
    /// <summary>Prints it.</summary>
    public static ExitCode Write(Invocation invocation, HookReport report, string done)
    {
        if (invocation.Json)
        {
            JsonOutput.Write(invocation.Terminal, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("path", report.Path);
                writer.WriteBoolean("changed", report.Changed);
                writer.WriteString("note", report.Note);
                writer.WriteEndObject();
            });
            return ExitCode.Done;
        }

        if (report.Changed)
            invocation.Terminal.WriteLine($"{Terminal.Safe(report.Path)} is {done}.");
        if (report.Note is { } note)
            invocation.Terminal.WriteLine(Terminal.Safe(note));
        return ExitCode.Done;
    }
}
