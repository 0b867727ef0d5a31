using System.Text;

namespace Colophon.Cli.Terminals;

/// <summary>The terminal that the process was started on.</summary>
internal static class ProcessTerminal
{
    /// <summary>Finds out what it can do. Colour only on a terminal, never with <c>NO_COLOR</c> (no-color.org), a dumb one or <c>--no-color</c>.</summary>
    public static Terminal Open(IReadOnlyDictionary<string, string> environment, bool noColor)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var plain = noColor || environment.GetValueOrDefault("NO_COLOR") is { Length: > 0 } || environment.GetValueOrDefault("TERM") == "dumb";
        var output = new StreamWriter(new DescriptorStream(1), encoding, 16 * 1024) { NewLine = "\n" };
        var error = new StreamWriter(new DescriptorStream(2), encoding, 1024) { NewLine = "\n", AutoFlush = true };
        var input = new StreamReader(new DescriptorStream(0), encoding);
        return new Terminal(output, error, input, new TerminalTraits
        {
            Interactive = !Console.IsInputRedirected && !Console.IsOutputRedirected,
            Color = !plain && !Console.IsOutputRedirected,
            ErrorColor = !plain && !Console.IsErrorRedirected,
            Moving = !Console.IsErrorRedirected && environment.GetValueOrDefault("TERM") != "dumb",
            Width = WidthOf(environment),
        });
    }

    private static int WidthOf(IReadOnlyDictionary<string, string> environment)
    {
        if (int.TryParse(environment.GetValueOrDefault("COLUMNS"), out var columns) && columns > 20)
            return Math.Min(columns, 400);
        return Console.IsOutputRedirected ? 100 : Math.Clamp(TerminalSize.Columns() ?? 80, 40, 400);
    }
}
