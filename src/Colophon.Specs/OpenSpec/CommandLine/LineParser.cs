namespace Colophon.Specs.OpenSpec.CommandLine;

/// <summary>
/// Reads a command line by the rules of the CLI's own parser: options anywhere, each level takes those it knows and hands the rest down, values that follow
/// or are joined, groups of letters, <c>--</c>.
/// </summary>
internal sealed class LineParser(string version, int width)
{
    private readonly List<(string Name, string Value)> _options = [];

    private sealed class Stop(ParseOutcome outcome) : Exception
    {
        public ParseOutcome Outcome { get; } = outcome;
    }

    internal ParseOutcome Parse(IReadOnlyList<string> words)
    {
        try
        {
            return Descend([CommandTable.Program], [], words);
        }
        catch (Stop stop)
        {
            return stop.Outcome;
        }
    }

    private ParseOutcome Descend(CommandSpec[] path, IReadOnlyList<string> before, IReadOnlyList<string> words)
    {
        var command = path[^1];
        var (found, unknown) = Sort(command, words);
        var operands = before.Concat(found).ToList();
        if (operands.Count > 0 && command.Find(operands[0]) is { } child)
            return Descend([.. path, child], operands[1..], unknown);
        if (command.HasHelpCommand && operands is ["help", ..])
            return HelpCommand(path, operands.Count > 1 ? operands[1] : null);
        if (command.Commands.Length > 0 && operands.Count + unknown.Count == 0 && !command.HasAction)
            return Help(path, true);
        if (unknown.Exists(static word => word is "-h" or "--help"))
            return Help(path, false);
        if (!command.HasAction)
        {
            if (operands.Count > 0)
                return ParseOutcome.Error($"error: unknown command '{operands[0]}'{Similar.Suggest(operands[0], CommandNames(command))}");
            return unknown.Count > 0 ? UnknownOption(path, unknown[0]) : Help(path, true);
        }

        if (unknown.Count > 0 && !command.AllowsUnknown)
            return UnknownOption(path, unknown[0]);
        operands.AddRange(unknown);
        return CheckArguments(path, operands)
            ?? new ParseOutcome(new ParsedCommand(string.Join(' ', path.Skip(1).Select(static c => c.Name)), operands, _options), "", false);
    }

    private ParseOutcome HelpCommand(CommandSpec[] path, string? name)
    {
        if (name is null)
            return Help(path, false);
        return path[^1].Find(name) is { } child ? Help([.. path, child], false) : Help(path, true);
    }

    private ParseOutcome Help(CommandSpec[] path, bool isError) => new(null, HelpText.Write(path, width), isError);

    private static ParseOutcome? CheckArguments(CommandSpec[] path, List<string> operands)
    {
        var command = path[^1];
        for (var i = operands.Count; i < command.Arguments.Length; i++)
        {
            if (command.Arguments[i].Required)
                return ParseOutcome.Error($"error: missing required argument '{command.Arguments[i].Name}'");
        }

        var most = command.Arguments.Length;
        if (operands.Count <= most || command.AllowsExcess)
            return null;
        return ParseOutcome.Error($"error: too many arguments for '{command.Name}'. Expected {most} argument{(most == 1 ? "" : "s")} but got {operands.Count}.");
    }

    private static ParseOutcome UnknownOption(CommandSpec[] path, string flag)
    {
        var suggestion = "";
        if (flag.StartsWith("--", StringComparison.Ordinal))
        {
            var known = path.AsEnumerable().Reverse().SelectMany(static command => command.Options.Where(static option => !option.Hidden).Append(OptionSpec.Help)).Select(static option => option.Long);
            suggestion = Similar.Suggest(flag, known);
        }

        return ParseOutcome.Error($"error: unknown option '{flag}'{suggestion}");
    }

    private static IEnumerable<string> CommandNames(CommandSpec command)
    {
        foreach (var child in command.Commands)
        {
            if (child.Hidden)
                continue;
            yield return child.Name;
            if (child.Alias is { } alias)
                yield return alias;
        }

        if (command.HasHelpCommand)
            yield return "help";
    }

    /// <summary>Takes the options this level knows; from the first unknown one on, the rest is for the level below.</summary>
    private (List<string> Operands, List<string> Unknown) Sort(CommandSpec command, IReadOnlyList<string> words)
    {
        var (operands, unknown) = (new List<string>(), new List<string>());
        var target = operands;
        OptionSpec? variadic = null;
        string? group = null;
        for (var i = 0; i < words.Count || group is not null;)
        {
            var word = group ?? words[i++];
            group = null;
            if (word == "--")
            {
                if (target == unknown)
                    target.Add(word);
                target.AddRange(words.Skip(i));
                break;
            }

            var isOption = word.Length > 1 && word[0] == '-';
            if (variadic is not null && (!isOption || IsNegativeNumber(word)))
            {
                _options.Add((variadic.Long, word));
                continue;
            }

            variadic = null;
            if (isOption && command.FindOption(word) is { } option)
            {
                if (option.TakesValue && i == words.Count)
                    throw new Stop(ParseOutcome.Error($"error: option '{option.Flags}' argument missing"));
                Take(option, option.TakesValue ? words[i++] : "");
                variadic = option.Variadic ? option : null;
                continue;
            }

            if (isOption && TakeJoined(command, word, out group))
                continue;
            if (target == operands && isOption && !(command.Commands.Length == 0 && IsNegativeNumber(word)))
                target = unknown;
            target.Add(word);
        }

        return (operands, unknown);
    }

    /// <summary><c>-abc</c>, <c>-rvalue</c> and <c>--name=value</c>.</summary>
    private bool TakeJoined(CommandSpec command, string word, out string? group)
    {
        group = null;
        if (word.Length > 2 && word[1] != '-' && command.FindOption(word.AsSpan(0, 2)) is { } letter)
        {
            Take(letter, letter.TakesValue ? word[2..] : "");
            group = letter.TakesValue ? null : "-" + word[2..];
            return true;
        }

        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals < 3 || !word.StartsWith("--", StringComparison.Ordinal) || command.FindOption(word.AsSpan(0, equals)) is not { TakesValue: true } option)
            return false;
        Take(option, word[(equals + 1)..]);
        return true;
    }

    private void Take(OptionSpec option, string value)
    {
        if (option.Long == "--version")
            throw new Stop(new ParseOutcome(null, version + "\n", false));
        _options.Add((option.Long, value));
    }

    /// <summary><c>^-(\d+|\d*\.\d+)(e[+-]?\d+)?$</c>.</summary>
    private static bool IsNegativeNumber(string word)
    {
        var at = 1;
        var whole = Digits(word, ref at);
        if (at < word.Length && word[at] == '.')
        {
            at++;
            if (Digits(word, ref at) == 0)
                return false;
        }
        else if (whole == 0)
        {
            return false;
        }

        if (at < word.Length && word[at] == 'e')
        {
            at++;
            if (at < word.Length && word[at] is '+' or '-')
                at++;
            if (Digits(word, ref at) == 0)
                return false;
        }

        return at == word.Length;
    }

    private static int Digits(string word, ref int at)
    {
        var from = at;
        while (at < word.Length && char.IsAsciiDigit(word[at]))
            at++;
        return at - from;
    }
}
