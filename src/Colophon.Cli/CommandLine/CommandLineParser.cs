using Colophon.Cli.Errors;
using Colophon.Kernel.Words;

namespace Colophon.Cli.CommandLine;

/// <summary>
/// Understands <c>command [--option value | --option=value | -o value | --] arguments</c>. Options may stand anywhere; what follows <c>--</c> is an
/// argument whatever it looks like.
/// </summary>
internal static class CommandLineParser
{
    /// <summary>Parses a line.</summary>
    /// <exception cref="CliException">The line is wrong; the message says where and the hint what was meant.</exception>
    public static ParsedLine Parse(IReadOnlyList<CliCommand> commands, IReadOnlyList<string> words)
    {
        var (command, next) = FindCommand(commands, words);
        if (command is { TakesAnything: true })
            return new ParsedLine(command, [.. words.Skip(next)], []);
        IReadOnlyList<OptionSpec> known = [.. command?.Options ?? [], .. GlobalOptions.For(command)];
        var arguments = new List<string>();
        var options = new List<(string, string)>();
        var literal = false;
        for (var i = 0; i < words.Count; i++)
        {
            if (i < next && !words[i].StartsWith('-'))
                continue;
            var word = words[i];
            if (literal || word is "-" or "" || word[0] != '-')
                arguments.Add(word);
            else if (word == "--")
                literal = true;
            else
                ReadOption(known, words, ref i, options, Unknown);
        }

        var line = new ParsedLine(command, arguments, options);
        // Who asks for help need not have written the rest; but there is none for a command that does not exist.
        if (command is null || !(line.Has(GlobalOptions.Help) || line.Has(GlobalOptions.Version)))
            CheckArguments(line, commands);
        return line;

        // A slip in a command's name is not told as one in its options.
        CliException Unknown(string option) => command is null && arguments.Count > 0 ? UnknownCommand(commands, arguments) : UnknownOption(known, command, option);
    }

    /// <summary>The command with the longest name that the line begins with, and the index of the word after it. Options before it are stepped over.</summary>
    public static (CliCommand? Command, int Next) FindCommand(IReadOnlyList<CliCommand> commands, IReadOnlyList<string> words)
    {
        var name = "";
        (CliCommand? Command, int Next) found = (null, 0);
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "--")
                break;
            if (words[i].StartsWith('-'))
            {
                if (TakesNextWord(GlobalOptions.All, words[i]))
                    i++;
                continue;
            }

            name = name.Length == 0 ? words[i] : $"{name} {words[i]}";
            if (commands.FirstOrDefault(c => c.Name == name) is { } exact)
                found = (exact, i + 1);
            else if (!IsFamily(commands, name))
                break;
        }

        return found;
    }

    /// <summary>Whether commands of two words begin with this one.</summary>
    public static bool IsFamily(IReadOnlyList<CliCommand> commands, string word) => commands.Any(c => c.Name.StartsWith(word + " ", StringComparison.Ordinal));

    /// <summary>Whether a word is an option whose value is the word after it.</summary>
    public static bool TakesNextWord(IReadOnlyList<OptionSpec> options, string word) => Find(options, word) is { Value: not null } && !word.Contains('=', StringComparison.Ordinal);

    private static OptionSpec? Find(IEnumerable<OptionSpec> options, string word) => options.FirstOrDefault(option =>
        word == option.Name || (option.Short is { } letter && word.Length == 2 && word[0] == '-' && word[1] == letter));

    private static void ReadOption(IReadOnlyList<OptionSpec> known, IReadOnlyList<string> words, ref int index, List<(string, string)> options, Func<string, CliException> unknown)
    {
        var word = words[index];
        var equals = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=', StringComparison.Ordinal) : -1;
        var name = equals < 0 ? word : word[..equals];
        // A letter's value may follow it at once: -n5.
        var joined = word[1] != '-' && word.Length > 2 ? Find(known, word[..2]) : null;
        var option = (joined is { Value: not null } ? joined : Find(known, name)) ?? throw unknown(name);
        string value;
        if (joined is { Value: not null })
        {
            value = word[2..];
        }
        else if (option.Value is null)
        {
            value = equals < 0 ? "" : throw new CliException(CliError.OptionValue, $"The option '{option.Name}' takes no value.");
        }
        else if (equals >= 0)
        {
            value = word[(equals + 1)..];
        }
        else
        {
            index++;
            value = index < words.Count && (words[index].Length < 2 || Find(known, words[index]) is null)
                ? words[index]
                : throw new CliException(CliError.OptionValue, $"The option '{option.Name}' needs a value: {option.Name} <{option.Value}>.", option.Summary);
        }

        if (option.Value is not null && value.Length == 0)
            throw new CliException(CliError.OptionValue, $"The value of '{option.Name}' is empty.", $"{option.Name} <{option.Value}>: {option.Summary}");
        options.Add((option.Name, option.Choices.Count > 0 ? ChoiceOf(option, value) : value));
    }

    private static string ChoiceOf(OptionSpec option, string value) =>
        option.Choices.FirstOrDefault(choice => string.Equals(choice, value, StringComparison.OrdinalIgnoreCase))
        ?? throw new CliException(CliError.OptionValue, $"'{value}' is not a value of '{option.Name}'.", $"One of: {string.Join(", ", option.Choices)}.");

    private static CliException UnknownOption(IReadOnlyList<OptionSpec> known, CliCommand? command, string name)
    {
        var close = EditDistance.Closest(name, known.Select(static option => option.Name));
        var see = command is null ? "`colophon --help`" : $"`colophon {command.Name} --help`";
        return new CliException(CliError.UnknownOption, $"There is no option '{name}'{(command is null ? "" : $" of `colophon {command.Name}`")}.", close is null ? $"See {see}." : $"Did you mean '{close}'?");
    }

    private static void CheckArguments(ParsedLine line, IReadOnlyList<CliCommand> commands)
    {
        if (line.Command is not { } command)
        {
            if (line.Arguments.Count > 0 && !(line.Has(GlobalOptions.Help) && line.Arguments is [var family] && IsFamily(commands, family)))
                throw UnknownCommand(commands, line.Arguments);
            return;
        }

        if (command.Arguments.Where(static a => !a.Optional).Skip(line.Arguments.Count).FirstOrDefault() is { } missing)
            throw new CliException(CliError.MissingArgument, $"`colophon {command.Name}` needs {missing.Label}: {Lower(missing.Summary)}", $"For example: {command.Examples[0].Line}");
        if (line.Arguments.Count > command.Arguments.Count && command.Arguments is not [.., { Many: true }])
        {
            throw new CliException(
                CliError.UnexpectedArgument,
                $"`colophon {command.Name}` does not take '{line.Arguments[command.Arguments.Count]}'.",
                $"For example: {command.Examples[0].Line}");
        }

        foreach (var (argument, word) in command.Arguments.Zip(line.Arguments))
        {
            if (argument.Choices.Count > 0 && !argument.Choices.Contains(word, StringComparer.Ordinal))
                throw new CliException(CliError.OptionValue, $"'{word}' is not a <{argument.Name}>.", $"One of: {string.Join(", ", argument.Choices)}.");
        }
    }

    private static CliException UnknownCommand(IReadOnlyList<CliCommand> commands, IReadOnlyList<string> arguments)
    {
        var visible = commands.Where(static c => !c.Hidden).Select(static c => c.Name).ToList();
        var group = visible.Where(name => name.StartsWith(arguments[0] + " ", StringComparison.Ordinal)).ToList();
        var family = $"There are: {string.Join(", ", group.Select(static name => $"`colophon {name}`"))}.";
        if (group.Count > 0 && arguments.Count == 1)
            return new CliException(CliError.UnknownCommand, $"`colophon {arguments[0]}` is not a command by itself.", family);
        var typed = string.Join(' ', arguments.Take(group.Count > 0 ? 2 : 1));
        var close = EditDistance.Closest(typed, group.Count > 0 ? group : visible);
        return new CliException(CliError.UnknownCommand, $"There is no command '{typed}'.", close is null ? group.Count > 0 ? family : "`colophon --help` lists the commands." : $"Did you mean `colophon {close}`?");
    }

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
