namespace Colophon.Cli.Terminals;

/// <summary>Prints a unified diff with its lines coloured.</summary>
internal static class DiffView
{
    /// <summary>Prints it.</summary>
    public static void Write(Terminal terminal, string diff)
    {
        foreach (var line in diff.TrimEnd('\n').Split('\n'))
            terminal.WriteLine(terminal.Paint(StyleOf(line), Terminal.Safe(line.TrimEnd('\r'))));
    }

    private static Style StyleOf(string line) => line switch
    {
        _ when line.StartsWith("+++", StringComparison.Ordinal) || line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("diff ", StringComparison.Ordinal) => Style.Bold,
        ['@', ..] => Style.Cyan,
        ['+', ..] => Style.Green,
        ['-', ..] => Style.Red,
        ['\\', ..] => Style.Dim,
        _ => Style.Plain,
    };
}
