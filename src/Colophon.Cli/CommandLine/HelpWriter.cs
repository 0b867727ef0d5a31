using Colophon.Cli.Terminals;

namespace Colophon.Cli.CommandLine;

/// <summary>Writes the help of the program and of each command.</summary>
internal static class HelpWriter
{
    /// <summary>The program's own help, or that of the commands that begin with one word, such as <c>audit</c>.</summary>
    public static void WriteProgram(Terminal terminal, IReadOnlyList<(string Title, IReadOnlyList<CliCommand> Commands)> families, string? family = null)
    {
        if (family is not null)
        {
            Heading(terminal, $"Commands of `colophon {family}`");
            Rows(terminal, [.. families.SelectMany(static f => f.Commands).Where(c => !c.Hidden && c.Name.StartsWith(family + " ", StringComparison.Ordinal)).Select(static c => (Usage(c), c.Summary))]);
            terminal.WriteLine();
            terminal.WriteLine("`colophon <command> --help` says more about each.");
            return;
        }

        terminal.WriteLine("Turns an OpenSpec change into reviewed, signed code, and knows where every line came from.");
        terminal.WriteLine();
        Heading(terminal, "Usage");
        terminal.WriteLine("  colophon <command> [arguments] [options]");
        foreach (var (title, commands) in families)
        {
            terminal.WriteLine();
            Heading(terminal, title);
            Rows(terminal, [.. commands.Where(static c => !c.Hidden).Select(static c => (Usage(c), c.Summary))]);
        }

        terminal.WriteLine();
        Heading(terminal, "Options of every command");
        Rows(terminal, [.. GlobalOptions.All.Select(static o => (Label(o), Explained(o)))]);
        terminal.WriteLine();
        Heading(terminal, "Examples");
        Rows(terminal, [("colophon demo", "See the whole of it once, without a model."), ("colophon init", "Begin in your own repository."), ("colophon apply add-search", "Have a change written, task by task.")]);
        terminal.WriteLine();
        terminal.WriteLine("`colophon <command> --help` says more about each.");
    }

    /// <summary>The help of one command.</summary>
    public static void WriteCommand(Terminal terminal, CliCommand command)
    {
        terminal.WriteLine(command.Summary);
        if (command.Details is { } details)
        {
            terminal.WriteLine();
            terminal.WriteLine(details);
        }

        terminal.WriteLine();
        Heading(terminal, "Usage");
        terminal.WriteLine($"  colophon {Usage(command)} [options]");
        if (command.Arguments.Count > 0)
        {
            terminal.WriteLine();
            Heading(terminal, "Arguments");
            Rows(terminal, [.. command.Arguments.Select(static a => (a.Label, a.Summary))]);
        }

        terminal.WriteLine();
        Heading(terminal, "Options");
        Rows(terminal, [.. command.Options.Concat(GlobalOptions.For(command)).Select(static o => (Label(o), Explained(o)))]);
        terminal.WriteLine();
        Heading(terminal, command.Examples.Count == 1 ? "Example" : "Examples");
        Rows(terminal, [.. command.Examples.Select(static e => (e.Line, e.Effect))]);
    }

    private static string Usage(CliCommand command) => string.Join(' ', [command.Name, .. command.Arguments.Select(static a => a.Label)]);

    private static string Label(OptionSpec option) =>
        $"{(option.Short is { } letter ? $"-{letter}, " : "    ")}{option.Name}{(option.Value is { } value ? $" <{value}>" : "")}";

    private static string Explained(OptionSpec option) =>
        option.Choices.All(choice => option.Summary.Contains(choice, StringComparison.Ordinal)) ? option.Summary : $"{option.Summary} One of: {string.Join(", ", option.Choices)}.";

    private static void Heading(Terminal terminal, string title) => terminal.WriteLine(terminal.Paint(Style.Bold, title + ":"));

    private static void Rows(Terminal terminal, IReadOnlyList<(string Left, string Right)> rows)
    {
        var width = Math.Min(rows.Max(static row => row.Left.Length), 44);
        foreach (var (left, right) in rows)
        {
            var indent = width + 4;
            var lines = Wrapping.Wrap(right, Math.Max(24, terminal.Width - indent));
            // A left side that is too wide gets a line of its own.
            terminal.WriteLine(left.Length > width ? $"  {left}" : $"  {left.PadRight(width)}  {lines[0]}");
            foreach (var line in lines.Skip(left.Length > width ? 0 : 1))
                terminal.WriteLine(new string(' ', indent) + line);
        }
    }
}
