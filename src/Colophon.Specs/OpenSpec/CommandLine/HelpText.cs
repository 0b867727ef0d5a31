using System.Text;

namespace Colophon.Specs.OpenSpec.CommandLine;

/// <summary>The help of a command, laid out as the CLI lays it out.</summary>
internal static class HelpText
{
    private const int LeastWrapped = 40;

    internal static string Write(CommandSpec[] path, int width)
    {
        var command = path[^1];
        var options = command.Options.Where(static option => !option.Hidden).Append(OptionSpec.Help).Select(static option => (option.Flags, option.HelpText)).ToList();
        var commands = command.Commands.Where(static child => !child.Hidden).Select(static child => (Term(child), child.Description)).ToList();
        if (command.HasHelpCommand)
            commands.Add(("help [command]", "display help for command"));
        var column = options.Concat(commands).Max(static row => row.Item1.Length);
        var text = new StringBuilder("Usage: ");
        foreach (var ancestor in path[..^1])
            text.Append(ancestor.Name).Append(' ');
        text.Append(command.Alias is { } alias ? $"{command.Name}|{alias}" : command.Name).Append(" [options]");
        if (command.Commands.Length > 0)
            text.Append(" [command]");
        foreach (var argument in command.Arguments)
            text.Append(' ').Append(argument.Label);
        text.Append("\n\n").Append(Wrap(command.Description, width)).Append("\n\n");
        Section(text, "Options:", options, column, width);
        if (commands.Count > 0)
        {
            text.Append('\n');
            Section(text, "Commands:", commands, column, width);
        }

        return text.ToString();
    }

    private static string Term(CommandSpec command) => string.Join(
        ' ',
        [command.Alias is { } alias ? $"{command.Name}|{alias}" : command.Name, .. command.Options.Length > 0 ? ["[options]"] : Array.Empty<string>(), .. command.Arguments.Select(static argument => argument.Label)]);

    private static void Section(StringBuilder text, string title, List<(string Term, string Description)> rows, int column, int width)
    {
        text.Append(title).Append('\n');
        foreach (var (term, description) in rows)
        {
            text.Append("  ").Append(term);
            if (description.Length > 0)
            {
                var wrapped = Wrap(description, width - column - 4);
                text.Append(' ', column - term.Length + 2).Append(wrapped.Replace("\n", "\n" + new string(' ', column + 4), StringComparison.Ordinal));
            }

            text.Append('\n');
        }
    }

    /// <summary>Breaks before a word that does not fit; below the least width nothing is broken.</summary>
    private static string Wrap(string text, int width)
    {
        if (width < LeastWrapped)
            return text;
        var lines = new StringBuilder(text.Length + 16);
        var used = 0;
        foreach (var word in text.Split(' '))
        {
            if (used > 0 && used + 1 + word.Length > width)
            {
                lines.Append('\n');
                used = 0;
            }
            else if (used > 0)
            {
                lines.Append(' ');
                used++;
            }

            lines.Append(word);
            used += word.Length;
        }

        return lines.ToString();
    }
}
