using System.Text;

namespace Colophon.Cli.Terminals;

/// <summary>The terminal that the process was started on.</summary>
internal static class ProcessTerminal
{
    private const int Narrowest = 20;
    private const int UsualColumns = 80;
    private const int PlainWidth = 100;
    private const int Widest = 400;

    /// <summary>Finds out what it can do. Colour only on a terminal, never with <c>NO_COLOR</c> (no-color.org), a dumb one or <c>--no-color</c>.</summary>
    public static Terminal Open(IReadOnlyDictionary<string, string> environment, bool noColor)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var plain = noColor || environment.GetValueOrDefault("NO_COLOR") is { Length: > 0 } || environment.GetValueOrDefault("TERM") == "dumb";
        var output = new StreamWriter(new DescriptorStream(1), encoding, 16 * 1024) { NewLine = "\n" };
        var error = new StreamWriter(new DescriptorStream(2), encoding, 1024) { NewLine = "\n", AutoFlush = true };
        var input = new StreamReader(new DescriptorStream(0), encoding);
        int? told = int.TryParse(environment.GetValueOrDefault("COLUMNS"), out var columns) && columns > Narrowest ? columns : null;
        var here = Math.Max(TerminalSize.Columns(TerminalSize.StandardOutput) ?? UsualColumns, Narrowest);
        return new Terminal(output, error, input, new TerminalTraits
        {
            Interactive = !Console.IsInputRedirected && !Console.IsOutputRedirected,
            Color = !plain && !Console.IsOutputRedirected,
            ErrorColor = !plain && !Console.IsErrorRedirected,
            Moving = !Console.IsErrorRedirected && environment.GetValueOrDefault("TERM") != "dumb",
            Width = told is { } wanted ? Math.Min(wanted, Widest) : Console.IsOutputRedirected ? PlainWidth : Math.Min(here, Widest),
            Columns = Console.IsOutputRedirected ? int.MaxValue : told ?? here,
            ErrorColumns = told ?? TerminalSize.Columns(TerminalSize.StandardError) ?? UsualColumns,
        });
    }
}
